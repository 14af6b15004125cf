"""Every address of the web door, read from the URL conf, so that a new one is tested without being named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
_FOREIGN = ("account/",)
"""The pages that allauth brings and tests; they take no id of ours."""


@dataclass(frozen=True)
class Route:
    """An address with its parameters still open."""

    template: str

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Each parameter's converter and name."""
        return tuple(
            (found["converter"] or "str", found["name"]) for found in _PARAMETER.finditer(self.template)
        )

    def address(self, values: dict[str, object]) -> str:
        """The address with values in place."""
        return "/" + _PARAMETER.sub(lambda found: str(values[found["name"]]), self.template)


def routes() -> list[Route]:
    """Every route of ours."""
    found = [Route(template) for template in _walk(get_resolver().url_patterns, "")]
    return [route for route in found if not route.template.startswith(_FOREIGN)]


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        template = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, template)
        else:
            yield template
