"""Fields are written as Django writes them, whatever stands in them."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import SimpleTestCase
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from rapport.web.forms.partial_day import PartialDayField
from rapport.web.forms.renderer import Renderer

texts = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.sampled_from(
        ["", "<script>", "\"'&", " two  spaces ", "line\nline", "\n", "</textarea>", "</select>"]
    ),
)
attributes = st.dictionaries(
    st.sampled_from(["aria-label", "class", "data-of", "size", "required", "id"]),
    st.one_of(texts, st.booleans(), st.integers(), st.just(mark_safe("&amp;"))),
)
choices = st.lists(
    st.one_of(
        st.tuples(texts, texts), st.tuples(texts, st.lists(st.tuples(st.integers(), texts), max_size=3))
    ),
    max_size=4,
)
plain = st.sampled_from([
    forms.TextInput, forms.EmailInput, forms.URLInput, forms.NumberInput, forms.PasswordInput, forms.HiddenInput,
    forms.DateInput, forms.TimeInput, forms.CheckboxInput, forms.FileInput, forms.Textarea, forms.DateTimeInput,
])  # fmt: skip
lists = st.sampled_from([forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple])
values = st.one_of(st.none(), texts, st.integers(), st.booleans(), st.floats(allow_nan=False))


class TestFields(SimpleTestCase):
    """On pages, alone, and line by line as our templates show those to tick."""

    ours: ClassVar = Renderer()
    django: ClassVar = DjangoTemplates()

    def check_written(self, widget, name, value):
        written = [widget.render(name, value, renderer=renderer) for renderer in (self.ours, self.django)]
        self.assertHTMLEqual(*written)

    @given(plain, attributes, texts, values)
    def test_a_field_is_written_as_by_django(self, kind, attrs, name, value):
        self.check_written(kind(attrs=attrs), name, value)

    @given(lists, attributes, choices, texts, st.one_of(values, st.lists(texts, max_size=2)))
    def test_a_list_is_written_as_by_django(self, kind, attrs, choices, name, value):
        widget = kind(attrs=attrs, choices=choices)
        if widget.allow_multiple_selected and not isinstance(value, list):
            value = [value]
        self.check_written(widget, name, value)
        for line in widget.subwidgets(name, value, {"id": name}):
            for label in (False, True):
                context = {"widget": {**line, "wrap_label": label}}
                written = [each.render(line["template_name"], context) for each in (self.ours, self.django)]
                self.assertHTMLEqual(*written)

    @given(st.booleans(), texts, st.lists(texts, min_size=2, max_size=2))
    def test_several_fields_side_by_side_are_written_as_by_django(self, has_day, name, value):
        self.check_written(PartialDayField(has_day=has_day).widget, name, value)
        self.check_written(forms.MultiWidget([forms.TextInput, forms.RadioSelect]), name, value)

    @given(texts)
    def test_a_text_of_several_lines_comes_back_as_it_was(self, text):
        assert forms.Textarea().render("words", text, renderer=self.ours) == forms.Textarea().render(
            "words", text, renderer=self.django
        )
