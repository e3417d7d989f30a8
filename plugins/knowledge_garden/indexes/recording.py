"""Records what a page was made from: every answer that the indexes gave while it was made, told by a digest.

`RecordedIndexes` stands for `Indexes` while the parts of a page are made. A question is a path of attributes with a
key or arguments at its end (`links.to("lessons/a.md")`, `garden.lessons["a"]`); its answer is taken whole, with all
that it holds. So a page whose questions have the same answers in a later build is the same page, whatever else has
changed. What can't be recorded (an answer without a form as bytes, arguments that are not plain) makes the record of
the page `None`: such a page is always made anew.

Two things would not be noticed, and must not be: what code keeps from one page for another, and what it reads beside
the indexes. Settings and frame are the same for all pages, and belong to the key of the site. What was made with the
recorded indexes is only compared, never shown: so an object that behaves otherwise here costs time alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from knowledge_garden.indexes.digests import NOT_DIGESTED, SIZE, Digests
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.indexes.seen import CALL, IN, KEY, Question, RecordedIndexes

Answers = dict[Question, bytes]
_MISSING: Final = b"\0" * SIZE


class Recorder:
    """Asks the indexes of one build, and tells the answers by digests."""

    def __init__(self, indexes: Indexes) -> None:
        self.indexes = indexes
        self.recorded = RecordedIndexes(self)
        self._digests: dict[Question, bytes] = {}
        self._of = Digests()
        self._answers: Answers | None = None

    def record(self, make: Callable[[Indexes], Any]) -> tuple[Any, Answers | None]:
        """What `make` returns of the indexes, and what it was told; None where that could not be recorded."""
        before, self._answers = self._answers, {}
        try:
            return make(self.recorded), self._answers
        finally:
            self._answers = before

    def still(self, answers: Answers) -> bool:
        """Whether the indexes give these answers to these questions now."""
        return all(self._ask(question) == digest for question, digest in answers.items())

    def note(self, question: Question, answer: object) -> None:
        """Note an answer of the present page."""
        if self._answers is None or question in self._answers:
            return
        try:
            digest = self._digests.get(question)
            if digest is None:
                digest = self._digests[question] = self._of.of(answer)
            self._answers[question] = digest
        except NOT_DIGESTED:
            self._answers = None

    def note_missing(self, question: Question) -> None:
        """Note that there is no answer."""
        if self._answers is not None:
            self._answers[question] = _MISSING

    def give_up(self) -> None:
        """Note that the present page can't be recorded."""
        self._answers = None

    def _ask(self, question: Question) -> bytes | None:
        """The digest of the present answer; None where there is none any more."""
        digest = self._digests.get(question)
        if digest is not None:
            return digest
        *names, kind, arguments = question
        try:
            value: Any = self.indexes
            for name in names:
                value = getattr(value, name) if isinstance(name, str) else getattr(value, name[0])(*name[1])
            answer = _answer(value, kind, arguments)
        except KeyError:
            return _MISSING if kind == KEY else None
        except (AttributeError, TypeError, ValueError):
            return None
        try:
            digest = self._digests[question] = self._of.of(answer)
        except NOT_DIGESTED:
            return None
        return digest


def _answer(value: Any, kind: str, arguments: tuple[Any, ...]) -> object:
    if kind == KEY:
        return value[arguments[0]]
    if kind == IN:
        return arguments[0] in value
    if kind == CALL:
        answer = value(*(set(part) if isinstance(part, frozenset) else part for part in arguments))
        return list(answer) if isinstance(answer, Iterator) else answer
    return value
