"""What MkDocs and the theme are told of a page: its metadata, its table of contents, and its place in the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.toc import AnchorLink, TableOfContents

from knowledge_garden.locale import Language
from knowledge_garden.pages.templating import Section as PageSection


def translate_titles(items: Iterable[StructureItem], language: Language) -> None:
    """Translate the titles that mkdocs.yml gives sections, pages and links, where the catalogue has them."""
    for item in items:
        # A page without a title in mkdocs.yml takes it from its text later.
        if "title" in vars(item) and isinstance(item.title, str):
            item.title = language.gettext(item.title)
        if isinstance(item, Section):
            translate_titles(item.children, language)


def metadata(values: Mapping[str, object]) -> dict[str, object]:
    """The part of a front matter that MkDocs and the theme may see: title, description, and what to hide.

    They give other keys (template, search, author…) a meaning of their own, and fail on values they did not expect.
    """
    # Themes write both as they are, as if they came out of Markdown.
    texts: dict[str, object] = {
        key: escape(value) for key in ("title", "description") if isinstance(value := values.get(key), str)
    }
    hide = values.get("hide")
    return texts | {"hide": [part for part in hide if isinstance(part, str)] if isinstance(hide, list) else []}


def table_of_contents(*parts: Sequence[PageSection]) -> TableOfContents:
    """The sections of a page's parts, those below level 2 under the section before them in the same part."""
    links: list[AnchorLink] = []
    for sections in parts:
        first = len(links)
        for section in sections:
            link = AnchorLink(escape(section.text, quote=False), section.anchor, section.level)
            if section.level > 2 and len(links) > first:
                links[-1].children.append(link)
            else:
                links.append(link)
    return TableOfContents(links)


def allow_outside_navigation(files: Files) -> None:
    """Let no page be reported as missing from the navigation: readers come to records and lists by links and search."""
    for file in files.documentation_pages():
        if file.inclusion in (InclusionLevel.UNDEFINED, InclusionLevel.INCLUDED):
            file.inclusion = InclusionLevel.NOT_IN_NAV
