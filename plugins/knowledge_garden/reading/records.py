"""From the values of a front matter to the fields of a record; what does not fit becomes problems with lines and hints."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from knowledge_garden.model.problems import Problem, did_you_mean, problem
from knowledge_garden.model.records import Fields, Outcome
from knowledge_garden.reading.yaml import Values

M = TypeVar("M", bound=Fields)

_LONGEST = 80  # characters of a value that a message repeats
_BOUNDS = {"greater_than_equal": ("ge", "least"), "less_than_equal": ("le", "most")}
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "key: value lines",
    "model_type": "key: value lines",
    "bool_type": "true or false",
    "int_type": "a whole number",
}


def read_fields(model: type[M], values: Values, where: str) -> tuple[M | None, list[Problem]]:
    """Check the values of a file against a model. The fields are None where an error leaves no record."""
    data = values.data if isinstance(values.data, dict) else {}
    problems: list[Problem] = []
    fields: M | None = None
    try:
        fields = model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.append(_explain(model, detail, values, where))
    problems += _unknown_keys(model, data, values, where)
    # Where the YAML itself is wrong the value is not what was meant, and nothing more is to be said of it.
    wrong = {each.line for each in values.problems}
    return fields, sorted({each for each in problems if each.line not in wrong})


def _explain(model: type[Fields], detail: ErrorDetails, values: Values, where: str) -> Problem:
    location = [str(part) for part in detail["loc"] if part != "[key]"]
    path = ".".join(location)
    line = _line(values, location)
    name = path or "the front matter"
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "missing":
        hint = f"Add {location[-1]}: {_description(model, location)}"
        return problem("missing-field", where, line, f"{name} is missing.", hint)
    if kind in ("string_type", "model_type") and isinstance(given, bool):
        word = values.written.get(path, str(given))
        message = f"{name} is {word} without quotes, which YAML reads as {str(given).lower()}."
        return problem("unquoted-word", where, line, message, f'Put it in quotes: "{word}".')
    if kind == "enum" or (kind == "literal_error" and location[-1] == "outcome"):
        hint = did_you_mean(str(given)[:_LONGEST], [each.value for each in Outcome])
        return problem("unknown-outcome", where, line, f"{_short(given)} is not an outcome.", hint)
    if kind == "literal_error":
        return problem("wrong-type", where, line, f"{name} is {_short(given)}.", _choice(context["expected"]))
    if kind == "string_too_long":
        message = f"{name} has {len(str(given))} characters; {context['max_length']} are the most."
        return problem("text-too-long", where, line, message)
    if kind in ("string_too_short", "too_short") or given is None:
        hint = f"Write {location[-1]}: {_description(model, location)}"
        if given is None and not _required(model, location):
            hint += " Or remove the line."
        return problem("missing-field", where, line, f"{name} is empty.", hint)
    if kind == "string_type" and isinstance(given, int | float | datetime.date):
        word = values.written.get(path, str(given))
        return problem(
            "wrong-type",
            where,
            line,
            f"{name} is {word}, where text is meant.",
            f'Put it in quotes: "{word}".',
        )
    if kind == "unsafe_address":
        message = f"{name} is {_short(given)}, which is no address on the web."
        return problem("unsafe-link", where, line, message, "Write the whole address, with https:// before it.")
    if kind in _BOUNDS:
        bound, word = _BOUNDS[kind]
        return problem("wrong-type", where, line, f"{name} is {_short(given)}; {context[bound]} is the {word}.")
    if kind == "tuple_type":
        word = given if isinstance(given, str) and len(given) <= _LONGEST else "…"
        return problem("wrong-type", where, line, f"{name} is no list.", f"Write it as a list: [{word}].")
    expected = _EXPECTED.get(kind)
    message = f"{name} is not {expected}." if expected else f"{name}: {detail['msg']}."
    return problem("wrong-type", where, line, message)


def _choice(expected: str) -> str:
    words = expected.removeprefix("'', ")  # the empty text stands for a field that is not there
    return f"It is one of {words}."


def _short(given: object) -> str:
    words = repr(given)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _line(values: Values, location: list[str]) -> int:
    for length in range(len(location), 0, -1):
        line = values.lines.get(".".join(location[:length]))
        if line:
            return line
    return 1


def _description(model: type[BaseModel], location: list[str]) -> str:
    """The description of the field at a location, as the model gives it."""
    field = _field(model, location)
    return (field.description or "") if field else ""


def _required(model: type[BaseModel], location: list[str]) -> bool:
    field = _field(model, location)
    return location[-1].isdigit() or (field is not None and field.is_required())


def _field(model: type[BaseModel], location: list[str]) -> FieldInfo | None:
    """The field at a location; the places in a list and the names in a mapping of models are no fields."""
    current: type[BaseModel] | None = model
    found: FieldInfo | None = None
    named = False
    for part in location:
        if current is None or named or part.isdigit():
            named = False
            continue
        field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        if field is None:
            return found
        found = field
        current = _inner_model(field.annotation)
        named = _by_name(field)
    return found


def _by_name(field: FieldInfo) -> bool:
    """Whether a field holds, as in garden.yml, names with a model each."""
    return "dict[" in str(field.annotation)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner_model(part))), None)


def _unknown_keys(
    model: type[BaseModel], data: Mapping[str, Any], values: Values, where: str, prefix: str = ""
) -> Iterator[Problem]:
    known = {field.alias or name: field for name, field in model.model_fields.items()}
    for key, value in data.items():
        path = f"{prefix}.{key}" if prefix else key
        field = known.get(key)
        if field is None:
            if key.casefold() in known and key.casefold() not in data:
                # Display: hidden would leave somebody shown who chose not to be.
                message, hint = f"{path} is not a field.", f"Write {key.casefold()}, in small letters."
                yield problem("key-case", where, values.lines.get(path, 1), message, hint)
                continue
            hint = did_you_mean(key, known) or f"Known here: {', '.join(known)}."
            yield problem("unknown-key", where, values.lines.get(path, 1), f"{path} is not a field.", hint)
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
            yield from _unknown_keys(inner, value, values, where, path)
        for name, item in items:
            if isinstance(item, dict):
                yield from _unknown_keys(inner, item, values, where, f"{path}.{name}")
