"""What allauth asks us about the second step of signing in."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth comes without types
    """Draws the QR code as an element of the page: our pages load no image from a `data:` address."""

    def build_totp_svg(self, url: str) -> str:
        """Give an `<svg>` element for `url`, without the XML declaration of a file of its own."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]
