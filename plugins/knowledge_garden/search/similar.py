"""Lessons that are like a lesson, with the reason, and lessons that are copies of each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from knowledge_garden.search.documents import Document, DocumentKind
from knowledge_garden.search.index import SearchIndex, weigh_other
from knowledge_garden.search.ranking import word_of
from knowledge_garden.search.tokens import stopwords, words_of

MOST = 5
LIKE = 20  # percent of the likeness of a lesson to itself below which nothing is said
TELLING_TERMS = 24  # of a lesson, by what they contribute; the others tell little
SHARED_WORDS = 4  # named as the reason
COMMON = 64  # a term's postings that are compared; so that the work grows with the lessons, not with their square
SHINGLE = 6  # words in a row that are compared to find copies
SAMPLED = 4  # one row in so many, chosen by its words
COPIED = 60  # percent of rows in common from which a lesson is a copy
SHORTEST_COPY = 8  # sampled rows that a text must have before it can be called a copy


@dataclass(frozen=True, slots=True)
class Similar:
    """A lesson that is like another. `score`: percent; `causes`: keys of those shared; `words`: the most telling shared."""

    document: Document
    score: int
    causes: tuple[str, ...]
    words: tuple[str, ...]


def similar(index: SearchIndex, key: str, linked: Collection[str] = (), *, limit: int = MOST) -> tuple[Similar, ...]:
    """The lessons most like the lesson `key`, best first; `linked` are slugs that its page names already.

    Nothing is said of lessons that are not like it enough. Raises KeyError where the index has no such lesson.
    """
    number = index.by_key[DocumentKind.LESSON.value, key]
    vector = _vector(index, number)
    return _nearest(index, index.documents[number], vector, {key, *linked}, limit)


def similar_to_draft(
    index: SearchIndex, draft: Document, linked: Collection[str] = (), *, limit: int = MOST
) -> tuple[Similar, ...]:
    """The same for a lesson that is not in the index."""
    vector = _telling(index, weigh_other(index, draft))
    return _nearest(index, draft, vector, {draft.key, *linked}, limit)


def _telling(index: SearchIndex, contributions: Mapping[int, int]) -> dict[int, int]:
    """The terms that tell most, with what they contribute; a phrase of the thesaurus is told by its words already."""
    useful = ((term, value) for term, value in contributions.items() if not index.terms[term].parts)
    ranked = sorted(useful, key=lambda each: (-index.terms[each[0]].rarity * each[1], each[0]))
    return dict(ranked[:TELLING_TERMS])


def _vector(index: SearchIndex, number: int) -> dict[int, int]:
    return _telling(index, {each & 0xFFFFFF: each >> 24 for each in index.forward[number]})


def _length(index: SearchIndex, vector: Mapping[int, int]) -> float:
    return math.sqrt(sum(index.terms[term].rarity * value * value for term, value in vector.items()))


def _nearest(
    index: SearchIndex, document: Document, vector: Mapping[int, int], without: Collection[str], limit: int
) -> tuple[Similar, ...]:
    points: Counter[int] = Counter()
    for term, value in vector.items():
        entry = index.terms[term]
        postings = entry.postings
        if len(postings) > COMMON:
            postings = _strongest(postings)
        for posting in postings:
            points[posting >> 8] += entry.rarity * value * (posting & 255)
    own = _length(index, vector)
    found = []
    # Twice as many as are shown: the exact likeness is worked out for the best of the rough ones.
    for number, value in sorted(points.items(), key=lambda each: (-each[1], each[0]))[: 4 * limit + len(without)]:
        other = index.documents[number]
        if other.kind is not DocumentKind.LESSON or other.key in without or not own:
            continue
        its = _vector(index, number)
        score = int(100 * value / (own * _length(index, its)))
        if score >= LIKE:
            found.append(_similar(index, document, other, vector, its, min(100, score)))
    return tuple(sorted(found, key=lambda each: (-each.score, each.document.key))[:limit])


def _strongest(postings: Collection[int]) -> list[int]:
    return sorted(postings, key=lambda each: (-(each & 255), each))[:COMMON]


def _similar(
    index: SearchIndex,
    document: Document,
    other: Document,
    vector: Mapping[int, int],
    its: Mapping[int, int],
    score: int,
) -> Similar:
    shared = sorted(
        (term for term in vector if term in its),
        key=lambda term: (-index.terms[term].rarity * vector[term] * its[term], term),
    )
    causes = tuple(each for each in document.facets.get("cause", ()) if each in other.facets.get("cause", ()))
    return Similar(other, score, causes, tuple(word_of(index, term) for term in shared[:SHARED_WORDS]))


@dataclass(frozen=True, slots=True)
class Copy:
    """Two lessons of which one is a copy of the other: `score` percent of the shorter one's text is in the other."""

    first: Document
    second: Document
    score: int


def copies(index: SearchIndex) -> tuple[Copy, ...]:
    """Pairs of lessons with nearly the same text. Linear: rows of words are compared, not lessons with lessons."""
    rows: dict[tuple[str, ...], list[int]] = {}
    sizes: Counter[int] = Counter()
    for number, document in enumerate(index.documents):
        if document.kind is DocumentKind.LESSON:
            for row in _rows(document):
                rows.setdefault(row, []).append(number)
                sizes[number] += 1
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in rows.values():
        # A row that many lessons have comes from a template. Neighbours in the list are enough to lead to every copy.
        for first, second in zip(numbers, numbers[1:], strict=False):
            shared[first, second] += 1
    found = []
    for (first, second), count in sorted(shared.items()):
        shorter = min(sizes[first], sizes[second])
        if shorter >= SHORTEST_COPY and count * 100 >= COPIED * shorter:
            found.append(Copy(index.documents[first], index.documents[second], min(100, count * 100 // shorter)))
    return tuple(found)


def _rows(document: Document) -> set[tuple[str, ...]]:
    small = stopwords(document.language)
    words = [
        word
        for sentence in document.sentences
        if sentence.field == "body"
        for word in words_of(sentence.text)
        if word not in small
    ]
    return {
        tuple(words[position : position + SHINGLE])
        for position in range(len(words) - SHINGLE + 1)
        if sum(map(ord, words[position])) % SAMPLED == 0
    }


def same_titles(index: SearchIndex) -> tuple[tuple[Document, Document], ...]:
    """Pairs of lessons whose titles are the same but for case, accents, punctuation and small words."""
    return tuple(_same_titles(index))


def _same_titles(index: SearchIndex) -> Iterator[tuple[Document, Document]]:
    first: dict[tuple[str, ...], Document] = {}
    for document in index.documents:
        if document.kind is not DocumentKind.LESSON:
            continue
        small = stopwords(document.language)
        words = tuple(word for word in words_of(document.title) if word not in small)
        other = first.setdefault(words or (document.title,), document)
        if other is not document:
            yield other, document
