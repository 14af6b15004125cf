"""Codes found in a picture (QR and its kin), by zxing-cpp."""

from __future__ import annotations

from io import BytesIO

_MOST = 12  # codes of one picture


def codes_in(jpeg: bytes) -> list[str]:
    """Give the texts of the codes in a picture that Rapport wrote, from the top; none twice."""
    # A picture comes now and then; the libraries would be a tenth of every start.
    import zxingcpp  # noqa: PLC0415  see above
    from PIL import Image  # noqa: PLC0415  see above

    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as picture:
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.AllMatrix])
        )
    ordered = sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return list(dict.fromkeys(code.text for code in ordered if code.text.strip()))[:_MOST]
