"""How each community is doing: what is due, open and silent, who joined, and on how few people its pages depend."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.communities import HeldSeat
from knowledge_garden.indexes.failures import OpenAction
from knowledge_garden.indexes.freshness import Due
from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.community import seats
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.publication import Publication

MAINTENANCE = ("wrote", "co-wrote", "maintained", "translated", "reviewed")
_YEAR = datetime.timedelta(days=365)
_SOON = datetime.timedelta(days=183)  # within which a seat that ends is said to end soon
_LISTED = {"members", "alumni"}  # seats whose end leaves nothing undone


@dataclass(frozen=True, slots=True)
class Activity:
    """What the history and the declarations say of a community, at the level of the team.

    `last`: the latest day on which anybody did anything; None: never. `silent_months`: whole months since then.
    `people` did something in the last twelve months, `newcomers` of them for the first time; `half` is the smallest
    number of people who did half of the maintenance. 0 where so few people would be told apart by the numbers.
    """

    last: datetime.date | None
    silent_months: int | None
    people: int
    newcomers: int
    half: int

    @property
    def is_shown(self) -> bool:
        return self.people > 0


@dataclass(frozen=True, slots=True)
class Dashboard:
    """How one community is doing. `activity` is None where there is no credit to read it from."""

    due: tuple[Due, ...]
    open_actions: tuple[OpenAction, ...]
    overdue_actions: tuple[OpenAction, ...]
    open_needs: int
    answered_needs: int
    ending: tuple[HeldSeat, ...]
    activity: Activity | None


@dataclass(slots=True)
class _Lines:
    """The contributions to one community's pages."""

    first: dict[str, datetime.date] = field(default_factory=dict)  # person → first day
    last: datetime.date | None = None
    recent: set[str] = field(default_factory=set)
    maintained: Counter[str] = field(default_factory=Counter)


def index_dashboards(indexes: Indexes, due: Mapping[str, Due], ledger: Ledger) -> Mapping[str, Dashboard]:
    """The dashboard of every community, in one pass over the lessons and one over the readers' `ledger`."""
    garden, publication = indexes.garden, indexes.publication
    dues: dict[str, list[Due]] = {slug: [] for slug in garden.communities}
    actions: dict[str, list[OpenAction]] = {slug: [] for slug in garden.communities}
    for lesson in garden.lessons.values():
        unfinished = [OpenAction(lesson, action) for action in lesson.fields.actions if action.status == "open"]
        for slug in dict.fromkeys(lesson.fields.communities):
            if slug in actions:
                actions[slug] += unfinished
                dues[slug] += [due[lesson.path]] if lesson.path in due else []
    withheld = garden.history.withheld or not garden.history.revision
    lines = {} if withheld else _lines(garden, ledger.lines)
    return {
        slug: Dashboard(
            due=tuple(
                sorted(
                    [*dues[slug], *([due[charter.path]] if charter.path in due else [])],
                    key=lambda item: (item.since, item.path),
                )
            ),
            open_actions=tuple(sorted(actions[slug], key=_by_due)),
            overdue_actions=tuple(item for item in sorted(actions[slug], key=_by_due) if _is_overdue(item, garden)),
            open_needs=sum(need.is_open for need in charter.fields.needs),
            answered_needs=sum(need.status == "answered" for need in charter.fields.needs),
            ending=tuple(
                HeldSeat(charter, role, seat, True)
                for role, seat in seats(charter.fields)
                if role not in _LISTED
                and seat.until is not None
                and garden.today <= seat.until.last <= garden.today + _SOON
            ),
            activity=None if withheld else _activity(garden.today, lines.get(slug, _Lines()), publication),
        )
        for slug, charter in garden.communities.items()
    }


def _by_due(item: OpenAction) -> tuple[datetime.date, str, str]:
    return item.action.due.last if item.action.due else datetime.date.max, item.lesson.slug, item.action.what


def _is_overdue(item: OpenAction, garden: Garden) -> bool:
    return item.action.due is not None and item.action.due.last < garden.today


def _lines(garden: Garden, lines: Iterable[LedgerLine]) -> dict[str, _Lines]:
    belongs: dict[str, tuple[str, ...]] = {
        garden.file(lesson.path): tuple(dict.fromkeys(lesson.fields.communities)) for lesson in garden.lessons.values()
    }
    belongs |= {garden.file(charter.path): (slug,) for slug, charter in garden.communities.items()}
    of_communities: defaultdict[str, _Lines] = defaultdict(_Lines)
    for line in lines:
        if line.contributor.tool or line.date > garden.today:
            continue
        for slug in dict.fromkeys((*belongs.get(line.page, ()), *([line.community] if line.community else []))):
            _add(of_communities[slug], line, garden.today)
    return of_communities


def _add(of_community: _Lines, line: LedgerLine, today: datetime.date) -> None:
    person = line.contributor.key
    of_community.first[person] = min(line.date, of_community.first.get(person, line.date))
    of_community.last = max(line.date, of_community.last or line.date)
    if line.date > today - _YEAR:
        of_community.recent.add(person)
        if line.role in MAINTENANCE and "bulk" not in line.flags:
            of_community.maintained[person] += 1


def _activity(today: datetime.date, lines: _Lines, publication: Publication) -> Activity:
    shown = publication.group(len(lines.recent))
    maintainers = publication.group(len(lines.maintained))
    return Activity(
        last=lines.last,
        silent_months=None if lines.last is None else _months_between(lines.last, today),
        people=shown,
        newcomers=sum(lines.first[person] > today - _YEAR for person in lines.recent) if shown else 0,
        half=_half(lines.maintained) if maintainers else 0,
    )


def _half(maintained: Counter[str]) -> int:
    """The smallest number of people whose work is half of all of it."""
    total, done = sum(maintained.values()), 0
    for number, (_, count) in enumerate(maintained.most_common(), 1):
        done += count
        if 2 * done >= total:
            return number
    return 0


def _months_between(first: datetime.date, last: datetime.date) -> int:
    return max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))
