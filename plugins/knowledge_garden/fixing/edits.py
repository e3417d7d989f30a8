"""Changes of a text: what is put in the place of what, and how a person is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_garden.model.messages import message

_SHOWN = 60  # characters of a value that a message repeats


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """One thing that was put right: the line of the file, and what was done there."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The part of a text from `start` to `end`, and what is written in its place; `what` says so in words."""

    start: int
    end: int
    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and what has been put right in it so far."""

    text: str
    fixes: tuple[Fix, ...] = ()

    def edited(self, edits: Iterable[Edit], first_line: int = 1) -> Text:
        """The text with edits that don't overlap. `first_line` is the line of the file on which the text begins."""
        parts: list[str] = []
        fixes: list[Fix] = []
        position, line = 0, first_line
        for edit in sorted(set(edits)):
            if edit.start < position:
                continue  # overlaps the one before; the next round looks at it again
            line += self.text.count("\n", position, edit.start)
            fixes.append(Fix(line, edit.what))
            line += self.text.count("\n", edit.start, edit.end)
            parts += [self.text[position : edit.start], edit.text]
            position = edit.end
        return Text("".join((*parts, self.text[position:])), (*self.fixes, *fixes))


def replaced(name: str, old: str, new: str) -> str:
    """The message that a value was written differently."""
    return message("{name}: “{old}” → “{new}”", name=name, old=short(old), new=short(new))


def short(text: str) -> str:
    """A value as a message repeats it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
