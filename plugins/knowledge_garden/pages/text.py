"""What a site publishes of a page's own text: its sanitised HTML, with the addresses of the site in its links."""

from __future__ import annotations

import re
from functools import partial
from html import escape

from markupsafe import Markup

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.addresses import resolve
from knowledge_garden.model.html import ATTRIBUTE, TAG, plain
from knowledge_garden.model.links import NAMED, UNNAMED, Link, LinkForm, scheme_of
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.link_text import link_text
from knowledge_garden.pages.templating import render_fragment

# A wiki link holds no other link; both parts read only what `reading.html` wrote.
_WIKI = re.compile(rf'<a href="({NAMED}|{UNNAMED}):([^"]*)"((?:\s[^\s="<>/]+="[^"<>]*")*)>(.*?)</a>', re.S)
_ADDRESSED = ("a", "img")


def published_text(html: str, body: str, indexes: Indexes, frame: Frame, here: str) -> str:
    """The HTML of the text `body` on the page `here`, as `reading` made it, with links made addresses of the site.

    A text that was not parsed is shown as it is written.
    A [[slug]] that leads nowhere keeps its words, marked as broken; the check has named it with file and line.
    """
    if not html and body.strip():
        return render_fragment("not_parsed.html", text=body)
    html = with_wiki_links(html, indexes, frame, here)
    html = TAG.sub(partial(_with_address, indexes=indexes, frame=frame, here=here), html)
    page = indexes.garden.pages.get(here)
    if html and page is not None and page.language != frame.language.tag:
        return render_fragment("in_language.html", tag=page.language, text=Markup(html))  # noqa: S704 (sanitised)
    return html


def with_wiki_links(html: str, indexes: Indexes, frame: Frame, here: str) -> str:
    """The HTML that Markdown made of a text on the page `here`, with its [[slug]] links made addresses of the site."""
    if f'"{NAMED}' not in html:
        return html
    return _WIKI.sub(partial(_wiki_link, indexes=indexes, frame=frame, here=here), html)


def _with_address(tag: re.Match[str], *, indexes: Indexes, frame: Frame, here: str) -> str:
    if tag[2] not in _ADDRESSED or tag[1]:
        return tag[0]
    attributes = tag[3]
    for name, value in ATTRIBUTE.findall(attributes):
        if name in ("href", "src"):
            address = _address(plain(value), indexes, frame, here)
            if address is not None:
                written = f' {name}="{escape(address)}"' if address else ""
                attributes = attributes.replace(f' {name}="{value}"', written, 1)
    return f"<{tag[2]}{attributes}>"


def _address(written: str, indexes: Indexes, frame: Frame, here: str) -> str | None:
    """The address of what a text links to, "" where it may not lead there, None where the text's own is to stay."""
    target, _, anchor = written.partition("#")
    if not target or scheme_of(target):
        return None
    path = resolve(here, target)
    if not indexes.publication.published(path):
        return ""
    if path not in indexes.links.generated and path not in indexes.garden.files and path not in indexes.garden.pages:
        return None
    address, mark, query = frame.href(here, path), *target.partition("?")[1:]
    return f"{address}{mark}{query}{'#' if anchor else ''}{anchor}"


def _wiki_link(link: re.Match[str], *, indexes: Indexes, frame: Frame, here: str) -> str:
    scheme, written, attributes, words = link[1], plain(link[2]), link[3], link[4]
    slug, _, anchor = written.partition("#")
    slug, anchor = slug.strip(), anchor.strip()
    link_to = Link(LinkForm.WIKI, slug, anchor, "" if scheme == UNNAMED else plain(words), 0, "", (0, 0))
    if indexes.links.names.withheld(slug):
        return escape(link_text(link_to, indexes, here), quote=False)
    target = indexes.links.wiki(slug) if slug else here
    if scheme == UNNAMED:
        words = escape(link_text(link_to, indexes, here), quote=False)
    if not target:
        return render_fragment("broken_link.html", frame.language, words=Markup(words), target=slug)  # noqa: S704 (sanitised)
    address = frame.href(here, target) if slug else ""
    address += f"#{anchor}" if anchor else ""
    # Both parts come out of sanitised HTML.
    return render_fragment("wiki_link.html", address=address, attributes=Markup(attributes), words=Markup(words))  # noqa: S704
