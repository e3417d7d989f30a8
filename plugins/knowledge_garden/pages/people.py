"""People as lists show them: by letter, on as many pages as they need, and with what a reader can choose them by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from knowledge_garden.indexes import Indexes
from knowledge_garden.locale import language_or_english
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.messages import message
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.person import PersonFields
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.selections import letter_of

Shown = tuple[Contributor, Record[PersonFields]]  # how a person is shown, and the record
PEOPLE_OF_A_PAGE = 120
ENTRIES_SHOWN = 6  # of what somebody holds or needs; the profile has all
_TITLE = message("People")
_LEAD = message("Who can help with what, and what they need to know.")


def shown_people(indexes: Indexes) -> list[Shown]:
    """Everybody who is shown, in the order of what is shown: another would tell something of the name behind it."""
    people = [
        (shown, person)
        for slug, person in indexes.garden.people.items()
        if (shown := indexes.publication.person(slug)) is not None and not shown.hidden
    ]
    order = language_or_english(indexes.garden.settings.language).sort_key
    return sorted(
        people,
        key=lambda entry: (letter_of(entry[0].name), order(entry[0].name), entry[0].name, entry[1].fields.holds),
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A first letter with the part of the list that it begins on (0: the list is one page), and how many people it has."""

    letter: str
    anchor: str
    part: int
    people: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension by which people can be chosen, and its values as (value, title, number of people)."""

    key: str
    title: str
    values: tuple[tuple[str, str, int], ...]


def people_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The list of people; where it is long, its parts too."""
    yield GeneratedPage(addresses.PEOPLE, _TITLE, _LEAD, "people.html", _first, source="people/")
    number = people_parts(garden)
    for part in range(1, number + 1 if number > 1 else 1):
        title = message("People, part {part} of {number}", part=part, number=number)
        yield GeneratedPage(
            addresses.people_part(part), title, _LEAD, "people_part.html", partial(_part, part), source="people/"
        )


def people_parts(garden: Garden) -> int:
    """How many pages the list is parted into."""
    return max(1, -(-len(garden.people) // PEOPLE_OF_A_PAGE))


def parted(items: Sequence[object], parts: int, number: int) -> tuple[int, int]:
    """First and last position of part `number` (from 1) where a list is parted evenly."""
    return len(items) * (number - 1) // parts, len(items) * number // parts


def _first(indexes: Indexes) -> Mapping[str, object]:
    people: list[Shown] = indexes.shown_people
    parts = people_parts(indexes.garden)
    return {
        "total": len(people),
        "letters": _letters(people, parts),
        "groups": _groups(people) if parts == 1 else (),
        "choices": _choices(indexes, people),
        "values_of": partial(_values_of, indexes),
        "several": parts > 1,
        "entries": ENTRIES_SHOWN,
    }


def _part(number: int, indexes: Indexes) -> Mapping[str, object]:
    people: list[Shown] = indexes.shown_people
    parts = people_parts(indexes.garden)
    first, last = parted(people, parts, number)
    return {
        "letters": _letters(people, parts),
        "groups": _groups(people[first:last]),
        "values_of": partial(_values_of, indexes),
        "part": number,
        "parts": parts,
        "entries": ENTRIES_SHOWN,
    }


def _groups(people: Sequence[Shown]) -> list[tuple[str, str, list[Shown]]]:
    """People by first letter, with the anchor of the letter."""
    by_letter = groupby(people, lambda entry: letter_of(entry[0].name))
    return [(letter, _anchor(letter), list(group)) for letter, group in by_letter]


def _anchor(letter: str) -> str:
    return f"letter-{ord(letter):x}"


def _letters(people: Sequence[Shown], parts: int) -> list[Letter]:
    letters = []
    position = 0
    for letter, group in groupby(people, lambda entry: letter_of(entry[0].name)):
        number = len(list(group))
        part = next(part for part in range(1, parts + 1) if position < parted(people, parts, part)[1])
        letters.append(Letter(letter, _anchor(letter), part if parts > 1 else 0, number))
        position += number
    return letters


def _values_of(indexes: Indexes, shown: Contributor, person: Record[PersonFields]) -> dict[str, list[str]]:
    """Where somebody works, by dimension, with the levels above: of people who are shown by name alone, since it may
    tell who somebody is."""
    if not shown.slug:
        return {}
    dimensions = indexes.garden.settings.dimensions
    return {
        key: list(dict.fromkeys(level for value in values for level in dimensions[key].tree.path(value)))
        for key, values in person.fields.origin.items()
        if key in dimensions
    }


def _choices(indexes: Indexes, people: Sequence[Shown]) -> list[Choice]:
    numbers: dict[str, dict[str, int]] = {key: {} for key in indexes.garden.settings.dimensions}
    for shown, person in people:
        for key, values in _values_of(indexes, shown, person).items():
            for value in values:
                numbers[key][value] = numbers[key].get(value, 0) + 1
    order = language_or_english(indexes.garden.settings.language).sort_key
    choices = []
    for key, dimension in indexes.garden.settings.dimensions.items():
        titled = [
            (value, " > ".join(map(dimension.tree.title, dimension.tree.path(value))), number)
            for value, number in numbers[key].items()
        ]
        if titled:
            choices.append(Choice(key, dimension.title, tuple(sorted(titled, key=lambda choice: order(choice[1])))))
    return choices


def people_file(indexes: Indexes, url: Callable[[str], str]) -> bytes:
    """Everybody in the list, for the script that chooses among the people of all its parts: JSON in the list's order."""
    entries = [
        {
            "name": shown.name,
            "url": url(person.path) if shown.slug else "",
            "holds": person.fields.holds[:ENTRIES_SHOWN],
            "values": _values_of(indexes, shown, person),
        }
        for shown, person in indexes.shown_people
    ]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
