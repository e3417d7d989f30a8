"""What the evaluation of the search counts: right places of answers, matches of needs that fit, related lessons."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from knowledge_garden import load_garden
from knowledge_garden.model.garden import Garden
from knowledge_garden.search import Document, Likeness, SearchIndex, build, documents_of, match_needs, search
from knowledge_garden.search.documents import DocumentKind, Field
from knowledge_garden.search.question import How, Unit, read_question
from knowledge_garden.search.ranking import score

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
PARTS = ("development", "earlier", "kept-aside")
SHOWN_PARTS = ("development", "kept-aside")  # of which the handbook gives the figures
FIGURES = "handbook/search.md"
ABSENT = "absent"
CLASSES = {
    "sentence": "Whole sentences",
    "typing": "With typing errors",
    "synonym": "In other words",
    "name": "Names",
    "number": "Singular and plural",
}
DEPTHS = (1, 3, 10)
Ask = Callable[[str], list[str]]  # question → slugs or keys, best first


@dataclass(frozen=True)
class Asked:
    """A question of the file."""

    question: str
    of: str
    answer: tuple[str, ...]


def read(path: Path, part: str) -> list[dict[str, Any]]:
    """The entries of one part. Raises ValueError where an entry names no part that there is."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in entries:
        if entry.get("part") not in PARTS:
            raise ValueError(f"{path}: {entry} has no part; write one of {', '.join(PARTS)}")
    return [entry for entry in entries if entry["part"] == part]


def questions_of(path: Path, part: str) -> list[Asked]:
    return [Asked(each["question"], each["class"], tuple(each["answer"])) for each in read(path, part)]


def engine(index: SearchIndex) -> Ask:
    return lambda text: [each.document.key for each in search(index, text, limit=max(DEPTHS)).results]


def floor(index: SearchIndex) -> Ask:
    """The words of the question themselves, added up; whatever comes first is claimed."""

    def ask(text: str) -> list[str]:
        question = read_question(index, text)
        units = tuple(
            Unit(
                tuple(
                    replace(each, alternatives=tuple(it for it in each.alternatives if it.how is How.WORD))
                    for each in unit.concepts
                )
            )
            for unit in question.units
        )
        points = score(index, replace(question, units=units))
        order = sorted(points, key=lambda number: (-points[number], number))[: max(DEPTHS)]
        return [index.documents[number].key for number in order]

    return ask


def titles_only(documents: Iterable[Document]) -> SearchIndex:
    kept = (Field.TITLE, Field.SUMMARY, Field.TAGS)
    return build(replace(each, texts=tuple(text for text in each.texts if text[0] in kept)) for each in documents)


def position(found: list[str], answer: tuple[str, ...]) -> int:
    """The place of the first right answer from 1; 0 where there is none."""
    return next((place for place, key in enumerate(found, 1) if key in answer), 0)


Shown = dict[str, list[tuple[bool, str]]]  # people and lessons → whether it fits, and what is shown


def shown_for_needs(garden: Garden, index: SearchIndex, needs: list[dict[str, Any]]) -> tuple[Shown, dict[str, int]]:
    """What is shown for needs, and how many would fit."""
    shown: Shown = {"people": [], "lessons": []}
    wanted = {"people": 0, "lessons": 0}
    for need in needs:
        fitting = {(each["person"], each["holds"]) for each in need["fit"]}
        helpful = need.get("lessons", [])
        wanted["people"] += len(fitting)
        wanted["lessons"] += len(helpful)
        match = match_needs(garden, index, [(need.get("person", ""), need["need"])])[0]
        for each in match.people:
            text = f"{need['need']} ← {each.holds} ({each.score}: {', '.join(each.shared)})"
            shown["people"].append(((each.person, each.holds) in fitting, text))
        for lesson in match.lessons:
            text = f"{need['need']} ← {lesson.document.key} ({lesson.score})"
            shown["lessons"].append((lesson.document.key in helpful, text))
    return shown, wanted


def need_counts(garden: Garden, index: SearchIndex, needs: list[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    """People and lessons: (shown and fit, shown, fit)."""
    shown, wanted = shown_for_needs(garden, index, needs)
    return {name: (sum(fits for fits, _ in found), len(found), wanted[name]) for name, found in shown.items()}


def pair_counts(index: SearchIndex, pairs: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Labelled pairs of lessons: (called similar and related, called similar, related)."""
    likeness = Likeness(index)
    keys = [document.key for document in index.documents if document.kind is DocumentKind.LESSON]
    shown = {frozenset((key, similar.document.key)) for key in keys for similar in likeness.of(key)}
    called = [pair for pair in pairs if frozenset(pair["lessons"]) in shown]
    return sum(pair["related"] for pair in called), len(called), sum(pair["related"] for pair in pairs)


def loaded_index() -> tuple[Garden, list[Document], SearchIndex]:
    """The starter garden, its documents and their index, without the page that tells the figures: they would change it."""
    loaded = load_garden(CONTENT, today=datetime.date(2026, 1, 1), with_history=False)
    published = loaded.indexes.names.published
    documents = documents_of(loaded.garden, lambda path: path != FIGURES and published(path))
    return loaded.garden, documents, build(documents, loaded.garden.settings.synonyms)
