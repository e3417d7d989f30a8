"""Keeps the answers of an interrupted `garden new` beside the records, and gives them back next time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from knowledge_garden.model.records import Kind

_FOLDERS = {Kind.LESSON: "lessons", Kind.COMMUNITY: "communities", Kind.PERSON: "people"}


class Draft:
    """The answers given so far, by option. They are written after each answer and deleted with the finished record."""

    def __init__(self, content: Path, kind: Kind) -> None:
        # A name with a dot: what reads the content passes it over, and so does Git by the garden's .gitignore.
        self.file = content / _FOLDERS[kind] / f".new-{kind.value}.json"
        self.answers: dict[str, list[str]] = {}

    def read(self) -> bool:
        """Take the answers of last time; False where there are none that can be read."""
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if not isinstance(kept, dict):
            return False
        self.answers = {
            str(option): [str(answer) for answer in answers]
            for option, answers in kept.items()
            if isinstance(answers, list)
        }
        return bool(self.answers)

    def keep(self, option: str, answers: Iterable[str]) -> None:
        """Remember the answers to a question."""
        self.answers[option] = list(answers)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        partial = self.file.with_suffix(".part")
        partial.write_text(json.dumps(self.answers, ensure_ascii=False), encoding="utf-8")
        partial.replace(self.file)

    def forget(self) -> None:
        """Delete the kept answers."""
        self.answers = {}
        self.file.unlink(missing_ok=True)
