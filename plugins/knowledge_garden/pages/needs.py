"""The board of needs: what is open first, then what was answered, with the answer, on as many pages as that takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal

from knowledge_garden.indexes import Indexes
from knowledge_garden.locale import language_or_english
from knowledge_garden.model import addresses
from knowledge_garden.model.fields import Need
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.publication import Actor
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.people import parted

NEEDS_OF_A_PAGE = 150
Section = Literal["communities", "people", "answered"]


@dataclass(frozen=True, slots=True)
class Asking:
    """A need with who has it: `slug` is that of the person or the community. `sample`: they are invented."""

    section: Section
    slug: str
    asker: Actor
    need: Need
    sample: bool = False


def needs_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The board; where it is long, its further parts too."""
    title, lead = (
        message("Needs"),
        message("What people and communities need to know, who may be able to help, and what was answered."),
    )
    yield GeneratedPage(addresses.NEEDS, title, lead, "needs.html", partial(_part, 1), source="communities/")
    number = needs_parts(garden)
    for part in range(2, number + 1):
        titled = message("Needs, part {part} of {number}", part=part, number=number)
        yield GeneratedPage(
            addresses.needs_part(part), titled, lead, "needs.html", partial(_part, part), source="communities/"
        )


def needs_parts(garden: Garden) -> int:
    """How many pages the board is parted into."""
    needs = [need for charter in garden.communities.values() for need in charter.fields.needs]
    needs += [need for person in garden.people.values() for need in person.fields.needs]
    number = sum(need.status != "closed" for need in needs)
    return max(1, -(-number // NEEDS_OF_A_PAGE))


def _part(number: int, indexes: Indexes) -> Mapping[str, object]:
    needs: list[Asking] = indexes.needs_board
    parts = needs_parts(indexes.garden)
    first, last = parted(needs, parts, number)
    sections = [
        (section, [list(of_one) for _, of_one in groupby(of_section, lambda one: one.slug)])
        for section, of_section in groupby(needs[first:last], lambda one: one.section)
    ]
    return {
        "sections": sections,
        "part": number,
        "parts": parts,
        "open_needs": sum(one.section != "answered" for one in needs),
        "answered_needs": sum(one.section == "answered" for one in needs),
    }


def needs_board(indexes: Indexes) -> list[Asking]:
    """The open needs of communities, by title, and of people, then the answered ones, the latest answer first."""
    garden = indexes.garden
    order = language_or_english(garden.settings.language).sort_key
    charters = sorted(garden.communities.items(), key=lambda item: (order(item[1].title), item[0]))
    asking: list[Asking] = []
    for slug, charter in charters:
        asker = Actor(charter.title, charter.path)
        asking += [_asking("communities", slug, asker, need, charter.fields.sample) for need in charter.fields.needs]
    for shown, person in indexes.shown_people:
        asker = Actor(shown.name, person.path if shown.slug else "")
        asking += [_asking("people", person.slug, asker, need, person.fields.sample) for need in person.fields.needs]
    answered = [one for one in asking if one.section == "answered"]
    return [
        *(one for one in asking if one.need.is_open),
        *sorted(answered, key=lambda one: -_day(one.need)),
    ]


def _asking(section: Section, slug: str, asker: Actor, need: Need, sample: bool) -> Asking:
    return Asking("answered" if need.status == "answered" else section, slug, asker, need, sample)


def _day(need: Need) -> int:
    when = need.answered_on or need.since
    return when.first.toordinal() if when else 0
