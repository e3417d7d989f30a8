"""The pages that no file holds: lists of lessons, failures, causes, communities, people, partners, credits, fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.display import Contributor
from knowledge_garden.indexes.failures import Lesson, newest_first
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Record
from knowledge_garden.model.problems import CODES
from knowledge_garden.model.records import PersonFields
from knowledge_garden.pages.fields import field_tables
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render

Shown = tuple[Contributor, Record[PersonFields]]  # how a person is shown, and the record


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page made from the indexes. `path` is where it stands, as a Markdown path in the content folder.

    `title` and `description` are plain text. `html()` is the page's whole content, its h1 included.
    `wide` pages are shown without a table of contents. `part` is the plugin the page belongs to, "" for the garden.
    """

    path: str
    title: str
    description: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)
    wide: bool = True
    part: str = ""

    def html(self, indexes: Indexes, frame: Frame) -> str:
        return render(self.template, indexes, frame, self.path, title=self.title, lead=self.description, **self.values)

    def heading(self, indexes: Indexes, frame: Frame) -> str:
        """The title and the description alone: what search is to find of a page that lists other pages."""
        return render("heading.html", indexes, frame, self.path, title=self.title, lead=self.description)


def generated_pages(indexes: Indexes, frame: Frame) -> list[GeneratedPage]:
    """Every generated page of a garden, but those in whose place in the site something of the content comes."""
    taken = {*map(frame.file, indexes.garden.pages), *indexes.garden.files}
    return [page for page in _all(indexes) if frame.file(page.path) not in taken]


def _all(indexes: Indexes) -> Iterator[GeneratedPage]:
    garden = indexes.garden
    lessons = newest_first(list(garden.lessons.values()))
    people = _people(indexes)
    yield GeneratedPage(
        addresses.HOME,
        garden.settings.name,
        garden.settings.description,
        "home_page.html",
    )
    yield GeneratedPage(
        addresses.LESSONS,
        "Lessons",
        "What happened, and what it taught: every lesson of the garden, newest event first.",
        "lessons.html",
        {"lessons": lessons, "decades": [(year, list(told)) for year, told in groupby(lessons, _decade)]},
    )
    yield GeneratedPage(
        addresses.FAILURES,
        "Failures",
        "What went wrong or nearly did, by cause. Sharing a failure is credited; failing is counted against nobody.",
        "failures.html",
        part="failures",
    )
    for key, entry in indexes.failures.causes.items():
        yield GeneratedPage(
            addresses.cause(key),
            entry.cause.title,
            entry.cause.description,
            "cause.html",
            {"entry": entry},
            part="failures",
        )
    yield GeneratedPage(
        addresses.COMMUNITIES,
        "Communities",
        "Who learns together about what: the charters of the communities of practice.",
        "communities.html",
    )
    yield GeneratedPage(
        addresses.PEOPLE,
        "People",
        "Those who hold, need, look for and use knowledge.",
        "people.html",
        {"people": people},
    )
    yield GeneratedPage(
        addresses.NEEDS,
        "Needs",
        "What people and communities need to know, and who may hold it.",
        "needs.html",
        {"people": people, "holders": _holders(indexes, people)},
    )
    yield GeneratedPage(
        addresses.FACETS,
        "Corners",
        "Where the garden's knowledge comes from, and where it is silent.",
        "facets.html",
        {"corners": _corners(indexes)},
    )
    yield GeneratedPage(
        addresses.PARTNERS,
        "Partners",
        "Knowledge inside one's own walls only goes so far: whose knowledge the garden draws on.",
        "partners.html",
    )
    yield GeneratedPage(
        addresses.CREDITS,
        "Credits",
        "Everyone who helped this garden grow, in alphabetical order, as its history tells it.",
        "credits.html",
        part="credits",
    )
    yield GeneratedPage(
        addresses.FIELDS,
        "Reference of all fields",
        "Every field of every record and of garden.yml, made from the definitions that check them.",
        "fields.html",
        {"tables": field_tables()},
        wide=False,
    )
    yield GeneratedPage(
        addresses.PROBLEMS,
        "Problems and how to mend them",
        "What garden check can find, by code.",
        "problems.html",
        {"codes": list(CODES.values())},
        wide=False,
    )


def _decade(lesson: Lesson) -> int:
    return lesson.fields.date.year // 10 * 10 if lesson.fields.date else 0


def _corners(indexes: Indexes) -> list[dict[str, Any]]:
    """For each dimension its corners with their lessons and people; corners that garden.yml lists stay, even empty."""
    garden = indexes.garden
    found = []
    for key, dimension in garden.settings.dimensions.items():
        corners: dict[str, dict[str, Any]] = {
            value: {"title": title, "lessons": [], "people": []} for value, title in dimension.values.items()
        }
        silent = 0
        for name, records in (("lessons", garden.lessons), ("people", garden.people)):
            for record in records.values():
                value = record.fields.origin.get(key)
                if value is None:
                    silent += name == "lessons"
                    continue
                corners.setdefault(value, {"title": value, "lessons": [], "people": []})[name].append(record)
        for corner in corners.values():
            # A small number would tell who is meant.
            if len(corner["people"]) < garden.settings.credit.minimum_group:
                corner["people"] = []
        ordered = sorted(corners.values(), key=lambda each: (-len(each["lessons"]), each["title"].casefold()))
        found.append({"key": key, "dimension": dimension, "corners": ordered, "silent": silent})
    return found


def _words(text: str) -> set[str]:
    return {word.strip(".,;:()").casefold()[:6] for word in text.split() if len(word) > 4}


def _people(indexes: Indexes) -> list[Shown]:
    """Everybody who is shown, in the order of what is shown: another would tell something of the name behind it."""
    found = [(indexes.credits.shown(slug), person) for slug, person in indexes.garden.people.items()]
    people = [(shown, person) for shown, person in found if shown is not None and not shown.hidden]
    return sorted(people, key=lambda each: (each[0].name.casefold(), each[0].name, each[1].fields.holds))


def _holders(indexes: Indexes, people: list[Shown]) -> dict[tuple[str, str], list[tuple[Shown, str]]]:
    """Who asks (a person's path, or a community's) and the need → others who hold something that shares a telling word
    with it, best match first."""
    holds = [(each, held, _words(held)) for each in people for held in each[1].fields.holds]
    needs = [(person.path, need) for _, person in people for need in person.fields.needs]
    needs += [(charter.path, need) for charter in indexes.garden.communities.values() for need in charter.fields.needs]
    found: dict[tuple[str, str], list[tuple[Shown, str]]] = {}
    for asker, need in needs:
        telling = _words(need)
        matches = [
            (len(telling & words), each, held)
            for each, held, words in holds
            if telling & words and each[1].path != asker
        ]
        matches.sort(key=lambda each: -each[0])
        found[asker, need] = [(each, held) for _, each, held in matches[:3]]
    return found
