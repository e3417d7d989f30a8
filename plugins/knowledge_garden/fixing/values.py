"""Puts the values of a record right: keys and choices in lower case, curly quotes around a value, forms of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from knowledge_garden.fixing.dates import usual_date
from knowledge_garden.fixing.edits import Edit, Text, replaced
from knowledge_garden.fixing.spans import Span, Spans, spans
from knowledge_garden.locale import Language
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.messages import message
from knowledge_garden.reading.quotes import quoted, without_curly_quotes
from knowledge_garden.reading.records import field_at, inner_model, is_by_name
from knowledge_garden.reading.yaml import Values, read_yaml

_PLAIN = re.compile(r"[A-Za-z0-9][\w ./-]*\Z")
_ERRORS = 100  # of one record
# What YAML takes for something else than a text.
_WORDS = re.compile(r"(?:yes|no|on|off|true|false|null|y|n)\Z", re.I)


@dataclass(frozen=True, slots=True)
class ReadYaml:
    """YAML that can be read, with where everything is written."""

    text: str
    values: Values
    spans: Spans

    @property
    def data(self) -> dict[str, Any]:
        return self.values.data if isinstance(self.values.data, dict) else {}


def read_spans(text: str) -> ReadYaml | None:
    """Read YAML; None where it has an error, or is not made of key: value lines."""
    values = read_yaml(text, "")
    if not isinstance(values.data, dict) or any(problem.code.startswith("yaml") for problem in values.problems):
        return None
    return ReadYaml(text, values, spans(text))


def fix_values(text: str, model: type[Fields], language: Language, first_line: int) -> Text:
    """A text of YAML whose values have the form that the fields of a model take, as far as that is beyond doubt."""
    fixed = Text(text)
    for _ in range(3):  # a key in lower case makes its value one that can be looked at
        read = read_spans(fixed.text)
        edits = [*_edits(read, model, language)] if read else []
        if not edits:
            break
        fixed = fixed.edited(edits, first_line)
    return fixed


def _edits(read: ReadYaml, model: type[Fields], language: Language) -> Iterator[Edit]:
    yield from _curly_quotes(read)
    yield from _keys(read, model, read.data)
    try:
        model.model_validate(read.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:_ERRORS]:
            path = ".".join(str(part) for part in detail["loc"])
            span = read.spans.values.get(path) or read.spans.values.get(path.rpartition(".")[0])
            if span is None or not isinstance(detail["input"], str):
                continue
            value = ""
            if detail["type"] == "date_form":
                value = usual_date(detail["input"], language)
            elif detail["type"] == "literal_error":
                value = _choice(model, path, detail["input"])
            if value:
                yield change(span, path, value)


def change(span: Span, name: str, value: str) -> Edit:
    """The edit that writes another text in the place of one, in the same kind of quotes."""
    return Edit(span.start, span.end, _written(value, span.quote), replaced(name, span.value, value))


def _written(value: str, quote: str) -> str:
    if quote == "'" or (quote == '"' and ('"' in value or "\\" in value)):
        return "'" + value.replace("'", "''") + "'"
    if quote or not _PLAIN.match(value) or _WORDS.match(value):
        return quoted(value)
    return value


def _curly_quotes(read: ReadYaml) -> Iterator[Edit]:
    for path, span in read.spans.values.items():
        if not span.quote and "." not in path and (inner := without_curly_quotes(span.value)) is not None:
            what = message("{name}: straight quotes instead of curly ones.", name=path)
            yield Edit(span.start, span.end, quoted(inner), what)


def _keys(read: ReadYaml, model: type[BaseModel], data: Mapping[str, Any], prefix: str = "") -> Iterator[Edit]:
    """The keys that are those of fields but for their case."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for key, value in data.items():
        path = f"{prefix}.{key}" if prefix else key
        field = fields.get(key)
        span = read.spans.keys.get(path)
        if field is None:
            lower = key.casefold()
            if lower in fields and span and sum(other.casefold() == lower for other in data) == 1:
                yield change(span, message("key"), lower)
            continue
        inner = inner_model(field.annotation)
        if inner is None:
            continue
        by_name = is_by_name(field)
        if isinstance(value, dict) and not by_name:
            yield from _keys(read, inner, value, path)
            continue
        items = value.items() if isinstance(value, dict) else zip(count(), value) if isinstance(value, list) else ()
        for name, item in items:
            if isinstance(item, dict):
                yield from _keys(read, inner, item, f"{path}.{name}")


def _choice(model: type[Fields], path: str, given: str) -> str:
    """The one of a field's choices that a value is but for case, spaces and underscores; "" where it is none."""
    field = field_at(model, path.split("."))
    choices = [choice for choice in _choices(field.annotation if field else None) if choice]
    key = re.sub(r"[\s_]+", "-", given.strip().casefold())
    return key if key in choices else ""


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
        return
    for part in get_args(annotation):
        yield from _choices(part)
