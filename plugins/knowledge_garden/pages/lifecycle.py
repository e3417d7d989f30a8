"""Pages of what is done about lessons: all actions, long recurrences, celebrations by year, effect and maintenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.chains import WINDOW
from knowledge_garden.indexes.recurrence import recurrence_chains
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.description import GeneratedPage

PER_PAGE = 100  # actions, times of a recurrence, or uses on one page
PER_KIND = 12  # celebrations of one kind in one month
LATEST_MONTHS = 12  # on the first page of the celebrations
PER_OWNER = 60  # pages of one owner that need care
OWNERS = 60  # owners of one community with pages that need care
_SOURCE = "lessons/"

T = TypeVar("T")


def lifecycle_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """All of them, the ones that readers come to first before their further pages."""
    yield from _action_pages(garden)
    yield from _recurrence_pages(garden)
    yield from _celebration_pages(garden)
    yield from _effect_pages(garden)
    yield from _maintenance_pages(garden)


def _action_pages(garden: Garden) -> Iterator[GeneratedPage]:
    number_of_actions = sum(len(lesson.fields.actions) for lesson in garden.lessons.values())
    for number in range(1, _pages(number_of_actions) + 1):
        yield GeneratedPage(
            addresses.actions(number),
            _numbered(message("Actions"), number),
            message("What is to be done because of a lesson, what was done, and what was shown to work."),
            "actions.html",
            partial(_actions, number),
            source=_SOURCE,
        )


def _actions(number: int, indexes: Indexes) -> Mapping[str, object]:
    by_state = indexes.actions.by_state
    entries = page_of([entry for entries in by_state.values() for entry in entries], number)
    counts = {state: len(entries) for state, entries in by_state.items()}
    groups = {state: [entry for entry in entries if entry.state == state] for state in by_state}
    return {
        "counts": counts,
        "groups": {state: of_state for state, of_state in groups.items() if of_state},
        "number": number,
        "last": _pages(sum(counts.values())),
    }


def _recurrence_pages(garden: Garden) -> Iterator[GeneratedPage]:
    for lessons in recurrence_chains(garden):
        first = lessons[0]
        for number in range(1, _pages(len(lessons)) + 1 if len(lessons) > WINDOW else 1):
            title = message("It happened again: {title}", title=first.title)
            yield GeneratedPage(
                addresses.recurrence(first.slug, number),
                _numbered(title, number),
                message("Each time it happened, and what was recommended then."),
                "recurrence.html",
                partial(_recurrence, first.slug, number),
                source=_SOURCE,
            )


def _recurrence(slug: str, number: int, indexes: Indexes) -> Mapping[str, object]:
    recurrence, _ = indexes.recurrences.of[slug]
    times = page_of(recurrence.times, number)
    return {"recurrence": recurrence, "times": times, "number": number, "last": _pages(len(recurrence.times))}


def _celebration_pages(garden: Garden) -> Iterator[GeneratedPage]:
    description = message(
        "Uses of lessons, thanks, actions shown to work, failures told openly, and first contributions."
    )
    yield GeneratedPage(
        addresses.CELEBRATE,
        message("Celebrate"),
        description,
        "celebrate.html",
        partial(_year, 0),
        source=_SOURCE,
    )
    for year in sorted(_years(garden), reverse=True):
        title = message("Celebrate {year}", year=str(year))
        values = partial(_year, year)
        yield GeneratedPage(addresses.celebrations(year), title, description, "celebrate.html", values, source=_SOURCE)


def _years(garden: Garden) -> set[int]:
    """The years in which there may be something to celebrate: known without asking the indexes."""
    years = {contribution.date.year for contribution in garden.history.contributions}
    years |= {history.created.year for history in garden.history.pages.values() if history.created}
    for lesson in garden.lessons.values():
        dates = [use.date for use in lesson.fields.applied] + [action.checked_on for action in lesson.fields.actions]
        years |= {when.year for when in dates if when and not garden.is_future(when)}
    return years


def _year(year: int, indexes: Indexes) -> Mapping[str, object]:
    """The celebrations of a year, or with 0 the latest months that have any, of whatever year."""
    years = indexes.celebrations.years
    months = years.get(year, ()) if year else tuple(islice(chain.from_iterable(years.values()), LATEST_MONTHS))
    counts = {one: sum(len(kind) for month in months for kind in month.kinds.values()) for one, months in years.items()}
    return {"year": year, "months": months, "years": counts, "most": PER_KIND}


def _effect_pages(garden: Garden) -> Iterator[GeneratedPage]:
    yield GeneratedPage(
        addresses.EFFECT,
        message("Effect on the work"),
        message("Which lessons were used, by whom, with what result and what thanks, for each community."),
        "effect.html",
        source=_SOURCE,
    )
    uses = dict.fromkeys(garden.communities, 0)
    for lesson in garden.lessons.values():
        for slug in dict.fromkeys(lesson.fields.communities):
            if slug in uses:
                uses[slug] += len(lesson.fields.applied)
    for slug, charter in garden.communities.items():
        for number in range(1, _pages(uses[slug]) + 1):
            yield GeneratedPage(
                addresses.effect(slug, number),
                _numbered(message("Effect on the work: {community}", community=charter.title), number),
                message("Uses of this community's lessons, newest first, with their results, thanks and evidence."),
                "effect_community.html",
                partial(_effect, slug, number),
                source=_SOURCE,
            )


def _effect(slug: str, number: int, indexes: Indexes) -> Mapping[str, object]:
    effect = indexes.effect.communities[slug]
    first = number == 1
    return {
        "effect": effect,
        "charter": indexes.garden.communities[slug],
        "uses": page_of(effect.uses, number),
        "named": effect.named[:PER_PAGE] if first else (),
        "validated": effect.validated[:PER_PAGE] if first else (),
        "number": number,
        "last": _pages(len(effect.uses)),
    }


def _maintenance_pages(garden: Garden) -> Iterator[GeneratedPage]:
    description = message("Pages past their review, without an owner or a source, and with links that do not work.")
    yield GeneratedPage(addresses.MAINTENANCE, message("Maintenance"), description, "maintenance.html", source=_SOURCE)
    for slug, charter in garden.communities.items():
        title = message("Maintenance: {community}", community=charter.title)
        values = partial(_maintenance, slug)
        yield GeneratedPage(
            addresses.maintenance(slug), title, description, "maintenance_community.html", values, source=_SOURCE
        )


def _maintenance(slug: str, indexes: Indexes) -> Mapping[str, object]:
    care = indexes.maintenance.communities[slug]
    return {
        "care": care,
        "charter": indexes.garden.communities[slug],
        "owners": care.owners[:OWNERS],
        "most": PER_OWNER,
        "pending": [entry for entry in indexes.actions.by_community[slug] if entry.pending],
    }


def page_of(items: Sequence[T], number: int) -> Sequence[T]:
    """The part of a list that its page `number` (from 1) shows."""
    return items[(number - 1) * PER_PAGE : number * PER_PAGE]


def _pages(items: int) -> int:
    """How many pages a list needs: one, even where it is empty."""
    return max(1, -(-items // PER_PAGE))


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else message("{title}, page {number}", title=title, number=number)
