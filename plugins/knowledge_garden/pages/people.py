"""People as lists show them."""

from __future__ import annotations

from knowledge_garden.indexes import Indexes
from knowledge_garden.locale import language_or_english
from knowledge_garden.model.garden import Record
from knowledge_garden.model.people import Contributor
from knowledge_garden.model.person import PersonFields

Shown = tuple[Contributor, Record[PersonFields]]  # how a person is shown, and the record


def shown_people(indexes: Indexes) -> list[Shown]:
    """Everybody who is shown, in the order of what is shown: another would tell something of the name behind it."""
    people = [
        (shown, person)
        for slug, person in indexes.garden.people.items()
        if (shown := indexes.publication.person(slug)) is not None and not shown.hidden
    ]
    order = language_or_english(indexes.garden.settings.language).sort_key
    return sorted(people, key=lambda entry: (order(entry[0].name), entry[0].name, entry[1].fields.holds))
