"""The private review: a folder of pages that need no server and no network, for a lead and a person to read together."""

from __future__ import annotations

from markdown.extensions.toc import slugify_unicode

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.review import Period, Review
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render

INDEX = "index.html"


def review_pages(indexes: Indexes, frame: Frame, period: Period, found: list[Review], scope: str) -> dict[str, str]:
    """File name → HTML: an index of people, and a page for each. `scope` names the community, "" for all."""
    names = _file_names(found)
    shared = {"period": period, "scope": scope, "names": names, "reviews": found}
    pages = {INDEX: render("review_index.html", indexes, frame, INDEX, **shared)}
    for each in found:
        name = names[each.contributor.key]
        pages[name] = render("review_person.html", indexes, frame, name, review=each, **shared)
    return pages


def _file_names(found: list[Review]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in found:
        stem = slugify_unicode(each.contributor.full_name, "-") or "person"
        name, number = f"{stem}.html", 1
        while name in names.values() or name == INDEX:
            number += 1
            name = f"{stem}-{number}.html"
        names[each.contributor.key] = name
    return names
