"""What readers call the facets of a garden and their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.model.garden import Garden
from knowledge_garden.model.levels import SEPARATOR


def facet_labels(garden: Garden) -> Mapping[str, Mapping[str, str]]:
    """Facet → value → its label, for `search_files`. A value without a label is its own: a year, a free place.

    "outcomeKind" is not a facet: outcome → the kind that it counts as, by which it is coloured.
    """
    settings = garden.settings
    return {
        "outcome": {key: settings.outcome(key).title for key in settings.outcomes},
        "outcomeKind": {key: settings.outcome(key).kind for key in settings.outcomes},
        "cause": {key: cause.title for key, cause in settings.causes.items()},
        "stage": {key: stage.title for key, stage in settings.stages.items()},
        "community": {slug: record.title for slug, record in garden.communities.items()},
        **{name: dict(_own_titles(garden, name)) for name in settings.dimensions},
    }


def _own_titles(garden: Garden, name: str) -> Iterator[tuple[str, str]]:
    """Key and title of the values of a dimension whose title is not their key."""
    tree = garden.settings.dimensions[name].tree
    yield from ((key, title) for key, title in tree.titles.items() if title != key)
    origins = [lesson.fields.origin for lesson in garden.lessons.values()]
    origins += [person.fields.origin for person in garden.people.values()]
    for origin in origins:
        for value in origin.get(name, ()):
            yield from ((key, tree.title(key)) for key in tree.path(value) if SEPARATOR in key)
