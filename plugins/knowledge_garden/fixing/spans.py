"""Where the keys and the values of a YAML text are written, by their dotted paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Span:
    """A key or a text of YAML: from `start` to `end`, with its `value` and the quote it is written in ("" for none)."""

    start: int
    end: int
    value: str
    quote: str
    line: int  # from 0


@dataclass(frozen=True, slots=True)
class Spans:
    """Dotted path → where the key is, and where the value is if it is a text on one line, not a block of lines."""

    keys: dict[str, Span]
    values: dict[str, Span]


def spans(text: str) -> Spans:
    """The spans of a text that `read_yaml` reads without an error. Raises yaml.YAMLError for others."""
    spans_of_text = Spans({}, {})
    events = yaml.parse(text, Loader=_Loader)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            _node(event, events, "", spans_of_text)
    return spans_of_text


def _node(event: Any, events: Iterator[Any], path: str, spans_of_text: Spans) -> None:
    if isinstance(event, yaml.ScalarEvent):
        span = _span(event)
        if span and path:
            spans_of_text.values[path] = span
    elif isinstance(event, yaml.SequenceStartEvent):
        number = 0
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            _node(inner, events, f"{path}.{number}" if path else str(number), spans_of_text)
            number += 1
    elif isinstance(event, yaml.MappingStartEvent):
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise yaml.YAMLError("a key that is not a text")
            inner_path = f"{path}.{key.value}" if path else key.value
            if span := _span(key):
                spans_of_text.keys[inner_path] = span
            _node(next(events), events, inner_path, spans_of_text)


def _span(event: Any) -> Span | None:
    if event.style in ("|", ">") or event.start_mark.line != event.end_mark.line or event.anchor or event.tag:
        return None
    start, end = event.start_mark, event.end_mark
    return Span(start.index, end.index, event.value, event.style or "", start.line)
