"""The balance of failures and successes by community and over time: of communities, never of people."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.model.garden import Garden

SUCCESS = "success"  # the kind of outcome that does not count as a failure
_YEAR = datetime.timedelta(days=365)
_YEARS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class CommunityBalance:
    """Lessons of a community by outcome (key of garden.yml). `failures`: all that did not plainly succeed.

    `years`: year in which lessons came into the garden → (failures, successes), newest first, ten at most.
    `last_failure`: the day on which the last failure came into the garden; None where the history does not tell.
    `quiet`: lessons came, and no failure among them in the last twelve months, nor was the community new then.
    """

    slug: str
    outcomes: Mapping[str, int]
    failures: int
    successes: int
    years: tuple[tuple[int, int, int], ...] = ()
    last_failure: datetime.date | None = None
    quiet: bool = False

    @property
    def lessons(self) -> int:
        return self.failures + self.successes


def index_balance(garden: Garden) -> Mapping[str, CommunityBalance]:
    """Community → its balance, in one pass over the lessons."""
    outcomes: dict[str, Counter[str]] = {slug: Counter() for slug in garden.communities}
    years: dict[str, dict[int, Counter[bool]]] = {slug: {} for slug in garden.communities}
    last: dict[str, datetime.date] = {}
    for lesson in garden.lessons.values():
        failed = garden.settings.outcome(lesson.fields.outcome).kind != SUCCESS
        page_history = garden.history.pages.get(garden.file(lesson.path))
        created = page_history.created if page_history else None
        for slug in dict.fromkeys(lesson.fields.communities):
            if slug not in outcomes:
                continue
            outcomes[slug][lesson.fields.outcome] += 1
            if created is not None:
                years[slug].setdefault(created.year, Counter())[failed] += 1
                if failed:
                    last[slug] = max(created, last.get(slug, created))
    return {slug: _balance(garden, slug, outcomes[slug], years[slug], last.get(slug)) for slug in outcomes}


def _balance(
    garden: Garden,
    slug: str,
    outcomes: Counter[str],
    years: Mapping[int, Counter[bool]],
    last: datetime.date | None,
) -> CommunityBalance:
    failures = sum(number for key, number in outcomes.items() if garden.settings.outcome(key).kind != SUCCESS)
    charter = garden.history.pages.get(garden.file(garden.communities[slug].path))
    a_year_ago = garden.today - _YEAR
    since = last or (charter.created if charter else None)
    return CommunityBalance(
        slug=slug,
        outcomes=outcomes,
        failures=failures,
        successes=outcomes.total() - failures,
        years=tuple(
            (year, years[year][True], years[year][False]) for year in sorted(years, reverse=True)[:_YEARS_SHOWN]
        ),
        last_failure=last,
        quiet=since is not None and since <= a_year_ago and garden.communities[slug].fields.status == "active",
    )
