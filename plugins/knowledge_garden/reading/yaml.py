"""YAML to plain values with the line of each, refusing what could hide or lose text: duplicate keys, aliases, tags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import PROBLEMS_PER_FILE, Problem, problem
from knowledge_garden.reading.hidden import hidden_characters
from knowledge_garden.reading.quotes import without_curly_quotes
from knowledge_garden.reading.yaml_advice import CONFLICT, HARD_SPACE, HARD_SPACES, advice, conflict_line

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same values, more slowly
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

DEPTH_LIMIT = 12
_LONGEST_KEY = 200
_LONGEST_SHOWN = 80
_SCALARS: dict[str | None, Any] = yaml.SafeLoader.yaml_constructors
# YAML also reads 014, 0x1f, 1_000 and 14:00 as whole numbers; nobody who writes them in a garden means that.
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Values:
    """Plain values read from YAML. `lines` and `written` map a dotted path ("leads.0.person") to its line and to the
    scalar's text as it was written; lines count from 1 in the file."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: str, path: str, first_line: int = 1) -> Values:
    """Read one YAML document that begins at `first_line` of the file `path`. Never raises: see `problems`."""
    values = Values()
    conflict = conflict_line(text)
    if conflict:
        values.problems.append(problem("merge-conflict", path, conflict - 1 + first_line, CONFLICT))
        return values
    for offset, name in hidden_characters(text):
        line = text.count("\n", 0, offset) + first_line
        values.problems.append(
            problem(
                "hidden-text",
                path,
                line,
                message("The text holds {name}.", name=name),
                message("Delete the character."),
            )
        )
    if forbidden := _FORBIDDEN.search(text):
        if not values.problems:
            line = text.count("\n", 0, forbidden.start()) + first_line
            fault = message("The character U+{code} is not allowed in YAML.", code=f"{ord(forbidden[0]):04X}")
            values.problems.append(problem("yaml-broken", path, line, fault, message("Delete the character.")))
        return values
    try:
        # The events, not the composed nodes: only they still show anchors, aliases and the tags that were written.
        loader = _Loader(text)
        try:
            _Builder(loader, values, path, first_line).document()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        # What is missing at the end began where the context says.
        unfinished = "end of stream" in (error.problem or "")
        mark = (error.context_mark if unfinished else None) or error.problem_mark or error.context_mark
        number, reason, hint = advice(text, mark.line if mark else 0, error.problem or error.context or "")
        values.problems.append(problem("yaml-broken", path, number + first_line, reason, hint))
        values.data = None
    except _StoppedError:
        values.data = None
    return values


class _StoppedError(Exception):
    """Stops the reading: libyaml's time grows with the square of the depth, and enough problems are enough."""


class _Builder:
    """Builds plain values from a loader's events."""

    def __init__(self, loader: Any, values: Values, path: str, first_line: int) -> None:
        self.loader = loader
        self.values = values
        self.path = path
        self.first_line = first_line

    def document(self) -> None:
        loader = self.loader
        while not isinstance(loader.peek_event(), yaml.DocumentStartEvent | yaml.StreamEndEvent):
            loader.get_event()
        if isinstance(loader.get_event(), yaml.StreamEndEvent):
            return
        self.values.data = self.node("", 0)
        loader.get_event()
        after = loader.get_event()
        if isinstance(after, yaml.DocumentStartEvent):
            self.report(
                "yaml-broken", after, message("A second YAML document begins here."), message("Keep one document.")
            )

    def report(self, code: str, event: Any, fault: str, hint: str = "") -> None:
        self.values.problems.append(problem(code, self.path, self.line(event), fault, hint))
        if len(self.values.problems) >= PROBLEMS_PER_FILE:
            fault = message(
                "The YAML has {limit} problems; the rest of it is not read.",
                limit=PROBLEMS_PER_FILE,
            )
            self.values.problems.append(
                problem("too-many", self.path, self.line(event), fault, message("Fix these first."))
            )
            raise _StoppedError

    def stop_too_deep(self, event: Any) -> NoReturn:
        self.report("yaml-too-deep", event, message("Values are nested more than {limit} deep.", limit=DEPTH_LIMIT))
        raise _StoppedError

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def node(self, path: str, depth: int) -> Any:
        event = self.loader.get_event()
        if path:
            self.values.lines.setdefault(path, self.line(event))
        if isinstance(event, yaml.AliasEvent):
            self.report("yaml-alias", event, message("*{anchor} is an alias.", anchor=event.anchor))
            return None
        if event.anchor:
            self.report("yaml-alias", event, message("&{anchor} is an anchor.", anchor=event.anchor))
        if event.tag and event.tag != "!":
            self.report("yaml-tag", event, message("{tag} is a tag.", tag=event.tag))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if depth >= DEPTH_LIMIT:
            self.stop_too_deep(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(self.loader.peek_event(), yaml.SequenceEndEvent):
                items.append(self.node(f"{path}.{len(items)}" if path else str(len(items)), depth + 1))
            self.loader.get_event()
            return items
        return self.mapping(path, depth)

    def mapping(self, path: str, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(self.loader.peek_event(), yaml.MappingEndEvent):
            event = self.loader.peek_event()
            if isinstance(event, yaml.CollectionStartEvent):
                self.report(
                    "yaml-broken", event, message("A key is a list or a mapping."), message("Write keys as plain text.")
                )
                self.skip()
                self.skip()
                continue
            self.node("", depth + 1)
            if isinstance(event, yaml.AliasEvent):
                self.skip()
                continue
            name = event.value  # as written: `no:` is a key, not False
            inner = f"{path}.{name}" if path else name
            if len(name) > _LONGEST_KEY:
                self.report(
                    "yaml-broken",
                    event,
                    message("A key is {number} characters long.", number=len(name)),
                    message("Shorten the key."),
                )
                self.skip()
                continue
            if len(name.splitlines()) > 1:
                self.report(
                    "yaml-broken", event, message("A key holds a line break."), message("Write the key on one line.")
                )
                self.skip()
                continue
            if any(space in name for space in HARD_SPACES):
                self.report("yaml-broken", event, HARD_SPACE, message("Replace it with a usual space."))
            if name == "<<":
                self.report("yaml-alias", event, message("<< merges another mapping."))
            if name in result:
                self.report(
                    "yaml-duplicate-key",
                    event,
                    message(
                        "{name} is there twice; the first is on line {line}.",
                        name=name,
                        line=self.values.lines[inner],
                    ),
                )
                self.skip()
                continue
            self.values.lines[inner] = self.line(event)
            result[name] = self.node(inner, depth + 1)
        self.loader.get_event()
        return result

    def scalar(self, event: Any, path: str) -> Any:
        if not event.style or event.style == '"':
            self.look_at(event, path)
        tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:str" or event.tag or tag not in _SCALARS:
            return event.value
        if tag == "tag:yaml.org,2002:int" and not _DECIMAL.match(event.value):
            return event.value
        if path:
            self.values.written[path] = event.value
        try:
            return _SCALARS[tag](self.loader, yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark))
        except (ValueError, OverflowError):
            return event.value  # 2012-13-45 looks like a date and is not one; the field's own check says so

    def look_at(self, event: Any, path: str) -> None:
        """Report what a text says only once it is read: escapes such as \\u202e, and curly quotes around a field's value.

        In lists they are allowed, for sentences that somebody said.
        """
        if event.style == '"':
            for _, name in hidden_characters(event.value):
                self.report(
                    "hidden-text", event, message("The text holds {name}.", name=name), message("Delete the character.")
                )
        elif event.value[:1] == "-" and event.value[1:2] in tuple(HARD_SPACES):
            self.report("yaml-broken", event, HARD_SPACE, message("Replace it with a usual space."))
        elif "." not in path and (quoted := without_curly_quotes(event.value)) is not None:
            written = quoted if len(quoted) <= _LONGEST_SHOWN else "…"
            hint = message('Use straight quotes: "{written}".', written=written)
            self.report("curly-quotes", event, message("The value is in curly quotes, which become part of it."), hint)

    def skip(self) -> None:
        """Pass over the next value."""
        depth = 0
        while True:
            event = self.loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH_LIMIT:
                self.stop_too_deep(event)
            if not depth:
                return
