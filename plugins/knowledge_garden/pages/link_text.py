"""What a [[slug]] link shows: its own text, else the title of what it leads to, and never a name that is not shown."""

from __future__ import annotations

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.display import UNNAMED
from knowledge_garden.model.links import Link


def link_text(link: Link, indexes: Indexes, here: str) -> str:
    """The text of the [[slug]] link `link` on the page `here`: plain text."""
    if withheld := indexes.links.names.withheld(link.target):
        shown = indexes.credits.shown(indexes.garden.pages[withheld].slug)
        return shown.name if shown else UNNAMED
    target = indexes.links.wiki(link.target) if link.target else here
    return link.text or _title(link, indexes, target)


def _title(link: Link, indexes: Indexes, target: str) -> str:
    """What a link without text of its own shows: the page's title, or within a page the heading's."""
    page = indexes.garden.pages.get(target)
    if page is None:
        return link.target
    headings = (heading.text for heading in page.headings if not link.target and heading.anchor == link.anchor)
    return next(headings, page.title)
