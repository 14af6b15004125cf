"""Pages, parts and the export are private: no cache on the way keeps them, nor the browser's disk."""

from __future__ import annotations

from tests.doors.web.routes import routes


def directives(answer):
    return {word.strip() for word in answer.get("Cache-Control", "").split(",")}


def test_every_answer_is_private_and_not_stored(book, as_alex, signed_out):
    key = book.step().pk
    for route in routes():
        values = {name: "my-next-day" if kind == "slug" else key for kind, name in route.parameters}
        for client in (signed_out, as_alex):  # a link of signing in would change who is
            if not route.template.startswith("sign-in/"):
                answer = client.get(route.address(values))
                b"".join(answer)  # what comes in pieces is closed at its end
                assert (route, {"private", "no-store"} - directives(answer)) == (route, set())


def test_the_export_and_a_page_that_is_not_there_are_private_too(book, as_alex):
    for address in ("/settings/export", "/people/999999"):
        answer = as_alex.get(address)
        b"".join(answer)  # what comes in pieces is closed at its end
        assert {"private", "no-store"} <= directives(answer)


def test_the_style_sheet_is_nobodys_secret(as_alex):
    answer = as_alex.get("/static/rapport.css")
    assert "no-store" not in directives(answer)
    answer.close()
