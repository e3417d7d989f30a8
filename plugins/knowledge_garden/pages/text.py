"""Turns [[slug]] links into Markdown links, so that the site generator resolves and checks them like all others."""

from __future__ import annotations

import posixpath
import re

from knowledge_garden.indexes import Indexes
from knowledge_garden.model.links import Link, LinkForm
from knowledge_garden.pages.link_text import link_text
from knowledge_garden.pages.templating import render_fragment

_SPECIAL = re.compile(r"([\\\[\]*_`<>&!])")


def link_wikis(text: str, links: tuple[Link, ...], indexes: Indexes, here: str) -> str:
    """The body `text` of the page `here`, whose links were scanned as `links`, with every [[slug]] made a link.

    A [[slug]] that leads nowhere keeps its words, marked as broken; the check has named it with file and line.
    """
    parts: list[str] = []
    position = 0
    for link in links:
        if link.form is not LinkForm.WIKI or link.start < position:
            continue
        parts += [text[position : link.start], _replacement(link, indexes, here)]
        position = link.end
    return "".join((*parts, text[position:]))


def _replacement(link: Link, indexes: Indexes, here: str) -> str:
    words = link_text(link, indexes, here)
    escaped = _SPECIAL.sub(r"\\\1", words)
    if indexes.links.names.withheld(link.target):
        return escaped
    target = indexes.links.wiki(link.target) if link.target else here
    if not target:
        return render_fragment("broken_link.html", words=words, target=link.target)
    relative = posixpath.relpath(target, posixpath.dirname(here) or ".")
    anchor = f"#{link.anchor}" if link.anchor else ""
    return f"[{escaped}](<{relative}{anchor}>)"
