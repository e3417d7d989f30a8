"""Actions by the people who own them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from knowledge_garden.indexes.ledger import Ledger
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.registry import Indexes
from knowledge_garden.model.lesson import Action


@dataclass(frozen=True, slots=True)
class OwnedAction:
    """An action that somebody owns, with the lesson it follows from."""

    lesson: Lesson
    action: Action


def owned_actions(indexes: Indexes, ledger: Ledger, since: datetime.date) -> dict[str, tuple[OwnedAction, ...]]:
    """Contributor's key → the actions that they own, but those finished before a day."""
    owned: dict[str, list[OwnedAction]] = {}
    for lesson in indexes.garden.lessons.values():
        for action in lesson.fields.actions:
            finished = action.checked_on or action.done_on
            if finished is None or finished.last >= since:
                for slug in ledger.publication.directory.claimants(action.owner):
                    owned.setdefault(f"person:{slug}", []).append(OwnedAction(lesson, action))
    return {key: tuple(actions) for key, actions in owned.items()}
