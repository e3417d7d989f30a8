"""What a lead and a person talk over: a period of one person's work, month by month, with evidence for every line."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from knowledge_garden.indexes.communities import HeldSeat
from knowledge_garden.indexes.corrections import Taken
from knowledge_garden.indexes.ledger import DECLARED, Ledger, without_other_paths
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lines import LedgerLine
from knowledge_garden.indexes.owned import OwnedAction, owned_actions
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.indexes.review_names import line_without_others, names_by_contributor, notices_about
from knowledge_garden.indexes.same_person import likely_same
from knowledge_garden.indexes.uses import Use, lessons_by_author, users_of_lessons, uses_by_others
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.dates import When
from knowledge_garden.model.people import Contributor

_DATE_FLAGS = ("date-after-commit", "future", "date-too-early", "date-unreadable")
_RENAME_NOTICES = ("possible-rename", "rename-limit", "page-readded", "made-in-merge", "partial-clone")


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of a month, by role; `first` is the month's first day."""

    first: datetime.date
    roles: tuple[tuple[str, tuple[LedgerLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What to bear in mind. `squashed` of `lines` rest on squashed commits; `dates` is the number of flagged dates."""

    lines: int
    squashed: int
    dates: int
    renames: tuple[Notice, ...]
    notices: tuple[Notice, ...]
    commits_without_page: int


@dataclass(frozen=True, slots=True)
class Review:
    """One person's period. `lines` are all of theirs, by month in `months` but for `declared`, work that leaves no commit.

    `corrected`: lines of theirs that a correction took out or gave away. `actions`: those they own that were not finished
    before the period. `seats` are those held within the period. `maybe`: names that may be theirs too.
    """

    contributor: Contributor
    lines: tuple[LedgerLine, ...]
    corrected: tuple[Taken, ...]
    months: tuple[Month, ...]
    declared: tuple[LedgerLine, ...]
    uses: tuple[Use, ...]
    actions: tuple[OwnedAction, ...]
    seats: tuple[HeldSeat, ...]
    maybe: tuple[Contributor, ...]
    doubts: Doubts


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both days included."""

    since: datetime.date
    until: datetime.date

    def holds(self, day: datetime.date) -> bool:
        return self.since <= day <= self.until

    def overlaps(self, first: When | None, last: When | None) -> bool:
        """Whether something from `first` to `last` may be within the period; None where that is not known."""
        return (first is None or first.first <= self.until) and (last is None or last.last >= self.since)


def reviews(indexes: Indexes, ledger: Ledger, period: Period, *, community: str = "", person: str = "") -> list[Review]:
    """The reviews of everyone with something in the period, by name; of one community's pages, or of one person.

    `person` is a slug or a full name. Tools have none. A person with a seat and no contribution has a review too:
    leading leaves few commits.
    """
    of_community = _community_pages(indexes, community)
    lines: dict[str, list[LedgerLine]] = {}
    people: dict[str, Contributor] = {}

    publication = ledger.publication

    def belongs(line: LedgerLine) -> bool:
        if line.page in publication.nameless:
            return False  # a lead must not learn from a review who told it
        if line.page and not publication.may_tell(line.page) and not publication.is_own(line.page, line.contributor):
            return False  # the path of another's profile is a name
        here = not community or line.community == community or line.page in of_community
        return here and period.holds(line.date) and not line.contributor.tool

    for line in filter(belongs, ledger.lines):
        lines.setdefault(line.contributor.key, []).append(line_without_others(line, publication))
        people[line.contributor.key] = line.contributor
    seats = _seats(indexes, period, community)
    for slug in seats:
        person_with_seat = ledger.publication.person(slug)
        if person_with_seat is not None:
            people.setdefault(person_with_seat.key, person_with_seat)
    wanted = person.casefold()
    chosen = [
        who
        for who in people.values()
        if not person or who.key == f"person:{person}" or who.full_name.casefold() == wanted
    ]
    authored = lessons_by_author(indexes, ledger)
    users = users_of_lessons(indexes)
    names = names_by_contributor(ledger)
    same = likely_same(ledger)
    actions = owned_actions(indexes, ledger, period.since)
    taken: dict[str, list[Taken]] = {}
    for line, correction in ledger.corrected:
        if belongs(line):
            reason = publication.mentions.replaced(correction.reason)
            pair = (line_without_others(line, publication), correction.model_copy(update={"reason": reason}))
            taken.setdefault(line.contributor.key, []).append(pair)
    return [
        _review(
            indexes,
            who,
            lines.get(who.key, []),
            taken.get(who.key, []),
            period,
            seats,
            [(lesson, users.get(lesson.slug, ())) for lesson in authored.get(who.key, [])],
            ledger,
            names.get(who.key, ()),
            (actions.get(who.key, ()), same.get(who.key, ())),
        )
        for who in sorted(chosen, key=lambda who: (who.full_name.casefold(), who.key))
    ]


def ledger_of(ledger: Ledger, shown: list[Review]) -> Ledger:
    """The part of a ledger that these reviews rest on. It names others only as they chose to be shown."""
    people = {review.contributor.key for review in shown}
    names = names_by_contributor(ledger)
    own_names = {name for key in people for name in names.get(key, ())}
    own = {line: None for review in shown for line in review.lines}
    return replace(
        ledger,
        lines=tuple(sorted(own, key=lambda line: (line.date, line.contributor.full_name, line.role, line.page))),
        corrected=tuple(pair for review in shown for pair in review.corrected),
        deciders={
            written: who if who.key in people else replace(who, full_name=who.name)
            for written, who in ledger.deciders.items()
        },
        history=replace(
            ledger.history,
            contributions=(),
            pages=without_other_paths(ledger.history, ledger.publication),
            notices=tuple(notices_about(ledger, own_names)),
        ),
    )


def _review(
    indexes: Indexes,
    who: Contributor,
    lines: list[LedgerLine],
    taken: list[Taken],
    period: Period,
    seats: Mapping[str, tuple[HeldSeat, ...]],
    authored: Iterable[tuple[Lesson, Collection[str]]],
    ledger: Ledger,
    names: Collection[str],
    beside: tuple[tuple[OwnedAction, ...], tuple[Contributor, ...]],
) -> Review:
    from_commits = [line for line in lines if line.rule != DECLARED]
    slug = who.key.removeprefix("person:") if who.key.startswith("person:") else ""
    return Review(
        contributor=who,
        lines=tuple(lines),
        corrected=tuple(taken),
        months=_months(from_commits),
        declared=tuple(line for line in lines if line.rule == DECLARED),
        uses=tuple(
            use
            for lesson, users in authored
            for use in uses_by_others(ledger, lesson, users, slug)
            # A use without a date may belong to any period: better shown than lost.
            if use.application is None or period.overlaps(use.application.date, use.application.date)
        ),
        actions=beside[0],
        seats=seats.get(slug, ()),
        maybe=beside[1],
        doubts=_doubts(from_commits, ledger, names),
    )


def _months(lines: Iterable[LedgerLine]) -> tuple[Month, ...]:
    months: dict[datetime.date, dict[str, list[LedgerLine]]] = {}
    for line in lines:
        months.setdefault(line.date.replace(day=1), {}).setdefault(line.role, []).append(line)
    return tuple(
        Month(first, tuple((role, tuple(own)) for role, own in sorted(roles.items())))
        for first, roles in sorted(months.items())
    )


def _doubts(lines: list[LedgerLine], ledger: Ledger, names: Collection[str]) -> Doubts:
    notices = list(notices_about(ledger, names))
    return Doubts(
        lines=len(lines),
        squashed=sum("squashed" in line.flags for line in lines),
        dates=sum(any(flag in line.flags for flag in _DATE_FLAGS) for line in lines),
        renames=tuple(notice for notice in notices if notice.code in _RENAME_NOTICES),
        notices=tuple(notice for notice in notices if notice.code not in _RENAME_NOTICES),
        commits_without_page=ledger.history.excluded.counts.get("outside", 0),
    )


def _community_pages(indexes: Indexes, community: str) -> set[str]:
    garden = indexes.garden
    if community not in garden.communities:
        return set()
    lessons = indexes.communities.lessons[community]
    return {garden.file(record.path) for record in (*lessons, garden.communities[community])}


def _seats(indexes: Indexes, period: Period, community: str) -> dict[str, tuple[HeldSeat, ...]]:
    """Person → seats held within the period, of one community or of all."""
    by_person = {}
    for slug, seats in indexes.communities.seats.items():
        held = tuple(
            seat
            for seat in seats
            if (not community or seat.community.slug == community)
            and period.overlaps(seat.seat.since, seat.seat.until)
            and not (seat.role == "alumni" and seat.seat.until is None)
        )
        if held:
            by_person[slug] = held
    return by_person
