"""Reads the plain sentences of a page from its published HTML, with the heading above each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from knowledge_garden.model.html import ATTRIBUTE, TAG, plain
from knowledge_garden.model.links import NAMED, UNNAMED

LinkText = Callable[[str, str], str]
"""(name in [[name]], the link's own text or "") → what the link shows."""

_BLOCKS = frozenset(
    [
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LEFT_OUT = frozenset(["headerlink", "footnote-ref", "footnote-backref"])  # signs that Markdown adds to a text
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^a-z\s])")
_ADDRESS = re.compile(r"https?://\S+")


class Sentence(NamedTuple):
    """A sentence that can be shown, the heading above it ("" before the first), and the field that it belongs to."""

    text: str
    heading: str = ""
    field: str = "body"


def sentences_of(html: str, link_text: LinkText) -> list[Sentence]:
    """The sentences of sanitised HTML (as `reading` made it) in order. Blocks of code and addresses are left out."""
    reader = _Reader(link_text)
    position = 0
    for tag in TAG.finditer(html):
        if tag.start() > position:
            reader.text(plain(html[position : tag.start()]))
        position = tag.end()
        if tag[1]:
            reader.close(tag[2])
        else:
            reader.open(tag[2], tag[3])
    reader.text(plain(html[position:]))
    reader.end_block()
    return reader.sentences


class _Reader:
    def __init__(self, link_text: LinkText) -> None:
        self.sentences: list[Sentence] = []
        self._link_text = link_text
        self._heading = ""
        self._parts: list[str] = []
        self._code = False
        self._sign = False  # within a sign that Markdown added
        self._wiki: tuple[str, bool, int] | None = None  # the name, whether it has its own text, where that begins

    def text(self, text: str) -> None:
        if not self._code and not self._sign:
            self._parts.append(text)

    def open(self, tag: str, attributes: str) -> None:
        if tag in ("td", "th", "br"):
            self._parts.append(" " if tag == "br" or not self._parts else ", ")
        elif tag == "pre":
            self.end_block()
            self._code = True
        elif tag in _BLOCKS:
            self.end_block()
        elif tag == "a":
            self._open_link(dict(ATTRIBUTE.findall(attributes)))

    def _open_link(self, attributes: dict[str, str]) -> None:
        scheme, _, name = plain(attributes.get("href", "")).partition(":")
        self._sign = not _LEFT_OUT.isdisjoint(attributes.get("class", "").split())
        if scheme in (NAMED, UNNAMED):
            self._wiki = (name.partition("#")[0].strip(), scheme == NAMED, len(self._parts))

    def close(self, tag: str) -> None:
        if tag == "a":
            self._sign = False
            if self._wiki:
                name, has_text, start = self._wiki
                own = "".join(self._parts[start:]) if has_text else ""
                self._parts[start:] = [self._link_text(name, own)]
                self._wiki = None
        elif tag == "pre":
            self._code = False
        elif tag in _HEADINGS:
            self._heading = self._block()
        elif tag in _BLOCKS:
            self.end_block()

    def _block(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        if "http" in text:
            text = _ADDRESS.sub(" ", text)
        return " ".join(text.split()).replace(" ,", ",").strip(", ")  # cells of a table are parted by commas

    def end_block(self) -> None:
        if text := self._block():
            self.sentences += [Sentence(sentence, self._heading) for sentence in _END.split(text) if sentence]
