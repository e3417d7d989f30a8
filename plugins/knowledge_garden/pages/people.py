"""People as lists show them, and who may hold what somebody needs."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.garden import Record
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.records import PersonFields

_OFFERED = 3  # people who may hold an answer to a need
Shown = tuple[Contributor, Record[PersonFields]]  # how a person is shown, and the record


def shown_people(indexes: Indexes) -> list[Shown]:
    """Everybody who is shown, in the order of what is shown: another would tell something of the name behind it."""
    people = [
        (shown, person)
        for slug, person in indexes.garden.people.items()
        if (shown := indexes.publication.person(slug)) is not None and not shown.hidden
    ]
    return sorted(people, key=lambda entry: (entry[0].name.casefold(), entry[0].name, entry[1].fields.holds))


def holders(indexes: Indexes, people: list[Shown]) -> dict[tuple[str, str], list[tuple[Shown, str]]]:
    """Who asks (a person's path, or a community's) and the need → others who hold something that shares a telling word
    with it, best match first."""
    offers = [(person, held) for person in people for held in person[1].fields.holds]
    by_stem: dict[str, list[int]] = {}
    for number, (_, held) in enumerate(offers):
        for stem in _stems(held):
            by_stem.setdefault(stem, []).append(number)
    needs = [(person.path, need) for _, person in people for need in person.fields.needs]
    needs += [(charter.path, need) for charter in indexes.garden.communities.values() for need in charter.fields.needs]
    matches: dict[tuple[str, str], list[tuple[Shown, str]]] = {}
    for asker, need in needs:
        shared = Counter(number for stem in _stems(need) for number in by_stem.get(stem, ()))
        others = (number for number in shared if offers[number][0][1].path != asker)
        best = nsmallest(_OFFERED, others, key=lambda number: (-shared[number], number))
        matches[asker, need] = [offers[number] for number in best]
    return matches


def _stems(text: str) -> set[str]:
    return {word.strip(".,;:()").casefold()[:6] for word in text.split() if len(word) > 4}
