"""The private review: a folder of pages that need no server and no network, for a lead and a person to read together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from markdown.extensions.toc import slugify_unicode

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.review import Period, Review
from knowledge_garden.model.messages import message
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a review shows beside the ledger: `details` of commits by their names, and `notes` by the page's file name."""

    details: Mapping[str, CommitDetails] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


class CommitDetails(Protocol):
    """The subject of a commit, and words added and removed by path."""

    @property
    def subject(self) -> str: ...
    @property
    def words(self) -> Mapping[str, tuple[int, int]]: ...


QUESTIONS = (
    message("Which of this mattered most, to whom, and how do we know?"),
    message("What did you do for others that left no trace here?"),
    message("What did you learn from something that went wrong, and who has heard of it?"),
    message("Whose work made yours possible?"),
    message("What would you like to do more of, or hand over?"),
    message("Which role do you want to grow into, and what do you need for it?"),
)
"""Questions for the conversation."""


def review_pages(
    indexes: Indexes, frame: Frame, period: Period, reviews: list[Review], scope: str, beside: Beside
) -> dict[str, str]:
    """File name → HTML: an index of people, and a page for each. `scope` names the community, "" for all."""
    names = file_names(reviews)
    shared = {"period": period, "scope": scope, "names": names, "reviews": reviews}
    pages = {INDEX: render("review_index.html", indexes, frame, INDEX, **shared)}
    for review in reviews:
        name = names[review.contributor.key]
        values = {"review": review, "notes": notes_file(name), "noted": beside.notes.get(name, "")}
        pages[name] = render(
            "review_person.html", indexes, frame, name, details=beside.details, questions=QUESTIONS, **values, **shared
        )
    return pages


def notes_file(page: str) -> str:
    """The file beside a review's page in which notes of the conversation are kept."""
    return f"notes-{page.removesuffix('.html')}.md"


def file_names(reviews: list[Review]) -> dict[str, str]:
    """Contributor's key → file name of the page."""
    names: dict[str, str] = {}
    taken = {INDEX}
    for review in reviews:
        stem = slugify_unicode(review.contributor.full_name, "-") or "person"
        name, number = f"{stem}.html", 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}.html"
        taken.add(name)
        names[review.contributor.key] = name
    return names
