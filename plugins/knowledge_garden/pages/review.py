"""The private review: a folder of pages that need no server and no network, for a lead and a person to read together."""

from __future__ import annotations

from markdown.extensions.toc import slugify_unicode

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.review import Period, Review
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render

INDEX = "index.html"


def review_pages(indexes: Indexes, frame: Frame, period: Period, reviews: list[Review], scope: str) -> dict[str, str]:
    """File name → HTML: an index of people, and a page for each. `scope` names the community, "" for all."""
    names = _file_names(reviews)
    shared = {"period": period, "scope": scope, "names": names, "reviews": reviews}
    pages = {INDEX: render("review_index.html", indexes, frame, INDEX, **shared)}
    for review in reviews:
        name = names[review.contributor.key]
        pages[name] = render("review_person.html", indexes, frame, name, review=review, **shared)
    return pages


def _file_names(reviews: list[Review]) -> dict[str, str]:
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
