"""Links and headings as they are in a text, and backlinks as other pages see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge_garden.model.messages import message

SAFE_SCHEMES = ("http", "https", "mailto", "tel")
# Within the garden's own HTML, before addresses of the site are put in:
NAMED = "wiki"  # the scheme of [[slug|text]]
UNNAMED = "wiki-title"  # the scheme of [[slug]], which shows the title of the page it leads to
# What a browser takes for a scheme: it passes over white space and control characters before and within it.
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def scheme_of(target: str) -> str:
    """The scheme of an address as a browser reads it, or ""."""
    match = _SCHEME.match(_IGNORED.sub("", target))
    return match[1] if match else ""


def unsafe_address(target: str) -> tuple[str, str]:
    """Why an address could harm readers, and how to fix it where the reason does not say so; both "" for a safe one."""
    scheme = scheme_of(target)
    if scheme:
        safe = scheme.lower() in SAFE_SCHEMES
        return ("", "") if safe else (message("The scheme {scheme}: is not allowed in a link.", scheme=scheme), "")
    if _IGNORED.sub("", target).startswith(("//", "\\\\", "/\\")):
        return message("{target} leaves the site without saying how.", target=target), message(
            "Write the whole address, with https://."
        )
    return "", ""


class LinkForm(StrEnum):
    """What a link is on the page, however it was written."""

    WIKI = "wiki"  # [[slug]] or [[slug|text]]
    MARKDOWN = "markdown"  # [text](target), [text][label], <https://…> or <a href="target">
    IMAGE = "image"  # ![text](target) or <img src="target">


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a text. `line` is its line in the file, as near as `reading.lines` can tell.

    `target` is what was written before `#`, `anchor` what was written after it. `sentence` is the sentence around the
    link as plain text, with the link's own text at `mark` (start and end offset in the sentence).
    """

    form: LinkForm
    target: str
    anchor: str
    text: str
    line: int
    sentence: str
    mark: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: `level` 1 to 6, the `text` without markup, and the `anchor` it gets on the page.

    `standard` is the English name of a heading that every lesson has, whatever the lesson's language; "" for others.
    """

    level: int
    text: str
    anchor: str
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A link to a page, seen from that page. `relation` is the relation's name, or "" for a link in the text."""

    source: str  # path of the page that links
    title: str
    relation: str
    sentence: str
    mark: tuple[int, int]
