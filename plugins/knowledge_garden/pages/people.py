"""People as lists show them, and who may hold what somebody needs."""

from __future__ import annotations

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.display import Contributor
from knowledge_garden.model.garden import Record
from knowledge_garden.model.records import PersonFields

Shown = tuple[Contributor, Record[PersonFields]]  # how a person is shown, and the record


def shown_people(indexes: Indexes) -> list[Shown]:
    """Everybody who is shown, in the order of what is shown: another would tell something of the name behind it."""
    people = [
        (shown, person)
        for slug, person in indexes.garden.people.items()
        if (shown := indexes.credits.shown(slug)) is not None and not shown.hidden
    ]
    return sorted(people, key=lambda entry: (entry[0].name.casefold(), entry[0].name, entry[1].fields.holds))


def holders(indexes: Indexes, people: list[Shown]) -> dict[tuple[str, str], list[tuple[Shown, str]]]:
    """Who asks (a person's path, or a community's) and the need → others who hold something that shares a telling word
    with it, best match first."""
    holds = [(person, held, _stems(held)) for person in people for held in person[1].fields.holds]
    needs = [(person.path, need) for _, person in people for need in person.fields.needs]
    needs += [(charter.path, need) for charter in indexes.garden.communities.values() for need in charter.fields.needs]
    matches: dict[tuple[str, str], list[tuple[Shown, str]]] = {}
    for asker, need in needs:
        asked = _stems(need)
        candidates = [
            (len(asked & stems), person, held)
            for person, held, stems in holds
            if asked & stems and person[1].path != asker
        ]
        candidates.sort(key=lambda candidate: -candidate[0])
        matches[asker, need] = [(person, held) for _, person, held in candidates[:3]]
    return matches


def _stems(text: str) -> set[str]:
    return {word.strip(".,;:()").casefold()[:6] for word in text.split() if len(word) > 4}
