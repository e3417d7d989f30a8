"""The tables of the handbook's reference of fields, read from the models that define the fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import reduce
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from knowledge_garden.model.dates import When
from knowledge_garden.model.declarations import Declarations
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.messages import message
from knowledge_garden.model.outside import OUTSIDE_FILE, OutsideLinks
from knowledge_garden.model.records import FIELDS, Kind
from knowledge_garden.model.settings import Settings

_FORMS = {
    str: message("text"),
    bool: message("true or false"),
    int: message("whole number"),
    When: message("date (year, month or day)"),
}
_KINDS = {
    Kind.LESSON: message("Lesson"),
    Kind.COMMUNITY: message("Community"),
    Kind.PERSON: message("Person"),
    Kind.PARTNER: message("Partner"),
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its name, whether it must be there, the form of its value in words, and what it is for."""

    name: str
    required: bool
    form: str
    description: str


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A model's fields. `title` is plain text, `anchor` its id on the page. `is_form`: the title is a form's name."""

    title: str
    anchor: str
    intro: str
    rows: tuple[FieldRow, ...]
    is_form: bool = False


def field_tables() -> list[FieldTable]:
    """Tables of the records, of garden.yml, credits.yml and outside-links.yml, and of the forms inside their fields, each once."""
    tops: list[tuple[str, type[BaseModel]]] = [(_KINDS[kind], model) for kind, model in FIELDS.items()]
    tops += [("garden.yml", Settings), ("credits.yml", Declarations), (OUTSIDE_FILE, OutsideLinks)]
    inner: dict[str, type[BaseModel]] = {}
    for _, model in tops:
        for nested in _inner(model):
            inner.setdefault(nested.__name__, nested)
    tables = [_table(title, model) for title, model in tops]
    return tables + [replace(_table(name, model), is_form=True) for name, model in inner.items()]


def _table(title: str, model: type[BaseModel]) -> FieldTable:
    rows = tuple(
        FieldRow(info.alias or name, info.is_required(), _form(info.annotation, info), info.description or "")
        for name, info in model.model_fields.items()
    )
    return FieldTable(title, title.lower().replace(".", ""), model.__doc__ or "", rows)


def _inner(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for info in model.model_fields.values():
        for nested in _models(info.annotation):
            yield nested
            yield from _inner(nested)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _form(annotation: Any, info: FieldInfo | None = None) -> str:
    """A type in a contributor's words."""
    if info is not None and any(getattr(part, "max_length", None) for part in info.metadata):
        longest = next(part.max_length for part in info.metadata if getattr(part, "max_length", None))
        return _text_form(longest)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if written := _written(arguments):
        return _form(written)
    if origin is Annotated:
        longest = next((nested for part in arguments[1:] for nested in _longest(part)), None)
        return _text_form(longest) if longest else _form(arguments[0])
    if origin in (tuple, list):
        return message("list of {form}", form=_form(arguments[0]))
    if origin is dict:
        return message("names, each with {form}", form=_form(arguments[1]))
    if origin in (Union, UnionType):
        return _either([_form(part) for part in arguments if part is not NoneType])
    if origin is Literal:
        return ", ".join(str(part) for part in arguments if part)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(str(part.value) for part in annotation)
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation.__name__
    if isinstance(annotation, type) and issubclass(annotation, str):
        return _FORMS[str]
    return _FORMS.get(annotation, str(annotation))


def _written(annotated: tuple[Any, ...]) -> Any:
    """The forms in which a value may be written, where what is kept of it has one form; else None."""
    inputs = (part.json_schema_input_type for part in annotated if isinstance(part, BeforeValidator))
    return next((written for written in inputs if get_origin(written) is UnionType), None)


def _text_form(longest: int) -> str:
    return message("text, {longest} characters at most", longest=longest)


def _either(forms: list[str]) -> str:
    return reduce(lambda one, other: message("{one} or {other}", one=one, other=other), forms)


def _longest(constraint: Any) -> Iterator[int]:
    for part in (constraint, *getattr(constraint, "metadata", ())):
        if getattr(part, "max_length", None):
            yield part.max_length
