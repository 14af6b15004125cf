"""Fields as HTML, written in Python.

Django writes each field, and each line of a list to choose from, by templates within templates: half the time of a
page of forms. What they write is what is written here (tests/doors/test_fields.py).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    Widget = Mapping[str, Any]
    """What `Widget.get_context` tells a template."""

_FOLDER = "django/forms/widgets"


class Field(BoundField):
    """A field of a form; the first one that is wrong has the focus when the page comes, also without a script."""

    @property
    def is_first_wrong(self) -> bool:
        """Whether it is wrong, and none before it in its form is.

        Whoever asks for one more row of a card (`more`) goes on in that row, whatever is to be put right elsewhere.
        """
        wrong = {} if self.form.data.get("more") else self.form.errors
        return self.name in wrong and self.name == next(name for name in self.form.fields if name in wrong)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Give the attributes that Django would, and the focus; a field of several parts has it as a whole."""
        built = super().build_widget_attrs(attrs, widget)
        return built | {"autofocus": True} if self.is_first_wrong and not self.use_fieldset else built


class Renderer(DjangoTemplates):
    """Writes the usual fields itself; those that are rare, and forms as a whole, by Django's templates."""

    bound_field_class = Field

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Give the HTML that Django would write by the template of that name, but for spaces between tags."""
        if template_name == f"{_FOLDER}/multiwidget.html":
            parts = context["widget"]["subwidgets"]
            html = "".join(self.render(part["template_name"], {"widget": part}) for part in parts)
        elif template_name in _WRITTEN:
            html = _WRITTEN[template_name](context["widget"])
        else:
            html = super().render(template_name, context, request)
        return mark_safe(html)  # noqa: S308  whatever stands in it is escaped


def _shown(value: Any) -> str:
    """Escape a value, unless it is HTML already."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_shown(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    stated = "" if value is None else f' value="{_shown(value)}"'
    return f'<input type="{widget["type"]}" name="{_shown(widget["name"])}"{stated}{_attributes(widget)}>'


def _choice(widget: Widget) -> str:
    """Write one line of a list of radio buttons or boxes to tick."""
    if not widget.get("wrap_label"):
        return _input(widget)
    key = widget["attrs"].get("id")
    of = f' for="{_shown(key)}"' if key else ""
    return f"<label{of}>{_input(widget)} {_shown(widget['label'])}</label>"


def _textarea(widget: Widget) -> str:
    text = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    groups = []
    for name, lines, _ in widget["optgroups"]:
        options = "\n".join(map(_option, lines))
        groups.append(f'<optgroup label="{_shown(name)}">\n{options}\n</optgroup>' if name else options)
    lines = "\n".join(groups)
    return f'<select name="{_shown(widget["name"])}"{_attributes(widget)}>\n{lines}\n</select>'


def _option(widget: Widget) -> str:
    return (
        f'<option value="{_shown(widget["value"])}"{_attributes(widget)}>{_shown(widget["label"])}</option>'
    )


_INPUTS = ("checkbox", "date", "email", "file", "hidden", "number", "password", "text", "time", "url")
_WRITTEN: dict[str, Callable[[Widget], str]] = {
    **{f"{_FOLDER}/{kind}.html": _input for kind in _INPUTS},
    f"{_FOLDER}/checkbox_option.html": _choice,
    f"{_FOLDER}/radio_option.html": _choice,
    f"{_FOLDER}/textarea.html": _textarea,
    f"{_FOLDER}/select.html": _select,
}
