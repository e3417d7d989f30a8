"""The forms that the values of fields have, with their limits: lists, texts on one line, longer texts, web addresses."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError

ITEM_LIMIT = 1_000  # of a list
ALIAS_LIMIT = 100  # each makes a page of its own
ENTRY_LIMIT = 100  # of origin
VALUE_LIMIT = 50  # values of one dimension of an origin
LINE_LIMIT = 300  # characters of a text on one line
TEXT_LIMIT = 5_000  # characters of a text of several sentences

T = TypeVar("T")


def _at_most(limit: int) -> BeforeValidator:
    """Refuses a longer list or mapping before its items are looked at, which could take long.

    YAML has lists only; the frozen records hold tuples. A single value stays as it is and is refused with its line.
    """

    def check(value: Any) -> Any:
        if isinstance(value, list | dict) and len(value) > limit:
            numbers = {"number": len(value), "limit": limit}
            raise PydanticCustomError("too_many", "{number} items; the limit is {limit}", numbers)
        return tuple(value) if isinstance(value, list) else value

    return BeforeValidator(check)


def _at_most_characters(limit: int, value: str) -> str:
    if len(value) > limit:
        raise PydanticCustomError("string_too_long", "too long", {"max_length": limit})
    return value


def _on_one_line(value: str) -> str:
    value = value.strip()
    if len(value.splitlines()) > 1 or "\t" in value:
        raise PydanticCustomError("line_break", "a line break or a tab")
    return _at_most_characters(LINE_LIMIT, value)


def _not_endless(value: str) -> str:
    return _at_most_characters(TEXT_LIMIT, value)


Many = Annotated[tuple[T, ...], _at_most(ITEM_LIMIT)]
Entries = Annotated[tuple[T, ...], _at_most(20_000)]
"""A list that grows with the garden, such as those of credits.yml."""
Line = Annotated[str, AfterValidator(_on_one_line)]
"""A text on one line: a title, a name, a key, a tag. May be empty."""
FullLine = Annotated[str, AfterValidator(_on_one_line), Field(min_length=1)]
Prose = Annotated[str, AfterValidator(_not_endless)]
"""A text of one or more sentences. May be empty."""
Text = Annotated[str, AfterValidator(_not_endless), Field(min_length=1)]


def _safe_address(value: str) -> str:
    allowed = value.lower().startswith(("https://", "http://")) and value.isprintable() and " " not in value
    if value and not allowed:
        raise PydanticCustomError("unsafe_address", "{address} is not a web address", {"address": value})
    return _at_most_characters(2_000, value)


Url = Annotated[str, AfterValidator(_safe_address)]
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S")


def is_web_address(text: str) -> bool:
    """Whether a text is an address that may become a link."""
    return text.startswith(("https://", "http://"))


def _address_or_words(value: str) -> str:
    return _safe_address(value) if _SCHEME.match(value) else value


Evidence = Annotated[FullLine, AfterValidator(_address_or_words)]
"""A web address, or words that name what is kept in private."""
Slug = Annotated[FullLine, Field(json_schema_extra={"format": "slug"})]
Aliases = Annotated[
    tuple[Slug, ...],
    _at_most(ALIAS_LIMIT),
    Field(description="Other names of the page; old links to them keep working."),
]
PageLanguage = Annotated[
    Line, Field(description="The language of the text, as in en or pt-BR. Empty: the garden's language.")
]


_ONE_VALUE: TypeAdapter[str] = TypeAdapter(FullLine, config=ConfigDict(strict=True))


def _as_several(value: Any) -> Any:
    """A text as a list of it; anything else but a list is refused as a text would be, with the field's own name."""
    return value if isinstance(value, list | tuple) else (_ONE_VALUE.validate_python(value),)


Several = Annotated[
    tuple[FullLine, ...],
    _at_most(VALUE_LIMIT),
    Field(min_length=1),
    BeforeValidator(_as_several, json_schema_input_type=str | list[str]),
]
"""One text, or a list of them."""
Origin = Annotated[dict[str, Several], _at_most(ENTRY_LIMIT)]
