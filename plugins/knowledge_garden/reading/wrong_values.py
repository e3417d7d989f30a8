"""What is wrong with a value that a field does not take, and what to write instead."""

from __future__ import annotations

import re

from pydantic_core import ErrorDetails

from knowledge_garden.model.messages import message

_NOTHING = "'', "  # the empty text stands for a field that is not there
_BULLETS = ("-", "–", "—", "•", "·", "*")
LONGEST = 80  # characters of a value that a message repeats
_BOUNDS = {"greater_than_equal": ("ge", message("lowest")), "less_than_equal": ("le", message("highest"))}
_EXPECTED = {
    "string_type": message("text"),
    "tuple_type": message("a list"),
    "dict_type": message("key: value lines"),
    "model_type": message("key: value lines"),
    "bool_type": message("true or false"),
    "int_type": message("a whole number"),
}


def wrong_value(name: str, detail: ErrorDetails) -> tuple[str, str, str]:
    """Code, message and hint for a value that is there and is not what the field takes."""
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "literal_error":
        return "wrong-type", message("{name} is {given}.", name=name, given=_short(given)), _choice(context["expected"])
    if kind == "string_too_long":
        limit = context["max_length"]
        return (
            "text-too-long",
            message(
                "{name} has {number} characters; the limit is {limit}.", name=name, number=len(str(given)), limit=limit
            ),
            "",
        )
    if kind == "too_many":
        return (
            "too-many",
            message(
                "{name} has {number} items; the limit is {limit}.",
                name=name,
                number=context["number"],
                limit=context["limit"],
            ),
            "",
        )
    if kind == "line_break":
        return (
            "line-break",
            message("{name} holds a line break or a tab.", name=name),
            message("Write it on one line, with spaces."),
        )
    if kind == "unsafe_address":
        hint = message("Write the whole address, with https:// before it and without spaces.")
        return (
            "unsafe-link",
            message("{name} is {given}, which is not a web address.", name=name, given=_short(given)),
            hint,
        )
    if kind in _BOUNDS:
        bound, size = _BOUNDS[kind]
        return (
            "wrong-type",
            message(
                "{name} is {given}; the {size} value is {bound}.",
                name=name,
                given=_short(given),
                size=size,
                bound=context[bound],
            ),
            "",
        )
    if kind == "tuple_type" and isinstance(given, str) and given[:1] in _BULLETS:
        return (
            "wrong-type",
            message("{name} is not a list.", name=name),
            message("Begin each item on a line of its own, with a hyphen and a space: - {item}", item=_first(given)),
        )
    if kind == "tuple_type":
        written = given if isinstance(given, str) and len(given) <= LONGEST else "…"
        return (
            "wrong-type",
            message("{name} is not a list.", name=name),
            message("Write it as a list: [{written}].", written=written),
        )
    expected = _EXPECTED.get(kind)
    return (
        "wrong-type",
        message("{name} is not {expected}.", name=name, expected=expected)
        if expected
        else message("{name}: {reason}.", name=name, reason=context.get("reason", detail["msg"])),
        context.get("hint", ""),
    )


def _choice(expected: str) -> str:
    return message("Write one of {expected}.", expected=expected.removeprefix(_NOTHING))


def _first(given: str) -> str:
    """The first item of what was meant as a list."""
    item = re.split(r"\s[–—•·*-]\s?", given.strip("–—•·*- \u00a0"))[0]
    return item if len(item) <= LONGEST else "…"


def _short(given: object) -> str:
    text = repr(given)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
