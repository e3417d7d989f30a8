"""What readers call the facets of a garden and their values."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge_garden.model.garden import Garden


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
        **{
            name: {key: value.title for key, value in dimension.values.items()}
            for name, dimension in settings.dimensions.items()
        },
    }
