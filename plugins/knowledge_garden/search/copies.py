"""Finds lessons that are copies of each other, and lessons of one title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from knowledge_garden.search.documents import Document, DocumentKind
from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.tokens import stopwords, words_of

COPIED = 60  # percent of the shorter text from which a lesson is a copy
SHORTEST_SENTENCE = 25  # characters; shorter ones are alike by chance
SHORTEST_TEXT = 200  # characters of such sentences that a lesson must have
FEW = 4  # lessons with one sentence in common that are all compared with each other


@dataclass(frozen=True, slots=True)
class Copy:
    """Two lessons of which one is a copy of the other: `score` percent of the shorter one's text is in both."""

    first: Document
    second: Document
    score: int


def copies(index: SearchIndex) -> tuple[Copy, ...]:
    """Pairs of lessons with nearly the same sentences. Linear: sentences lead to lessons, none is compared with all."""
    lessons: dict[str, list[int]] = {}
    lengths: Counter[int] = Counter()
    for number, document in enumerate(index.documents):
        if document.kind is DocumentKind.LESSON:
            for text in _sentences(document):
                lessons.setdefault(text, []).append(number)
                lengths[number] += len(text)
    shared: Counter[tuple[int, int]] = Counter()
    for text, numbers in lessons.items():
        # A sentence of many lessons comes from a template: neighbours are enough to lead from each copy to the next.
        for pair in combinations(numbers, 2) if len(numbers) <= FEW else pairwise(numbers):
            shared[pair] += len(text)
    pairs: list[Copy] = []
    for (first, second), length in sorted(shared.items()):
        shorter = min(lengths[first], lengths[second])
        if shorter >= SHORTEST_TEXT and length * 100 >= COPIED * shorter:
            pairs.append(Copy(index.documents[first], index.documents[second], length * 100 // shorter))
    return tuple(pairs)


def _sentences(document: Document) -> dict[str, None]:
    told = (sentence for sentence in document.sentences if sentence.field in ("summary", "body"))
    texts = (sentence.text.casefold() for sentence in told)
    return dict.fromkeys(text for text in texts if len(text) >= SHORTEST_SENTENCE)


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
