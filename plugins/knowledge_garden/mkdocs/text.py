"""Lets MkDocs show the text that the garden has parsed, so that no page is rendered twice or in two ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import _TocToken, get_toc

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.addresses import resolve
from knowledge_garden.model.garden import Page as GardenPage
from knowledge_garden.model.links import Heading, Link, scheme_of
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.text import published_text
from knowledge_garden.reading import MarkdownOptions, MarkdownReader
from knowledge_garden.reading.markdown import MarkdownText

log = get_plugin_logger("garden")


def _tokens(headings: Iterable[Heading]) -> list[_TocToken]:
    """Headings as Python-Markdown's table of contents has them: each holds the deeper ones that follow it."""
    tokens: list[_TocToken] = []
    opened: list[_TocToken] = []
    for heading in headings:
        token: _TocToken = {
            "level": heading.level,
            "id": heading.anchor,
            "name": escape(heading.text, quote=False),
            "children": [],
        }
        while opened and opened[-1]["level"] >= heading.level:
            opened.pop()
        (opened[-1]["children"] if opened else tokens).append(token)
        opened.append(token)
    return tokens


def markdown_options(config: MkDocsConfig) -> MarkdownOptions:
    """The Markdown extensions of a site."""
    extensions: list[object] = [*config.markdown_extensions]
    names = tuple(name for name in extensions if isinstance(name, str))  # garden-links adds what a reader has anyway
    return MarkdownOptions(names, config.mdx_configs or {})


class TextRenderer:
    """Takes MkDocs' place in making HTML of the pages that the garden has read."""

    def __init__(self, indexes: Indexes, frame: Frame, options: MarkdownOptions) -> None:
        self._indexes = indexes
        self._frame = frame
        self._options = options
        # Only for texts that another plugin has changed:
        self._reader: MarkdownReader | None = None
        self._links: dict[str, tuple[Link, ...]] = {}

    def take_over(self, page: Page, read: GardenPage) -> None:
        """Let `page` show what the garden has parsed of it.

        MkDocs made the page, with the title that the navigation gives it, and has no hook between the text and its
        HTML; so the page's own render() is replaced, and nothing else of it.
        """
        page.render = partial(self._render, page, read)  # type: ignore[method-assign]

    def _render(self, page: Page, read: GardenPage, config: MkDocsConfig, files: Files) -> None:
        path = read.path
        text = MarkdownText(read.html, read.headings, read.anchors, read.links)
        if page.markdown != read.body:
            text = self._parse(page.markdown or "", read, strict=config.strict)
            self._links[path] = text.links
        page.content = published_text(text.html, page.markdown or "", self._indexes, self._frame, path)
        page.toc = get_toc(_tokens(text.headings))
        page.present_anchor_ids = set(text.anchors)
        page.links_to_anchors = {}  # the garden checks all links itself

    def report_anchors(self, anchors: Mapping[str, Collection[str]], level: int) -> None:
        """Log the links to anchors that generated pages do not have. `anchors`: path of a generated page → its anchors.

        The garden's own check can't know them: they are those of the page's HTML.
        """
        for page in self._indexes.garden.pages.values():
            wrong = {}
            for link in self._links.get(page.path, page.links):
                if not link.anchor or not link.target or scheme_of(link.target):
                    continue
                target = self._indexes.links.wiki(link.target) or resolve(page.path, link.target)
                if link.anchor not in anchors.get(target, (link.anchor,)):
                    wrong[target, link.anchor] = f"{link.target}#{link.anchor}"
            for (target, anchor), written in wrong.items():
                log.log(level, "%s links to %s, but %s has no anchor #%s.", page.path, written, target, anchor)

    def _parse(self, markdown: str, read: GardenPage, *, strict: bool) -> MarkdownText:
        """Parse what another plugin has put in place of the text. Raises Abort in a strict build where it is unsafe."""
        self._reader = self._reader or MarkdownReader(self._options)
        text = self._reader.read(markdown, read.line)
        for unsafe in text.unsafe:
            log.warning("%s: %s %s [%s]", read.path, unsafe.message, unsafe.hint, unsafe.code)
        if text.unsafe and strict:
            raise Abort(f"Stopped: what another plugin made of {read.path} is not safe to publish.")
        return text
