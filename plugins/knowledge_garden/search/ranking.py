"""Answers a question: adds up integer contributions, prefers words near each other, and says why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from knowledge_garden.search.documents import Document
from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.matching import Matcher, Passage
from knowledge_garden.search.question import FULL_WEIGHT, Alternative, How, Question, read_question
from knowledge_garden.search.weights import FULL

CANDIDATES = 16  # documents whose sentences are read
# Percent of the ideal score below which nothing is claimed: for the best result, and for those after it.
CLAIMED = 23
SHOWN = 9
TELLING = 5  # words of a question, the rarest, that a document should answer
NEAREST = 3  # documents named where nothing is claimed
NEAR = 25  # percent: what a second word in the same sentence adds
ADJACENT = 40  # percent: what a word right behind the one before it in the question adds


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the question, the word of the document that answers it, and in what way."""

    asked: str
    word: str
    how: How


@dataclass(frozen=True, slots=True)
class Result:
    """A document that answers. `score` is percent of the ideal; `passage` the sentence to show, with its marks."""

    document: Document
    number: int
    points: int
    score: int
    matches: tuple[Match, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class Answer:
    """Results, best first. Where nothing is claimed there are none, and `near` has the documents that come nearest.

    `matching`: numbers of all documents that answer well enough to be shown, whatever the limit.
    """

    question: Question
    results: tuple[Result, ...]
    near: tuple[Result, ...] = ()
    matching: tuple[int, ...] = ()


def search(
    index: SearchIndex,
    text: str,
    *,
    limit: int = 10,
    unfinished: bool = False,
    keep: Callable[[int], bool] | None = None,
) -> Answer:
    """Answer a question. The same index and question always give the same results.

    `unfinished` completes the last word; `keep` narrows the documents, by their numbers. Where nothing comes near
    enough, no result is given.
    """
    question = read_question(index, text, unfinished=unfinished)
    points = score(index, question)
    if keep is not None:
        points = {number: value for number, value in points.items() if keep(number)}
    ideal = ideal_of(question)
    ranked = _ranked(index, question, points, limit)
    results = tuple(_result(index, question, *entry, ideal) for entry in ranked[:limit])
    if not results or results[0].points * 100 < CLAIMED * ideal:
        return Answer(question, (), results[:NEAREST])
    matching = sorted(number for number, value in points.items() if value * 100 >= SHOWN * ideal)
    shown = tuple(result for result in results if result.points * 100 >= SHOWN * ideal)
    return Answer(question, shown, (), tuple(matching))


def ideal_of(question: Question) -> int:
    """The points of a document in which the most telling words of the question could not be more frequent; at least 1.

    A long sentence has more words than any document answers, so that only its most telling ones are asked for.
    """
    telling = sorted((concept.rarity for concept in question.concepts), reverse=True)[:TELLING]
    return sum(telling) * FULL_WEIGHT * FULL or 1


def score(index: SearchIndex, question: Question) -> dict[int, int]:
    """Document → points. A word is answered by its best alternative; a phrase by itself or by its words."""
    total: dict[int, int] = {}
    for unit in question.units:
        points: dict[int, int] = {}
        for concept in unit.concepts:
            for document, value in _best(index, concept.alternatives).items():
                points[document] = points.get(document, 0) + value
        for document, value in _best(index, unit.phrase).items():
            points[document] = max(value, points.get(document, 0))
        for document, value in points.items():
            total[document] = total.get(document, 0) + value
    return total


def _best(index: SearchIndex, alternatives: tuple[Alternative, ...]) -> dict[int, int]:
    best: dict[int, int] = {}
    for alternative in alternatives:
        worth = alternative.worth
        for posting in index.terms[alternative.term].postings:
            document, value = posting >> 8, worth * (posting & 255)
            if value > best.get(document, 0):
                best[document] = value
    return best


def _ranked(
    index: SearchIndex, question: Question, points: dict[int, int], limit: int
) -> list[tuple[int, int, Passage]]:
    """(document, points, sentence): the first with their bonus for nearness, best first, then the others."""
    order = sorted(points.items(), key=lambda entry: (-entry[1], entry[0]))[: max(limit, CANDIDATES)]
    matcher = Matcher(index, question)
    first, rest = [], []
    for position, (number, value) in enumerate(order):
        document = index.documents[number]
        passage = matcher.best(document)
        if position < CANDIDATES:
            # As its points, so its bonus: a page of the handbook gains less than a lesson.
            bonus = (passage.near * NEAR + passage.adjacent * ADJACENT) * FULL * document.prior // 10000
            first.append((number, value + bonus, passage))
        else:
            rest.append((number, value, passage))
    return sorted(first, key=lambda entry: (-entry[1], entry[0])) + rest


def _result(index: SearchIndex, question: Question, number: int, points: int, passage: Passage, ideal: int) -> Result:
    matches = []
    for unit in question.units:
        phrase = _strongest(index, unit.phrase, number)
        single = [(concept.text, _strongest(index, concept.alternatives, number)) for concept in unit.concepts]
        if phrase and phrase[0] > sum(best[0] for _, best in single if best):
            single = [(" ".join(concept.text for concept in unit.concepts), phrase)]
        for asked, best in single:
            if best:
                matches.append(Match(asked, word_of(index, best[1].term, asked), best[1].how))
    return Result(index.documents[number], number, points, min(100, points * 100 // ideal), tuple(matches), passage)


def word_of(index: SearchIndex, term: int, asked: str = "") -> str:
    """A term as a reader would write it: as it was asked for where that is one of its forms, else its shortest form."""
    entry = index.terms[term]
    if entry.parts:
        return " ".join(word_of(index, part) for part in entry.parts)
    if asked in entry.surfaces:
        return asked
    return min(entry.surfaces, key=lambda form: (len(form), form), default=entry.name)


def _strongest(
    index: SearchIndex, alternatives: tuple[Alternative, ...], number: int
) -> tuple[int, Alternative] | None:
    best: tuple[int, Alternative] | None = None
    for alternative in alternatives:
        postings = index.terms[alternative.term].postings
        position = bisect_left(postings, number << 8)
        if position < len(postings) and postings[position] >> 8 == number:
            value = alternative.worth * (postings[position] & 255)
            if best is None or value > best[0]:
                best = (value, alternative)
    return best
