"""Answers a question: adds up integer contributions, prefers words near each other, and says why."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from knowledge_garden.search.documents import Document
from knowledge_garden.search.index import FULL, SearchIndex
from knowledge_garden.search.matching import Found, Matcher
from knowledge_garden.search.question import FULL_WEIGHT, Alternative, How, Question, read_question

CANDIDATES = 16  # documents whose sentences are read
# Percent of the ideal score below which nothing is claimed: for the best result, and for those after it.
CLAIMED = 18
SHOWN = 9
NEAR = 25  # percent: what a second word in the same sentence adds
ADJACENT = 25  # percent: what a word right behind the one before it in the question adds


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the question, the word of the document that answers it, and in what way."""

    asked: str
    word: str
    how: How


@dataclass(frozen=True, slots=True)
class Result:
    """A document that answers. `score` is percent of the ideal; `found` the sentence to show, with its marks."""

    document: Document
    number: int
    points: int
    score: int
    matches: tuple[Match, ...]
    found: Found


@dataclass(frozen=True, slots=True)
class Answer:
    """Results, best first, and `near`: documents that come nearest where nothing is claimed (results are empty then)."""

    question: Question
    results: tuple[Result, ...]
    near: tuple[Result, ...] = ()


def search(
    index: SearchIndex, text: str, *, limit: int = 10, unfinished: bool = False, kinds: frozenset[str] | None = None
) -> Answer:
    """Answer a question. The same index and question always give the same results.

    `unfinished` completes the last word; `kinds` narrows the documents to those kinds ("lesson", "cause", …). Where
    nothing comes near enough, no result is given.
    """
    question = read_question(index, text, unfinished=unfinished)
    points = score(index, question)
    if kinds is not None:
        points = {number: value for number, value in points.items() if index.documents[number].kind in kinds}
    ideal = ideal_of(question)
    ranked = _reranked(index, question, points)
    results = [_result(index, question, number, value, found, ideal) for number, value, found in ranked[:limit]]
    claimed = bool(ranked) and ranked[0][1] * 100 >= CLAIMED * ideal
    if not claimed:
        return Answer(question, (), tuple(results[:3]))
    return Answer(question, tuple(each for each in results if each.points * 100 >= SHOWN * ideal))


def ideal_of(question: Question) -> int:
    """The points of a document in which every word of the question could not be more frequent; at least 1."""
    return sum(concept.rarity for concept in question.concepts) * FULL_WEIGHT * FULL or 1


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


def _reranked(index: SearchIndex, question: Question, points: dict[int, int]) -> list[tuple[int, int, Found]]:
    """(document, points, sentence) with the bonus for nearness, best first, then the rest without a sentence."""
    first = sorted(points.items(), key=lambda each: (-each[1], each[0]))[:CANDIDATES]
    matcher = Matcher(index, question)
    found = []
    for number, value in first:
        document = index.documents[number]
        best = matcher.best(document)
        # As its points, so its bonus: a page of the handbook gains less than a lesson.
        bonus = (best.near * NEAR + best.adjacent * ADJACENT) * FULL // 100 * document.prior // 100
        found.append((number, value + bonus, best))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _result(index: SearchIndex, question: Question, number: int, points: int, found: Found, ideal: int) -> Result:
    matches = []
    for unit in question.units:
        phrase = _strongest(index, unit.phrase, number)
        single = [(each.text, _strongest(index, each.alternatives, number)) for each in unit.concepts]
        if phrase and phrase[0] > sum(each[0] for _, each in single if each):
            single = [(" ".join(each.text for each in unit.concepts), phrase)]
        for asked, best in single:
            if best:
                matches.append(Match(asked, word_of(index, best[1].term), best[1].how))
    return Result(index.documents[number], number, points, min(100, points * 100 // ideal), tuple(matches), found)


def word_of(index: SearchIndex, term: int) -> str:
    """A term as a reader would write it: its shortest form in the garden."""
    entry = index.terms[term]
    if entry.parts:
        return " ".join(word_of(index, part) for part in entry.parts)
    return min(entry.surfaces, key=lambda each: (len(each), each), default=entry.name)


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
