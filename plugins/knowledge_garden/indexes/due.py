"""What is due: actions that are overdue or due soon, and pages past their review, by community and owner."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_garden.indexes.actions import Actions
from knowledge_garden.indexes.freshness import Due
from knowledge_garden.model.publication import Publication

ACTION, REVIEW = "action", "review"


@dataclass(frozen=True, slots=True)
class DueItem:
    """An action or a review. `late`: days past `due`, below 0 before it. `shown_owner`: as the person chose to be shown, "" where nobody is named.

    `path`: the content path of the lesson or charter, `title` its title; `what` is the text of an action, else "".
    """

    kind: str
    due: datetime.date
    late: int
    shown_owner: str
    path: str
    title: str
    what: str = ""


def index_due(
    publication: Publication, actions: Actions, reviews: Mapping[str, Due], within: int
) -> Mapping[str, tuple[DueItem, ...]]:
    """Community → what is due there, the longest overdue first; actions that are due in `within` days too.

    Communities with nothing due are left out. `reviews`: path → why the page needs a review.
    """
    garden = publication.garden
    items: dict[str, list[DueItem]] = {slug: [] for slug in garden.communities}
    for entry in actions.pending:
        action, lesson = entry.action, entry.lesson
        if action.due is None or (action.due.last - garden.today).days > within:
            continue
        due = action.due.last
        owner = _shown(publication, action.owner or lesson.fields.owner)
        item = DueItem(ACTION, due, (garden.today - due).days, owner, lesson.path, lesson.title, action.what)
        for slug in dict.fromkeys(lesson.fields.communities):
            if slug in items:
                items[slug].append(item)
    for lesson in garden.lessons.values():
        if review := reviews.get(lesson.path):
            owner = _shown(publication, lesson.fields.owner)
            item = DueItem(REVIEW, review.since, (garden.today - review.since).days, owner, lesson.path, lesson.title)
            for slug in dict.fromkeys(lesson.fields.communities):
                if slug in items:
                    items[slug].append(item)
    for slug, charter in garden.communities.items():
        if review := reviews.get(charter.path):
            owner = _shown(publication, charter.fields.leads[0].person)
            late = (garden.today - review.since).days
            items[slug].append(DueItem(REVIEW, review.since, late, owner, charter.path, charter.title))
    return {
        slug: tuple(sorted(of_one, key=lambda item: (item.due, item.kind, item.path, item.what)))
        for slug, of_one in sorted(items.items())
        if of_one
    }


def _shown(publication: Publication, owner: str) -> str:
    return publication.actor(owner).name if owner else ""
