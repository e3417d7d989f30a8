"""Generated pages: which of those that plugins describe the site has, and their HTML."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.garden import Garden
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.helping import page_help
from knowledge_garden.pages.templating import render


def pages_to_generate(described: Iterable[GeneratedPage], garden: Garden, frame: Frame) -> dict[str, GeneratedPage]:
    """Path → page, without those at whose address the content has something of its own."""
    taken = {*map(frame.file, garden.pages), *garden.files}
    return {page.path: page for page in described if frame.file(page.path) not in taken}


def page_html(page: GeneratedPage, indexes: Indexes, frame: Frame) -> str:
    """The page's whole content, its h1 included, with what a reader can do about it."""
    values = page.values(indexes)
    content = render(
        page.template,
        indexes,
        frame,
        page.path,
        title=frame.language.text(page.title),
        lead=frame.language.text(page.description),
        **values,
    )
    help_ = page_help(indexes, frame, page.path, page.title, page.source)
    return f"{content}\n{render('help.html', indexes, frame, page.path, help=help_)}"
