"""Reads a plan: which lessons and causes come near it, in which sentence, and the stage of work that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_garden.model.settings import Settings
from knowledge_garden.search.documents import Document, DocumentKind
from knowledge_garden.search.index import SearchIndex
from knowledge_garden.search.ranking import Result, search
from knowledge_garden.search.similar import Likeness
from knowledge_garden.search.tokens import primary, stem, words_of

MOST_SENTENCES = 300  # that are compared; a longer plan is better read part by part
SURE = 45  # percent of a full answer from which a sentence of a plan, which asks nothing, is taken to be answered
SURE_CAUSE = 22  # a cause's share of a full answer is at most 50
SHARED = 3  # different words that a plan, or one sentence of it, shares with what comes near
_LIKE = 40  # lessons that are like the plan as a whole
_ASKED = 12  # documents that are looked at for each sentence
_HEADING, _STAGED = 3, 3  # what a stage's name counts in a heading, and how much it takes to be the plan's stage


@dataclass(frozen=True, slots=True)
class Nearness:
    """A lesson or cause that comes near a plan.

    `score`: percent of likeness to the plan as a whole plus percent of a full answer to the sentence that comes
    nearest. `sentence` is that sentence, "" where only the whole is alike; `words` are those that both share.
    """

    document: Document
    score: int
    sentence: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of work, and the words of the plan that name it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class PlanMatches:
    """What comes near a plan, nearest first. `left_out` is the number of sentences after the last that was compared."""

    near: tuple[Nearness, ...]
    left_out: int


def match_plan(likeness: Likeness, plan: Document) -> PlanMatches:
    """The lessons and causes that come near a plan as a whole, or near one of its sentences.

    `plan` is a document made by `text_document`.
    """
    sentences = list(dict.fromkeys(filter(None, (plan.title, *(sentence.text for sentence in plan.sentences)))))
    near: dict[tuple[DocumentKind, str], Nearness] = {}
    for like in likeness.of_draft(plan, limit=_LIKE):
        if len(like.words) >= SHARED:
            near[like.document.kind, like.document.key] = Nearness(like.document, like.score, "", like.words)
    answers: dict[tuple[DocumentKind, str], Nearness] = {}
    for sentence in sentences[:MOST_SENTENCES]:
        for answer in _answers(likeness.index, sentence):
            key = (answer.document.kind, answer.document.key)
            if key not in answers or answer.score > answers[key].score:
                answers[key] = answer
    for key, answer in answers.items():
        whole = near.get(key)
        score = answer.score + (whole.score if whole else 0)
        near[key] = Nearness(answer.document, score, answer.sentence, answer.words)
    ordered = sorted(near.values(), key=lambda match: (-match.score, match.document.kind, match.document.key))
    return PlanMatches(tuple(ordered), max(0, len(sentences) - MOST_SENTENCES))


def _answers(index: SearchIndex, sentence: str) -> Iterable[Nearness]:
    for result in search(index, sentence, limit=_ASKED).results:
        least = {DocumentKind.LESSON: SURE, DocumentKind.CAUSE: SURE_CAUSE}.get(result.document.kind)
        words = _words(result)
        if least is not None and result.score >= least and len(words) >= SHARED:
            yield Nearness(result.document, result.score, sentence, words)


def _words(result: Result) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.word for match in result.matches))


def stage_of(plan: Document, headings: Iterable[str], settings: Settings) -> Stage | None:
    """The stage that a plan names most, in its title and headings above all; None where none stands out.

    A stage is named by its key, its title, and its other words in garden.yml, in any form with the same stems.
    """
    language = primary(settings.language)

    def stems(text: str) -> tuple[str, ...]:
        return tuple(stem(word, language) for word in words_of(text))

    heads = [stems(text) for text in dict.fromkeys((plan.title, *headings)) if text]
    texts = [stems(sentence.text) for sentence in plan.sentences]
    counted = []
    for key, stage in settings.stages.items():
        names = {stems(name): name for name in (*reversed(stage.also), key, stage.title)}
        by_name = {name: _HEADING * _occurrences(heads, own) + _occurrences(texts, own) for own, name in names.items()}
        most = max(by_name, key=lambda name: by_name[name])
        counted.append((sum(by_name.values()), Stage(key, most)))
    ordered = sorted(counted, key=lambda entry: -entry[0])
    if not ordered or ordered[0][0] < _STAGED or (len(ordered) > 1 and ordered[1][0] == ordered[0][0]):
        return None
    return ordered[0][1]


def _occurrences(texts: Iterable[tuple[str, ...]], name: tuple[str, ...]) -> int:
    length = len(name)
    return sum(text[start : start + length] == name for text in texts for start in range(len(text) - length + 1))
