"""The lists of failures and of successes, and a page for each cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.failures import SUCCESS
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage

LISTED = 20  # lessons of a list; the search has all of them
OF_OUTCOME = 10  # lessons of a cause with one outcome


def failure_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The two lists, then the causes in the order of garden.yml."""
    yield GeneratedPage(
        addresses.FAILURES,
        message("Failures"),
        message(
            "What went wrong, or nearly did, by cause. Sharing a failure earns credit; a failure counts against nobody."
        ),
        "failures.html",
        _by_outcome,
        source=f"{SETTINGS_FILE}#causes",
    )
    yield GeneratedPage(
        addresses.SUCCESSES,
        message("Successes"),
        message("What worked, what made it work, and what it kept from happening."),
        "successes.html",
        _by_outcome,
        source="lessons/",
    )
    for key, cause in garden.settings.causes.items():
        values = partial(_cause, key)
        source = f"{SETTINGS_FILE}#causes.{key}"
        yield GeneratedPage(addresses.cause(key), cause.title, cause.description, "cause.html", values, source=source)


def _by_outcome(indexes: Indexes) -> Mapping[str, object]:
    """`failed`, `succeeded`: what narrows the search to each."""
    settings = indexes.garden.settings
    succeeded = [["outcome", key] for key in settings.outcomes if settings.outcome(key).kind == SUCCESS]
    failed = [["outcome", key] for key in settings.outcomes if settings.outcome(key).kind != SUCCESS]
    return {"shown": LISTED, "failed": failed, "succeeded": succeeded}


def _cause(key: str, indexes: Indexes) -> Mapping[str, object]:
    return {"entry": indexes.failures.causes[key], "shown": OF_OUTCOME}
