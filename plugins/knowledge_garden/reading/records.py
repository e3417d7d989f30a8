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
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import PROBLEMS_PER_FILE, Problem, Severity, problem
from knowledge_garden.reading.wrong_values import LONGEST, wrong_value
from knowledge_garden.reading.yaml import Values

M = TypeVar("M", bound=Fields)


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
        name = ".".join(location) or message("the front matter")
        fault: str
        hint: str
        if kind == "missing":
            hint = message("Add {field}: {purpose}", field=location[-1], purpose=_description(self.model, location))
            code, fault = "missing-field", message("{name} is missing.", name=name)
        elif kind in ("string_too_short", "too_short") or given is None:
            code, fault, hint = "missing-field", message("{name} is empty.", name=name), self._fill(location, given)
        elif kind in ("string_type", "model_type") and isinstance(given, bool):
            written = self._written(location, given)
            code, fault = (
                "unquoted-word",
                message(
                    "{name} is {written} without quotes, which YAML reads as {given}.",
                    name=name,
                    written=written,
                    given=str(given).lower(),
                ),
            )
            hint = message('Put it in quotes: "{written}".', written=written)
        elif kind == "string_type" and isinstance(given, int | float | datetime.date):
            written = self._written(location, given)
            code, fault, hint = (
                "wrong-type",
                message("{name} is {written}, but must be text.", name=name, written=written),
                message('Put it in quotes: "{written}".', written=written),
            )
        else:
            code, fault, hint = wrong_value(name, detail)
        return problem(code, self.path, self._line(location), fault, hint)

    def _fill(self, location: list[str], given: object) -> str:
        hint = message("Write {field}: {purpose}", field=location[-1], purpose=_description(self.model, location))
        return (
            hint
            if given is not None or _required(self.model, location)
            else message("{hint} Or remove the line.", hint=hint)
        )

    def _written(self, location: list[str], given: object) -> str:
        """A value as the file has it."""
        return self.values.written.get(".".join(location), str(given))[:LONGEST]

    def _line(self, location: list[str]) -> int:
        for length in range(len(location), 0, -1):
            line = self.values.lines.get(".".join(location[:length]))
            if line:
                return line
        return 1


def _description(model: type[BaseModel], location: list[str]) -> str:
    """The description of the field at a location, as the model gives it."""
    field = field_at(model, location)
    return message(field.description) if field and field.description else ""


def _required(model: type[BaseModel], location: list[str]) -> bool:
    field = field_at(model, location)
    return location[-1].isdigit() or (field is not None and field.is_required())


def field_names(model: type[BaseModel]) -> set[str]:
    """The names of a model's fields, and of those within them."""
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names.add(field.alias or name)
        inner = inner_model(field.annotation)
        names |= field_names(inner) if inner else set()
    return names


def field_at(model: type[BaseModel], location: list[str]) -> FieldInfo | None:
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
        current = inner_model(field.annotation)
        named = is_by_name(field)
    return last


def is_by_name(field: FieldInfo) -> bool:
    """Whether a field maps names to models, as some of garden.yml do."""
    return "dict[" in str(field.annotation)


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, alone or in a list or a mapping; None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := inner_model(part))), None)


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
                lower = message("Write {key}, in lower case.", key=key.casefold())
                fault = message("{path} is not a field.", path=path)
                yield problem("key-case", file, values.lines.get(path, 1), fault, lower)
                continue
            hint = near.did_you_mean(key) or message("The fields are {fields}.", fields=", ".join(fields))
            yield problem(
                "unknown-key", file, values.lines.get(path, 1), message("{path} is not a field.", path=path), hint
            )
            continue
        inner = inner_model(field.annotation)
        if inner is None:
            continue
        by_name = is_by_name(field)
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
