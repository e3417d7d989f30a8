"""Recurrences with what was recommended at each time, and what of it was still open when the failure came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge_garden.indexes.actions import ActionEntry, Actions
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.dates import When

WINDOW = 7  # times that are shown where a recurrence is one part of a page
NEIGHBOURS = 2  # of them on either side of the lesson that the page is about


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Something that was recommended after one time. `open_then`: whether it was open when the failure came back next;
    None where that is not known, or where it has not come back."""

    entry: ActionEntry
    open_then: bool | None


@dataclass(frozen=True, slots=True)
class Time:
    """One time that the failure happened; `number` counts from 1."""

    number: int
    lesson: Lesson
    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A failure that happened again, first time first.

    `still_open`: numbers of the earlier times with a recommendation that is open today. `too_late`: numbers of those
    whose recommendations are carried out by now, but were open when it came back.
    """

    times: tuple[Time, ...]
    still_open: tuple[int, ...]
    too_late: tuple[int, ...]

    @property
    def sample(self) -> bool:
        """Whether one of its lessons is an invented example."""
        return any(time.lesson.fields.sample for time in self.times)

    @property
    def key(self) -> str:
        """The slug of its first lesson, which names it."""
        return self.times[0].lesson.slug

    def shown(self, position: int = -1) -> tuple[tuple[Time, ...], ...]:
        """The times to show where there is little space, in runs without a gap: the first, the last, and those around
        `position` (counted from 0; -1: none)."""
        last = len(self.times) - 1
        if last < WINDOW:
            return (self.times,)
        near = range(position - NEIGHBOURS, position + NEIGHBOURS + 1) if position >= 0 else range(last - 3, last)
        chosen = sorted({0, last, *(number for number in near if 0 <= number <= last)})
        runs: list[list[int]] = []
        for number in chosen:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return tuple(tuple(self.times[number] for number in run) for run in runs)


@dataclass(frozen=True, slots=True)
class Recurrences:
    """All recurrences: those with a recommendation that is still open first, then the longest; invented ones last.

    `of`: lesson → its recurrence, and its position there from 0. `by_community`: community → recurrences.
    """

    all: tuple[Recurrence, ...]
    of: Mapping[str, tuple[Recurrence, int]] = field(repr=False)
    by_community: Mapping[str, tuple[Recurrence, ...]] = field(repr=False)

    def named(self, chains: Iterable[tuple[Lesson, ...]]) -> list[Recurrence]:
        """The recurrences of these chains, in the order of all."""
        keys = {chain[0].slug for chain in chains}
        return [recurrence for recurrence in self.all if recurrence.key in keys]


def index_recurrences(chains: Iterable[tuple[Lesson, ...]], actions: Actions) -> Recurrences:
    """Make the recurrences of chains of lessons, first event first. Linear in the lessons of all chains."""
    recurrences = sorted(
        (_recurrence(chain, actions) for chain in chains),
        key=lambda recurrence: (
            recurrence.sample,
            not recurrence.still_open,
            -len(recurrence.times),
            recurrence.key,
        ),
    )
    by_community: dict[str, dict[str, Recurrence]] = {}
    for recurrence in recurrences:
        for time in recurrence.times:
            for slug in time.lesson.fields.communities:
                by_community.setdefault(slug, {})[recurrence.key] = recurrence
    return Recurrences(
        all=tuple(recurrences),
        of={
            time.lesson.slug: (recurrence, position)
            for recurrence in recurrences
            for position, time in enumerate(recurrence.times)
        },
        by_community={slug: tuple(of_one.values()) for slug, of_one in by_community.items()},
    )


def _recurrence(chain: tuple[Lesson, ...], actions: Actions) -> Recurrence:
    times: list[Time] = []
    back: When | None = None
    for number, lesson in reversed(list(enumerate(chain, 1))):
        came_back = number < len(chain)
        entries = sorted(actions.by_lesson.get(lesson.slug, ()), key=lambda entry: entry.number)
        times.append(
            Time(
                number,
                lesson,
                tuple(Recommendation(entry, _open_then(entry, back) if came_back else None) for entry in entries),
            )
        )
        back = lesson.fields.date or back
    times.reverse()
    earlier = times[:-1]
    still_open = [time.number for time in earlier if any(advice.entry.pending for advice in time.recommendations)]
    too_late = [time.number for time in earlier if any(advice.open_then for advice in time.recommendations)]
    return Recurrence(
        tuple(times), tuple(still_open), tuple(number for number in too_late if number not in set(still_open))
    )


def _open_then(entry: ActionEntry, back: When | None) -> bool | None:
    """Whether an action was open on the date at which the failure came back; None where the dates do not tell."""
    if entry.pending:
        return True
    done, checked = entry.action.done_on, entry.action.checked_on
    if back is None:
        return None
    if done is not None and done.first > back.last:
        return True
    by = done or checked
    return False if by is not None and by.last <= back.first else None
