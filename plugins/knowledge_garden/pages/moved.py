"""Old addresses of pages that moved or have other names: each keeps working, by a small page that leads on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Record
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.templating import render


def old_addresses(indexes: Indexes, frame: Frame) -> dict[str, str]:
    """Path of an HTML file in the site → its content, for each alias, each path the history knows a page by, and each
    earlier key of a cause.

    An address that a page has today is left to that page; the first of two pages with one old address keeps it.
    """
    garden = indexes.garden
    today = {*map(frame.file, (*garden.pages, *indexes.links.generated)), *garden.files}
    pages: dict[str, str] = {}
    for old, path, title in _moves(indexes):
        file = frame.file(old)
        if frame.file(path) in today and file not in today and file not in pages:
            pages[file] = render("moved.html", indexes, frame, old, title=title, path=path)
    return pages


def _moves(indexes: Indexes) -> Iterator[tuple[str, str, str]]:
    """Old path, path of the page today, its title. A cause has no page where the site does without its failures."""
    for record in indexes.garden.records():
        if indexes.publication.published(record.path):
            for old in _old_paths(indexes, record):
                yield old, record.path, record.title
    for former, key in indexes.garden.settings.former_causes.items():
        yield addresses.cause(former), addresses.cause(key), indexes.garden.settings.causes[key].title


def _old_paths(indexes: Indexes, record: Record[Fields]) -> Iterator[str]:
    for alias in filter(is_slug, record.aliases):  # a person's may be a name in words
        yield str(PurePosixPath(record.path).with_name(f"{alias}.md"))
    garden = indexes.garden
    page_history = garden.history.pages.get(garden.file(record.path))
    prefix = f"{garden.content}/" if garden.content else ""
    # A person's are never told: somebody's former file name may be a name they no longer go by.
    for path in page_history.former_paths if page_history else ():
        if path.startswith(prefix) and path.endswith(".md") and indexes.publication.may_tell(path):
            yield path.removeprefix(prefix)
