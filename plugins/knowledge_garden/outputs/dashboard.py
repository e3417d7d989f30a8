"""A community's dashboard as JSON, and as lines for a terminal. The JSON's form is described in the handbook."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from knowledge_garden.indexes.dashboard import Activity, Dashboard
from knowledge_garden.indexes.failures import OpenAction
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.messages import Message, message, messages

VERSION = 1
_LISTED = 10  # of each list, on a terminal


def dashboard_document(indexes: Indexes, slug: str) -> dict[str, Any]:
    """The dashboard of a community as plain values, with names as people chose to be shown."""
    board = indexes.dashboards[slug]
    return {
        "version": VERSION,
        "community": slug,
        "title": indexes.garden.communities[slug].title,
        "today": indexes.garden.today.isoformat(),
        "due": [
            {"path": indexes.garden.file(due.path), "since": due.since.isoformat(), "reason": due.reason}
            for due in board.due
        ],
        "actions": [_action(indexes, board, item) for item in board.open_actions],
        "needs": {"open": board.open_needs, "answered": board.answered_needs},
        "ending": [
            {
                "role": held.role,
                "person": indexes.publication.actor(held.seat.person).name,
                "until": str(held.seat.until),
            }
            for held in board.ending
        ],
        "activity": _activity(board.activity),
    }


def _action(indexes: Indexes, board: Dashboard, item: OpenAction) -> dict[str, Any]:
    action = item.action
    return {
        "lesson": indexes.garden.file(item.lesson.path),
        "what": action.what,
        "owner": indexes.publication.actor(action.owner).name if action.owner else "",
        "due": str(action.due) if action.due else None,
        "overdue": item in board.overdue_actions,
    }


def _activity(activity: Activity | None) -> dict[str, Any] | None:
    """What the history says; numbers of people are null where so small a group would tell who is meant."""
    if activity is None:
        return None
    return {
        "last": activity.last.isoformat() if activity.last else None,
        "silent_months": activity.silent_months,
        "people": activity.people or None,
        "newcomers": activity.newcomers if activity.is_shown else None,
        "half": activity.half or None,
    }


def dashboard_lines(indexes: Indexes, slug: str) -> Iterator[Message]:
    """The dashboard of a community in sentences, each with what it is about."""
    board, garden = indexes.dashboards[slug], indexes.garden
    yield message("{community} on {day}", community=garden.communities[slug].title, day=_when(garden.today))
    yield messages("{number} page is due for review.", "{number} pages are due for review.", len(board.due))
    for due in board.due[:_LISTED]:
        yield message("  {path}, since {day}", path=garden.file(due.path), day=_when(due.since))
    yield messages("{number} action is open.", "{number} actions are open.", len(board.open_actions))
    yield messages("{number} of them is overdue.", "{number} of them are overdue.", len(board.overdue_actions))
    for item in (board.overdue_actions or board.open_actions)[:_LISTED]:
        yield message("  {what} ({path})", what=item.action.what, path=garden.file(item.lesson.path))
    yield messages("{number} need is open.", "{number} needs are open.", board.open_needs)
    yield messages("{number} need is answered.", "{number} needs are answered.", board.answered_needs)
    yield from _activity_lines(board.activity, garden.settings.credit.minimum_group)
    for held in board.ending:
        name = indexes.publication.actor(held.seat.person).name
        yield message(
            "A seat ends soon: {role}, {name}, until {day}.", role=held.role, name=name, day=str(held.seat.until)
        )


def _activity_lines(activity: Activity | None, minimum: int) -> Iterator[Message]:
    if activity is None:
        yield message("There is no history to read, so nothing is said of contributions.")
        return
    if activity.last is None:
        yield message("Nobody has contributed yet.")
        return
    yield messages(
        "{number} month of silence; the last contribution was on {day}.",
        "{number} months of silence; the last contribution was on {day}.",
        activity.silent_months or 0,
        day=_when(activity.last),
    )
    if not activity.is_shown:
        yield messages(
            "Fewer than {number} person contributed in the last twelve months, so no figures are shown.",
            "Fewer than {number} people contributed in the last twelve months, so no figures are shown.",
            minimum,
        )
        return
    yield messages(
        "{number} person contributed in the last twelve months.",
        "{number} people contributed in the last twelve months.",
        activity.people,
    )
    yield messages("{number} of them for the first time.", "{number} of them for the first time.", activity.newcomers)
    if activity.half:
        yield messages(
            "{number} person did half of the maintenance.",
            "{number} people did half of the maintenance.",
            activity.half,
        )


def _when(day: datetime.date) -> str:
    return day.isoformat()
