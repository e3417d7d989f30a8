"""Finds the lessons that are like a lesson, and says why."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from knowledge_garden.search.documents import Document, DocumentKind
from knowledge_garden.search.index import SearchIndex, weigh_other
from knowledge_garden.search.ranking import word_of

MOST = 5
LIKE = 16  # percent of the likeness of a lesson to itself below which nothing is said
TELLING = 14  # terms of a lesson, by what they contribute; the others tell little
SHARED_WORDS = 4  # named as the reason
COMMON = 30  # postings of a term that are compared, so that the work grows with the lessons, not with their square
_TERM = 0xFFFFFF  # the 24 bits of a packed number that hold a term or a document


@dataclass(frozen=True, slots=True)
class Similar:
    """A lesson that is like another. `score`: percent; `causes`: keys of those shared; `words`: the most telling shared."""

    document: Document
    score: int
    causes: tuple[str, ...]
    words: tuple[str, ...]


class Likeness:
    """Says which lessons of an index are like a lesson. What it works out for one lesson it keeps for the others."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self._worth = [
            0 if term.parts or number in index.joined else term.rarity for number, term in enumerate(index.terms)
        ]
        self._vectors: dict[int, tuple[dict[int, int], float]] = {}
        self._postings: dict[int, list[tuple[int, int]]] = {}

    def of(self, key: str, linked: Collection[str] = (), *, limit: int = MOST) -> tuple[Similar, ...]:
        """The lessons most like the lesson `key`, best first; `linked` are slugs that its page names already.

        Nothing is said of lessons that are not like it enough. Raises KeyError where the index has no such lesson.
        """
        number = self.index.by_key[DocumentKind.LESSON.value, key]
        return self._nearest(self.index.documents[number], *self._vector(number), {key, *linked}, limit)

    def of_draft(self, draft: Document, linked: Collection[str] = (), *, limit: int = MOST) -> tuple[Similar, ...]:
        """The same for a lesson that is not in the index."""
        weighed = weigh_other(self.index, draft)
        vector = self._telling(value << 24 | term for term, value in weighed.items())
        return self._nearest(draft, vector, self._length(vector), {draft.key, *linked}, limit)

    def _vector(self, number: int) -> tuple[dict[int, int], float]:
        if number not in self._vectors:
            vector = self._telling(self.index.forward[number])
            self._vectors[number] = (vector, self._length(vector))
        return self._vectors[number]

    def _telling(self, contributions: Iterable[int]) -> dict[int, int]:
        """The terms that tell most, with what they contribute, from contributions << 24 | term.

        Phrases and joined words are told by their parts. Points, term and contribution are packed into one number each,
        for sorting numbers is what Python does fastest.
        """
        worth = self._worth
        packed = [
            (worth[pair & _TERM] * (pair >> 24)) << 32 | (_TERM - (pair & _TERM)) << 8 | pair >> 24
            for pair in contributions
        ]
        packed.sort(reverse=True)
        return {_TERM - (triple >> 8 & _TERM): triple & 255 for triple in packed[:TELLING] if triple >> 32}

    def _length(self, vector: Mapping[int, int]) -> float:
        return math.sqrt(sum(self.index.terms[term].rarity * value * value for term, value in vector.items())) or 1.0

    def _strongest(self, term: int) -> list[tuple[int, int]]:
        """(document, contribution) of the lessons to which a term contributes most."""
        if term not in self._postings:
            postings = self.index.terms[term].postings
            chosen = nsmallest(COMMON, postings, key=lambda posting: (-(posting & 255), posting))
            contributions = ((posting >> 8, posting & 255) for posting in chosen)
            self._postings[term] = [
                (document, contribution)
                for document, contribution in contributions
                if self.index.documents[document].kind is DocumentKind.LESSON
            ]
        return self._postings[term]

    def _nearest(
        self, document: Document, vector: Mapping[int, int], length: float, without: Collection[str], limit: int
    ) -> tuple[Similar, ...]:
        points: dict[int, int] = {}
        for term, value in vector.items():
            worth = self.index.terms[term].rarity * value
            for number, contribution in self._strongest(term):
                points[number] = points.get(number, 0) + worth * contribution
        documents = self.index.documents
        similar: list[tuple[int, str, int]] = []
        # More than are shown, for likeness also depends on the other lesson's length.
        packed = sorted([value << 24 | (_TERM - number) for number, value in points.items()], reverse=True)
        for pair in packed[: 2 * limit + len(without)]:
            value, number = pair >> 24, _TERM - (pair & _TERM)
            other = documents[number]
            if other.key not in without:
                score = min(100, int(100 * value / (length * self._vector(number)[1])))
                if score >= LIKE:
                    similar.append((-score, other.key, number))
        return tuple(self._similar(document, number, vector, -score) for score, _, number in sorted(similar)[:limit])

    def _similar(self, document: Document, number: int, vector: Mapping[int, int], score: int) -> Similar:
        other, terms = self.index.documents[number], self.index.terms
        its = {pair & _TERM: pair >> 24 for pair in self.index.forward[number]}
        shared = sorted(vector.keys() & its, key=lambda term: (-terms[term].rarity * vector[term] * its[term], term))
        causes = tuple(cause for cause in document.facets.get("cause", ()) if cause in other.facets.get("cause", ()))
        return Similar(other, score, causes, tuple(word_of(self.index, term) for term in shared[:SHARED_WORDS]))
