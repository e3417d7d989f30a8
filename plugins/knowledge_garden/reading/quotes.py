"""Values of YAML in quotes: in straight ones, and in the curly ones of word processors, which YAML does not know."""

from __future__ import annotations

import re

_IN_CURLY_QUOTES = re.compile(r"[“„«‘]([^“”„«»]*)[”“»’]\Z")


def without_curly_quotes(value: str) -> str | None:
    """A value without the curly quotes around all of it; None where there are none."""
    match = _IN_CURLY_QUOTES.match(value)
    return match[1] if match else None


def quoted(value: str) -> str:
    """A value in quotes of the kind that it does not hold."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
