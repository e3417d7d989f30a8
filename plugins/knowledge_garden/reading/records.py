"""From the values of a front matter to the fields of a record; what does not fit becomes problems with lines and hints."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from knowledge_garden.hints import Near
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.problems import PROBLEMS_PER_FILE, Problem, Severity, problem
from knowledge_garden.reading.yaml import Values

M = TypeVar("M", bound=Fields)

_NOTHING = "'', "  # the empty text stands for a field that is not there
_LONGEST = 80  # characters of a value that a message repeats
_BOUNDS = {"greater_than_equal": ("ge", "lowest"), "less_than_equal": ("le", "highest")}
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "key: value lines",
    "model_type": "key: value lines",
    "bool_type": "true or false",
    "int_type": "a whole number",
}


def read_fields(model: type[M], values: Values, path: str) -> tuple[M | None, list[Problem]]:
    """Check the values of the file `path` against a model. The fields are None where an error leaves no record."""
    data = values.data if isinstance(values.data, dict) else {}
    problems: list[Problem] = []
    fields: M | None = None
    try:
        fields = model.model_validate(data)
    except ValidationError as error:
        explain = _Explanation(model, values, path).problem
        problems = [explain(detail) for detail in error.errors(include_url=False)[: PROBLEMS_PER_FILE + 1]]
    problems += islice(_unknown_keys(model, data, values, path), PROBLEMS_PER_FILE + 1)
    # Where the YAML itself is wrong the value is not what was meant, and nothing more is to be said of it.
    wrong = {of_yaml.line for of_yaml in values.problems if of_yaml.severity is Severity.ERROR}
    return fields, sorted({of_field for of_field in problems if of_field.line not in wrong})


class _Explanation:
    """Says what pydantic found wrong in a contributor's terms: with the line, and what to write instead."""

    def __init__(self, model: type[Fields], values: Values, path: str) -> None:
        self.model = model
        self.values = values
        self.path = path

    def problem(self, detail: ErrorDetails) -> Problem:
        location = [str(part) for part in detail["loc"] if part != "[key]"]
        kind, given = detail["type"], detail["input"]
        name = ".".join(location) or "the front matter"
        if kind == "missing":
            hint = f"Add {location[-1]}: {_description(self.model, location)}"
            code, message = "missing-field", f"{name} is missing."
        elif kind in ("string_too_short", "too_short") or given is None:
            code, message, hint = "missing-field", f"{name} is empty.", self._fill(location, given)
        elif kind in ("string_type", "model_type") and isinstance(given, bool):
            written = self._written(location, given)
            code, message = (
                "unquoted-word",
                f"{name} is {written} without quotes, which YAML reads as {str(given).lower()}.",
            )
            hint = f'Put it in quotes: "{written}".'
        elif kind == "string_type" and isinstance(given, int | float | datetime.date):
            written = self._written(location, given)
            code, message, hint = (
                "wrong-type",
                f"{name} is {written}, but must be text.",
                f'Put it in quotes: "{written}".',
            )
        else:
            code, message, hint = _wrong_value(name, detail)
        return problem(code, self.path, self._line(location), message, hint)

    def _fill(self, location: list[str], given: object) -> str:
        hint = f"Write {location[-1]}: {_description(self.model, location)}"
        return hint if given is not None or _required(self.model, location) else f"{hint} Or remove the line."

    def _written(self, location: list[str], given: object) -> str:
        """A value as the file has it."""
        return self.values.written.get(".".join(location), str(given))[:_LONGEST]

    def _line(self, location: list[str]) -> int:
        for length in range(len(location), 0, -1):
            line = self.values.lines.get(".".join(location[:length]))
            if line:
                return line
        return 1


def _wrong_value(name: str, detail: ErrorDetails) -> tuple[str, str, str]:
    """Code, message and hint for a value that is there and is not what the field takes."""
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "literal_error":
        return "wrong-type", f"{name} is {_short(given)}.", _choice(context["expected"])
    if kind == "string_too_long":
        limit = context["max_length"]
        return "text-too-long", f"{name} has {len(str(given)):,} characters; the limit is {limit:,}.", ""
    if kind == "too_many":
        return "too-many", f"{name} has {context['number']:,} items; the limit is {context['limit']:,}.", ""
    if kind == "line_break":
        return "line-break", f"{name} holds a line break or a tab.", "Write it on one line, with spaces."
    if kind == "unsafe_address":
        hint = "Write the whole address, with https:// before it and without spaces."
        return "unsafe-link", f"{name} is {_short(given)}, which is not a web address.", hint
    if kind in _BOUNDS:
        bound, size = _BOUNDS[kind]
        return "wrong-type", f"{name} is {_short(given)}; the {size} value is {context[bound]}.", ""
    if kind == "tuple_type":
        written = given if isinstance(given, str) and len(given) <= _LONGEST else "…"
        return "wrong-type", f"{name} is not a list.", f"Write it as a list: [{written}]."
    expected = _EXPECTED.get(kind)
    return "wrong-type", f"{name} is not {expected}." if expected else f"{name}: {detail['msg']}.", ""


def _choice(expected: str) -> str:
    return f"Write one of {expected.removeprefix(_NOTHING)}."


def _short(given: object) -> str:
    text = repr(given)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _description(model: type[BaseModel], location: list[str]) -> str:
    """The description of the field at a location, as the model gives it."""
    field = _field(model, location)
    return (field.description or "") if field else ""


def _required(model: type[BaseModel], location: list[str]) -> bool:
    field = _field(model, location)
    return location[-1].isdigit() or (field is not None and field.is_required())


def _field(model: type[BaseModel], location: list[str]) -> FieldInfo | None:
    """The field at a location; positions in a list and names in a mapping of models are not fields."""
    current: type[BaseModel] | None = model
    last: FieldInfo | None = None
    named = False
    for part in location:
        if current is None or named or part.isdigit():
            named = False
            continue
        field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        if field is None:
            return last
        last = field
        current = _inner_model(field.annotation)
        named = _by_name(field)
    return last


def _by_name(field: FieldInfo) -> bool:
    """Whether a field maps names to models, as some of garden.yml do."""
    return "dict[" in str(field.annotation)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _inner_model(part))), None)


def _unknown_keys(
    model: type[BaseModel], data: Mapping[str, Any], values: Values, file: str, prefix: str = ""
) -> Iterator[Problem]:
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    near = Near(fields)
    for key, value in data.items():
        path = f"{prefix}.{key}" if prefix else key
        field = fields.get(key)
        if field is None:
            if key.casefold() in fields and key.casefold() not in data:
                # Display: hidden would leave somebody shown who chose not to be.
                message, hint = f"{path} is not a field.", f"Write {key.casefold()}, in lower case."
                yield problem("key-case", file, values.lines.get(path, 1), message, hint)
                continue
            hint = near.did_you_mean(key) or f"The fields are {', '.join(fields)}."
            yield problem("unknown-key", file, values.lines.get(path, 1), f"{path} is not a field.", hint)
            continue
        inner = _inner_model(field.annotation)
        if inner is None:
            continue
        by_name = _by_name(field)
        items = (
            value.items()
            if by_name and isinstance(value, dict)
            else enumerate(value if isinstance(value, list) else ())
        )
        if isinstance(value, dict) and not by_name:
            yield from _unknown_keys(inner, value, values, file, path)
        for name, item in items:
            if isinstance(item, dict):
                yield from _unknown_keys(inner, item, values, file, f"{path}.{name}")
