"""Prints how often the search finds the right lesson, keeps silent where there is none, and matches needs that fit.

    scripts/evaluate                       the questions and needs to develop with
    scripts/evaluate --part kept-aside     those kept aside: once, at the end; never tune on them

The floors show what is gained: the same fields and stems without other words, corrections, nearness and threshold; and
that with titles, summaries and tags alone.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from knowledge_garden import load_garden
from knowledge_garden.model.garden import Garden
from knowledge_garden.search import Document, SearchIndex, build, documents_of, match_needs, search
from knowledge_garden.search.documents import Field
from knowledge_garden.search.question import How, Unit, read_question
from knowledge_garden.search.ranking import score

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
PARTS = ("development", "earlier", "kept-aside")
ABSENT = "absent"
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


def table(name: str, ask: Ask, asked: list[Asked], *, misses: bool = False) -> list[str]:
    """A table by class, and with `misses` every question whose right lesson is not among the first three."""
    lines = [
        "",
        name,
        f"{'class':16}{'asked':>6}" + "".join(f"{f'at {depth}':>8}" for depth in DEPTHS) + f"{'silent':>8}",
    ]
    missed = []
    answers = [(each, found := ask(each.question), position(found, each.answer)) for each in asked]
    present = [answer for answer in answers if answer[0].of != ABSENT]
    groups = {of: [it for it in present if it[0].of == of] for of in dict.fromkeys(it[0].of for it in present)}
    for of, group in {**groups, "all of these": present}.items():
        right = "".join(f"{sum(0 < place <= depth for *_, place in group):>8}" for depth in DEPTHS)
        lines.append(f"{of:16}{len(group):>6}{right}{sum(not found for _, found, _ in group):>8}")
    absent = [answer for answer in answers if answer[0].of == ABSENT]
    silent = sum(not found for _, found, _ in absent)
    lines.append(f"{ABSENT:16}{len(absent):>6}{'':{8 * len(DEPTHS)}}{silent:>8}")
    for each, found, place in answers:
        if bool(found) if each.of == ABSENT else not 0 < place <= DEPTHS[1]:
            missed.append(f"  {each.of}: {each.question}")
            missed.append(
                f"    wanted {', '.join(each.answer) or 'nothing'}; answered {', '.join(found[:4]) or 'nothing'}"
            )
    return lines + (missed if misses else [])


def needs_table(garden: Garden, index: SearchIndex, needs: list[dict[str, Any]], *, misses: bool = False) -> list[str]:
    """How many of the shown matches fit, and how many of those that fit are shown."""
    shown: dict[str, list[tuple[bool, str]]] = {"people": [], "lessons": []}
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
    lines = ["", f"{len(needs)} needs"]
    for name, found in shown.items():
        right = sum(fits for fits, _ in found)
        lines.append(f"{name}: {right} of {len(found)} shown fit; {right} of {wanted[name]} that fit are shown")
        if misses:
            lines += [f"  {'fits' if fits else 'does not fit'}: {text}" for fits, text in found]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default=PARTS[0])
    parser.add_argument("--questions", type=Path, default=HERE / "questions.yml")
    parser.add_argument("--needs", type=Path, default=HERE / "needs.yml")
    parser.add_argument(
        "--misses", action="store_true", help="Also print what went wrong; not for the part kept aside."
    )
    options = parser.parse_args()
    if options.misses and options.part != PARTS[0]:
        sys.exit("--misses shows questions to learn from; those kept aside are not to be learned from.")
    loaded = load_garden(CONTENT, today=datetime.date(2026, 1, 1), with_history=False)
    published = loaded.indexes.names.published
    documents = documents_of(loaded.garden, published)
    index = build(documents, loaded.garden.settings.synonyms)
    asked = questions_of(options.questions, options.part)
    lines = [
        f"{len(asked)} questions ({options.part}) about {len(index.documents)} documents",
        *table("floor: titles, summaries and tags", floor(titles_only(documents)), asked),
        *table("floor: full text", floor(index), asked),
        *table("engine", engine(index), asked, misses=options.misses),
        *needs_table(loaded.garden, index, read(options.needs, options.part), misses=options.misses),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
