"""The terms that the words of a text stand for, in one language."""

from __future__ import annotations

from collections.abc import Callable, Container

from knowledge_garden.search.tokens import WORD, parts_of, stem, stopwords


class WordTerms(dict[str, tuple[int, ...]]):
    """The terms of a word as `raw_words` gives it, in one language; () for a small word. Filled when first asked.

    What is written with a hyphen is its parts and itself written together; `apart` has the parts alone. `starts`: words
    with which a phrase begins; `counted`: texts that many documents have, with the terms in them.
    """

    def __init__(
        self, language: str, number: Callable[[str], int], vocabulary: dict[str, set[int]], phrases: Container[int]
    ) -> None:
        """`number` gives a stem its number; `phrases` are the terms with which a phrase begins."""
        super().__init__()
        self.language, self.number, self.vocabulary, self.phrases = language, number, vocabulary, phrases
        self.small = stopwords(language)
        self.apart: dict[str, tuple[int, ...]] = {}  # of every word that was asked for
        self.together: set[int] = set()
        self.alone: set[int] = set()
        self.starts: set[str] = set()
        self.counted: dict[str, dict[int, float]] = {}

    def __missing__(self, raw: str) -> tuple[int, ...]:
        terms: tuple[int, ...] = ()
        joined: tuple[int, ...] = ()
        for word in WORD.findall(raw):
            parts, together = parts_of(word)
            terms += tuple(self._term(part) for part in parts if part not in self.small)
            joined += (self._term(together),) if together else ()
        self.alone.update(terms)
        self.together.update(joined)
        self.apart[raw] = terms
        self[raw] = terms + joined
        self._mark(raw)
        return self[raw]

    def mark_starts(self) -> None:
        """Mark again the words that were asked for before all phrases were there."""
        for raw in self:
            self._mark(raw)

    def _mark(self, raw: str) -> None:
        if any(term in self.phrases for term in self[raw]):
            self.starts.add(raw)

    def _term(self, part: str) -> int:
        number = self.number(stem(part, self.language))
        self.vocabulary.setdefault(part, set()).add(number)
        return number
