"""Reads the plain sentences of a page from its published HTML, with the heading above each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from knowledge_garden.model.html import ATTRIBUTE, TAG, plain
from knowledge_garden.model.links import NAMED, UNNAMED

LinkText = Callable[[str, str], str]
"""(name in [[name]], the link's own text or "") → what the link shows."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = [
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
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
_OTHERS = ("a", "br", "pre", "td", "th")
_READ = frozenset([*_HEADINGS, *_BLOCKS, *_OTHERS])  # every other tag is within a text and says nothing about it
# A whole heading or paragraph without tags in it, or a tag with the text up to the next one. They are found all at
# once, which is several times faster than one by one.
_PIECE = re.compile(rf"<(h[1-6]|p|li)(?: id=\"[^\"<>]*\")?>([^<]*)</\1>\s*|{TAG.pattern}([^<]*)")
_SIGNS = frozenset(["headerlink", "footnote-ref", "footnote-backref"])  # that Markdown adds to a text
_SIGN = re.compile(rf"<a class=\"(?:{'|'.join(sorted(_SIGNS))})\"[^<>]*>[^<]*</a>")  # as it usually writes them
_END = re.compile(r"([.!?…][\"'”’)\]]*)\s+(?=[^a-z\s])")
_ADDRESS = re.compile(r"https?://\S+")


class Sentence(NamedTuple):
    """A sentence that can be shown, the heading above it ("" before the first), and the field that it belongs to."""

    text: str
    heading: str = ""
    field: str = "body"


def sentences_of(html: str, link_text: LinkText) -> list[Sentence]:
    """The sentences of sanitised HTML (as `reading` made it) in order. Blocks of code and addresses are left out."""
    reader = _Reader(link_text)
    parts = reader.parts
    parts.append(plain(html.partition("<")[0]))
    for block, whole, closing, tag, attributes, text in _PIECE.findall(_SIGN.sub("", html)):
        if block:
            reader.complete(block, plain(whole))
            continue
        if tag in _READ:
            reader.close(tag) if closing else reader.open(tag, attributes)
        if not reader.code and not reader.sign and (parts or not text.isspace()):
            parts.append(plain(text))
    reader.end_block()
    return reader.sentences


class _Reader:
    def __init__(self, link_text: LinkText) -> None:
        self.sentences: list[Sentence] = []
        self.parts: list[str] = []
        self.code = self.sign = False  # whether this is within a block of code, within a sign that Markdown added
        self._link_text = link_text
        self._heading = ""
        self._wiki: tuple[str, bool, int] | None = None  # the name, whether it has its own text, where that begins

    def complete(self, tag: str, text: str) -> None:
        """A block that has no tags in it."""
        self.end_block()
        if not self.code and (text := _tidy(text)):
            if tag in _HEADINGS:
                self._heading = text
            else:
                self._add(text)

    def open(self, tag: str, attributes: str) -> None:
        if tag == "a":
            self._open_link(dict(ATTRIBUTE.findall(attributes)))
        elif tag in ("td", "th", "br"):
            self.parts.append(" " if tag == "br" or not self.parts else ", ")
        else:
            self.end_block()
            self.code = tag == "pre"

    def _open_link(self, attributes: dict[str, str]) -> None:
        self.sign = not _SIGNS.isdisjoint(attributes.get("class", "").split())
        scheme, _, name = plain(attributes.get("href", "")).partition(":")
        if scheme in (NAMED, UNNAMED):
            self._wiki = (name.partition("#")[0].strip(), scheme == NAMED, len(self.parts))

    def close(self, tag: str) -> None:
        if tag == "a":
            self._close_link()
        elif tag == "pre":
            self.code = False
        elif tag in _HEADINGS:
            self._heading = self._block()
        elif tag not in ("td", "th"):
            self.end_block()

    def _close_link(self) -> None:
        self.sign = False
        if self._wiki:
            name, has_text, start = self._wiki
            own = "".join(self.parts[start:]) if has_text else ""
            self.parts[start:] = [self._link_text(name, own)]
            self._wiki = None

    def _block(self) -> str:
        text = "".join(self.parts)
        self.parts.clear()
        return _tidy(text)

    def end_block(self) -> None:
        if self.parts and (text := self._block()):
            self._add(text)

    def _add(self, text: str) -> None:
        heading = self._heading
        self.sentences += [Sentence(sentence, heading) for sentence in _split(text)]


def _tidy(text: str) -> str:
    if "http" in text:
        text = _ADDRESS.sub(" ", text)
    if "\n" in text or "  " in text or "\t" in text or not text.isascii():
        text = " ".join(text.split())
    return text.replace(" ,", ",").strip(", ")  # cells of a table are parted by commas


def _split(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end(1)]
        start = end.end()
    if start < len(text):
        yield text[start:]
