"""Text that people read, kept with its template and values so that it can be shown in any language."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter


class Message(str):
    """A text in English that remembers what it was made from: a str wherever one is wanted.

    `template` is the English text with {names} for `values`; `plural` is the template for other numbers than one,
    "" where there is none, and `number` decides between the two.
    """

    __slots__ = ("number", "plural", "template", "values")

    template: str
    plural: str
    number: int
    values: Mapping[str, object]


def message(template: str, **values: object) -> Message:
    """A text to be shown to people. Extraction collects the templates, so `template` is written out where it is used.

    >>> message("The file has {size} bytes.", size=3)
    'The file has 3 bytes.'
    """
    return _made(template, "", 1, values)


def messages(singular: str, plural: str, number: int, **values: object) -> Message:
    """A text for one, and for many; both may use {number}.

    >>> messages("{number} lesson", "{number} lessons", 1200)
    '1,200 lessons'
    """
    return _made(singular, plural, number, {"number": number, **values})


def _made(template: str, plural: str, number: int, values: Mapping[str, object]) -> Message:
    chosen = plural if plural and number != 1 else template
    text = Message(fill(chosen, values) if values else chosen)
    text.template, text.plural, text.number, text.values = template, plural, number, values
    return text


def fill(template: str, values: Mapping[str, object]) -> str:
    """A template with its values, written as in English: a comma between thousands, "1 August 2012"."""
    return template.format_map({name: _in_english(value) for name, value in values.items()})


def _in_english(value: object) -> object:
    # A date has its own text in English. It is not asked for by its type: dates say what is wrong with messages.
    return f"{value:,}" if type(value) is int else getattr(value, "text", value)


def placeholders(template: str) -> frozenset[str]:
    """What a template is filled in with, as it is written between braces; a lone brace counts as the name "{"."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return frozenset("{")
    return frozenset(
        name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        for _, name, form, conversion in parts
        if name is not None
    )
