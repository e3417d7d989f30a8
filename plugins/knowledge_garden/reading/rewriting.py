"""Takes the names of removed records out of YAML, one top-level key at a time; every other line stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml

_KEY = re.compile(r"^([A-Za-z_][\w-]*):", re.MULTILINE)
_SAMPLE_VALUE = re.compile(r"^ +[^\s:#][^:#]*: *\{[^#]*\bsample: *true\b[^#]*\} *(#.*)?$")
_VALUES = re.compile(r"^ +values: *(#.*)?$")
_NAMING = ("person", "by")
"""Keys of an entry that say whose it is: without the person, the entry goes. An action without its owner stays."""


def without_names(value: Any, gone: Collection[str]) -> Any:
    """A value without the slugs in `gone`, and without the entries that are theirs; None where nothing is left of it."""
    if isinstance(value, str):
        return None if value in gone else value
    if isinstance(value, list):
        return [kept for item in value if (kept := without_names(item, gone)) is not None]
    if isinstance(value, Mapping):
        if any(isinstance(value.get(key), str) and value[key] in gone for key in _NAMING):
            return None
        return {key: kept for key, item in value.items() if (kept := without_names(item, gone)) is not None}
    return value


def without_sample_values(text: str) -> str:
    """The text of garden.yml without the values of dimensions that say `sample: true`, where each is on one line.

    Lines are taken out, not keys, so that comments stay. The text as it is where that would leave a mapping empty.
    """
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not _SAMPLE_VALUE.match(line)]
    emptied = any(
        _VALUES.match(above) and _depth(below) <= _depth(above)
        for above, below in zip(kept, [*kept[1:], ""], strict=True)
    )
    return text if emptied else "".join(kept)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def replace_keys(text: str, changes: Mapping[str, Any]) -> str:
    """YAML text with new values of top-level keys; None takes the key out. A key that is not there comes at the end."""
    starts = [(match[1], match.start()) for match in _KEY.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    parts, written, missing = [text[: starts[0][1]] if starts else text], 0, dict(changes)
    for (key, start), end in zip(starts, ends, strict=True):
        parts.append(_entry(key, missing.pop(key)) if key in missing else text[start:end])
        written = end
    parts.append(text[written:] if starts else "")
    return "".join(parts) + "".join(_entry(key, value) for key, value in missing.items())


def _entry(key: str, value: Any) -> str:
    if value is None or value == [] or value == {}:
        return ""
    dumped: str = yaml.safe_dump(
        {key: value}, allow_unicode=True, default_flow_style=None, width=1_000, sort_keys=False
    )
    return dumped
