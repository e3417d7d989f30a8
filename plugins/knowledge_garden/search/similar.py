"""Finds the lessons that are like a lesson, and says why."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import repeat
from operator import mul

from knowledge_garden.search.documents import Document, DocumentKind
from knowledge_garden.search.index import SearchIndex, weigh_other
from knowledge_garden.search.ranking import word_of

MOST = 5
# Percent of the likeness of a lesson to itself below which nothing is said; set on tests/evaluation/pairs.yml.
LIKE = 21
TELLING = 10  # terms of a lesson, those that tell most, by which lessons are looked for
COMMON = 16  # lessons of a term that are looked at, so that the work grows with the lessons, not with their square
CANDIDATES = 5  # lessons that are compared as a whole
REASONS = 30  # terms, those that tell most, from which the words are chosen that are
SHARED_WORDS = 4  # named as the reason
_TERM = 0xFFFFFF  # the 24 bits of a packed number that hold a term or a document


@dataclass(frozen=True, slots=True)
class Similar:
    """A lesson that is like another. `score`: percent; `causes`: keys of those shared; `words`: the most telling shared."""

    document: Document
    score: int
    causes: tuple[str, ...]
    words: tuple[str, ...]


class Likeness:
    """Says which lessons of an index are like a lesson. What it works out for one lesson it keeps for the others.

    Two lessons are as like as the angle between their terms' contributions is small, each term weighed by its rarity.
    """

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        # Phrases and joined words are told by their parts.
        self._rarity = [
            0 if term.parts or number in index.joined else term.rarity for number, term in enumerate(index.terms)
        ]
        self._lengths: dict[int, float] = {}
        self._words: dict[int, str] = {}
        self._lessons: dict[int, list[tuple[int, int]]] = {}

    def of(self, key: str, linked: Collection[str] = (), *, limit: int = MOST) -> tuple[Similar, ...]:
        """The lessons most like the lesson `key`, best first; `linked` are slugs that its page names already.

        Nothing is said of lessons that are not like it enough. Raises KeyError where the index has no such lesson.
        """
        number = self.index.by_key[DocumentKind.LESSON.value, key]
        return self._nearest(self.index.documents[number], *self.index.forward[number], {key, *linked}, limit)

    def of_draft(self, draft: Document, linked: Collection[str] = (), *, limit: int = MOST) -> tuple[Similar, ...]:
        """The same for a lesson that is not in the index."""
        weighed = weigh_other(self.index, draft)
        return self._nearest(draft, array("I", weighed), bytes(weighed.values()), {draft.key, *linked}, limit)

    def _worth(self, terms: array[int], contributions: bytes) -> list[int]:
        return list(map(mul, map(self._rarity.__getitem__, terms), contributions))

    def _length(self, number: int) -> float:
        if number not in self._lengths:
            terms, contributions = self.index.forward[number]
            self._lengths[number] = _length(self._worth(terms, contributions), contributions)
        return self._lengths[number]

    def _strongest(self, term: int) -> list[tuple[int, int]]:
        """(document, contribution) of the lessons to which a term contributes most."""
        if term not in self._lessons:
            documents = self.index.documents
            postings = self.index.terms[term].postings
            chosen = nsmallest(COMMON, postings, key=lambda posting: (-(posting & 255), posting))
            self._lessons[term] = [
                (posting >> 8, posting & 255)
                for posting in chosen
                if documents[posting >> 8].kind is DocumentKind.LESSON
            ]
        return self._lessons[term]

    def _candidates(self, worth: Mapping[int, int], telling: list[int], count: int) -> list[int]:
        """The lessons that have most of the most telling terms, best first."""
        points: dict[int, int] = {}
        for term in telling[:TELLING]:
            value = worth[term]
            for number, contribution in self._strongest(term):
                points[number] = points.get(number, 0) + value * contribution
        best = sorted([value << 24 | _TERM - number for number, value in points.items()], reverse=True)
        return [_TERM - (packed & _TERM) for packed in best[:count]]

    def _nearest(
        self, document: Document, terms: array[int], contributions: bytes, without: Collection[str], limit: int
    ) -> tuple[Similar, ...]:
        values = self._worth(terms, contributions)
        worth = dict(zip(terms, values, strict=True))
        length = _length(values, contributions)
        # Packed into numbers, for sorting these is what Python does fastest.
        packed = sorted([value << 24 | _TERM - term for term, value in worth.items() if value], reverse=True)
        telling = [_TERM - (pair & _TERM) for pair in packed[:REASONS]]
        similar: list[tuple[int, str, int]] = []
        for number in self._candidates(worth, telling, max(CANDIDATES, limit) + len(without)):
            other = self.index.documents[number]
            if other.key not in without:
                its, contributions = self.index.forward[number]
                points = sum(map(mul, map(worth.get, its, repeat(0)), contributions))
                score = min(100, int(100 * points / (length * self._length(number))))
                if score >= LIKE:
                    similar.append((-score, other.key, number))
        best = sorted(similar)[:limit]
        return tuple(self._similar(document, number, worth, telling, -score) for score, _, number in best)

    def _similar(
        self, document: Document, number: int, worth: Mapping[int, int], telling: list[int], score: int
    ) -> Similar:
        other, its = self.index.documents[number], dict(zip(*self.index.forward[number], strict=True))
        shared = sorted([worth[term] * its[term] << 24 | _TERM - term for term in telling if term in its])
        words = tuple(self._word(_TERM - (pair & _TERM)) for pair in reversed(shared[-SHARED_WORDS:]))
        causes = tuple(cause for cause in document.facets.get("cause", ()) if cause in other.facets.get("cause", ()))
        return Similar(other, score, causes, words)

    def _word(self, term: int) -> str:
        if term not in self._words:
            self._words[term] = word_of(self.index, term)
        return self._words[term]


def _length(worth: list[int], contributions: bytes) -> float:
    return math.sqrt(sum(map(mul, worth, contributions))) or 1.0
