"""Finds the sentence of a document that answers a question best, with the words to mark in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from knowledge_garden.search.documents import Document
from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.plain import Sentence
from knowledge_garden.search.question import Question
from knowledge_garden.search.tokens import WORD, fold, parts_of, stopwords

TOLD = ("summary", "body")  # fields of whole sentences; words near each other in a list mean nothing


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence to show and where to mark it (start and end offsets).

    `near` and `adjacent`: the most that any sentence of the text, the title included, has of words of the question beside its
    first, and of words that follow each other as in the question.
    """

    sentence: Sentence
    marks: tuple[tuple[int, int], ...]
    near: int = 0
    adjacent: int = 0


@dataclass(frozen=True, slots=True)
class _Hit:
    total: int
    near: int
    adjacent: int
    marks: tuple[tuple[int, int], ...]


class Matcher:
    """Knows, for one question, what each word of a sentence is worth."""

    def __init__(self, index: SearchIndex, question: Question) -> None:
        # Folded word → (position in the question, worth); a phrase → (sets of words, position, worth).
        self.words: dict[str, tuple[int, int]] = {}
        self.phrases: list[tuple[tuple[frozenset[str], ...], int, int]] = []
        asked = 0
        for unit in question.units:
            for alternative in unit.phrase:
                self._add(index, alternative.term, asked, alternative.worth)
            for concept in unit.concepts:
                for alternative in concept.alternatives:
                    self._add(index, alternative.term, asked, alternative.worth)
                asked += 1

    def _add(self, index: SearchIndex, term: int, asked: int, worth: int) -> None:
        entry = index.terms[term]
        if entry.parts:
            parts = tuple(frozenset(index.terms[part].surfaces) for part in entry.parts)
            self.phrases.append((parts, asked, worth))
            return
        for surface in entry.surfaces:
            if worth > self.words.get(surface, (0, 0))[1]:
                self.words[surface] = (asked, worth)

    def best(self, document: Document) -> Passage:
        """The sentence that has most of the question, the first of equal ones; the first sentence where none has any."""
        title = self._hit(document.title, document.language)
        near, adjacent = title.near, title.adjacent
        chosen, most = (document.sentences[0] if document.sentences else Sentence(document.summary)), 0
        marks: tuple[tuple[int, int], ...] = ()
        for sentence in document.sentences:
            hit = self._hit(sentence.text, document.language)
            value = hit.total + hit.adjacent
            if sentence.field in TOLD:
                near, adjacent = max(near, hit.near), max(adjacent, hit.adjacent)
            else:
                value //= 2  # a list of words says less than a sentence
            if value > most:
                chosen, most, marks = sentence, value, hit.marks
        return Passage(chosen, marks, near, adjacent)

    def _hit(self, text: str, language: str) -> _Hit:
        small = stopwords(language)
        tokens: list[tuple[str, int, int]] = []
        for match in WORD.finditer(text):
            parts, together = _parts(match[0])
            if together in self.words:
                parts = (together,)
            tokens.extend((part, match.start(), match.end()) for part in parts if part not in small)
        present: dict[int, int] = {}
        marked: set[tuple[int, int]] = set()
        adjacent, before = 0, (-2, 0)
        for part, start, end in tokens:
            asked, worth = self.words.get(part, (-2, 0))
            if worth:
                present[asked] = max(worth, present.get(asked, 0))
                marked.add((start, end))
                if asked == before[0] + 1:
                    adjacent += min(worth, before[1])
            before = (asked, worth)
        for sets, asked, worth in self.phrases:
            for position in _positions(tokens, sets):
                present[asked] = max(worth, present.get(asked, 0))
                marked.update((start, end) for _, start, end in tokens[position : position + len(sets)])
        total = sum(present.values())
        return _Hit(total, total - max(present.values(), default=0), adjacent, tuple(sorted(marked)))


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[tuple[str, ...], str]:
    """`parts_of` a word as it is written. Needs ask the same sentences thousands of times."""
    return parts_of(fold(word))


def _positions(tokens: list[tuple[str, int, int]], parts: tuple[frozenset[str], ...]) -> list[int]:
    last = len(tokens) - len(parts)
    return [
        position
        for position in range(last + 1)
        if all(tokens[position + offset][0] in part for offset, part in enumerate(parts))
    ]
