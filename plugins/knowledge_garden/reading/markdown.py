"""Finds the headings, anchors and links of a Markdown text, with their lines and the sentence around each link.

It reads no more of Markdown than that: code and comments are blanked out first (at the same length, so that offsets
hold), then a few patterns find the rest. The same scan serves the checks, the backlinks and the page that is shown.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.extensions.toc import slugify_unicode, unique

from knowledge_garden.model.links import Heading, Link, LinkForm

_FENCE = re.compile(
    r"^(?P<indent>[ ]{0,3}(?:> ?)*)(?P<mark>`{3,}|~{3,})[^\n`]*\n(?:.*?\n)??(?P=indent)[ ]{0,3}(?P=mark)[`~]*[ \t]*$",
    re.M | re.S,
)
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)\1(?!`)", re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]*(.*?)[ \t]*#*[ \t]*$", re.M)
_SETEXT = re.compile(r"^ {0,3}(\S[^\n]*)\n {0,3}(=+|-+)[ \t]*$", re.M)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^{}\n]*)\}[ \t]*$")
_ID = re.compile(r"(?:^|\s)#([^\s}]+)")
_HTML_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)")
_WIKI = re.compile(r"(?<![\\!])\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]+?))?\]\]")
_TARGET = r"(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()]*\))*))"
_MARKDOWN = re.compile(
    r"(?<!\\)(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*"
    + _TARGET
    + r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*" + _TARGET, re.M)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*)>")
_HTML_LINK = re.compile(
    r"<[a-zA-Z][^<>]*?\s(?:href|src|action|formaction|data|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^a-z\s])")
# Where a sentence ends at the latest: an empty line, a list item, a heading, a quotation, a row of a table.
_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|\||>)[ \t])")
_MARKUP = re.compile(r"[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}|<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds."""

    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[Link, ...]


def scan(text: str, first_line: int = 1) -> Scan:
    """Scan the body of a page that begins at `first_line` of its file."""
    bare = _blank_code(text)
    lines = _Lines(text, first_line)
    headings, anchors = _headings(bare, text, lines)
    return Scan(headings, anchors, tuple(_links(bare, text, lines)))


class _Lines:
    """From offsets to line numbers."""

    def __init__(self, text: str, first_line: int) -> None:
        self.first_line = first_line
        self.breaks = [found.start() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        # A line's own newline still belongs to it, hence the search from the left of equal offsets.
        return bisect_right(self.breaks, offset - 1) + self.first_line


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _blank_code(text: str) -> str:
    if "<!--" in text:
        text = _COMMENT.sub(_blank, text)
    if "```" in text or "~~~" in text:
        text = _FENCE.sub(_blank, text)
    if "\n    " in text or "\n\t" in text:
        text = _INDENTED.sub(lambda found: found[0] if _in_list(text, found.start()) else _blank(found), text)
    return _CODE.sub(_blank, text) if "`" in text else text


def _in_list(text: str, offset: int) -> bool:
    """Whether an indented block at `offset` continues a list item (or an admonition) rather than being code."""
    for line in reversed(text[:offset].split("\n")):
        if not line.strip():
            continue
        if _LIST_ITEM.match(line) or line.startswith(("!!!", "???", "===", "[^")):
            return True
        if not line.startswith((" ", "\t")):
            return False
    return False


def _headings(bare: str, text: str, lines: _Lines) -> tuple[tuple[Heading, ...], frozenset[str]]:
    found: list[tuple[int, int, str]] = []
    for match in _ATX.finditer(bare):
        found.append((match.start(1), len(match[1]), text[match.start(2) : match.end(2)]))
    for match in _SETEXT.finditer(bare):
        if not match[1].startswith(("#", "-", "*", "+", ">", "|")):
            found.append((match.start(1), 1 if match[2].startswith("=") else 2, text[match.start(1) : match.end(1)]))
    named = [(*each, _own_id(each[2])) for each in sorted(found)]
    taken = {own for *_, own in named if own}
    anchors = taken.union(_HTML_ID.findall(bare))
    headings: list[Heading] = []
    counters: dict[str, int] = {}
    for offset, level, written, own in named:
        words = plain_text(_ATTRIBUTES.sub("", written))
        anchor = own or unique(slugify_unicode(html.unescape(words), "-"), taken, counters)
        anchors.add(anchor)
        headings.append(Heading(level, words, anchor, lines.at(offset)))
    return tuple(headings), frozenset(anchors)


def _own_id(written: str) -> str:
    attributes = _ATTRIBUTES.search(written)
    own = _ID.search(attributes[1]) if attributes else None
    return own[1] if own else ""


def _links(bare: str, text: str, lines: _Lines) -> Iterator[Link]:
    found: list[tuple[int, int, LinkForm, str, str]] = []
    if "[" in bare:
        for match in _WIKI.finditer(bare):
            found.append((*match.span(), LinkForm.WIKI, match[1].strip(), (match[2] or "").strip()))
        for match in _MARKDOWN.finditer(bare):
            form = LinkForm.IMAGE if match[1] else LinkForm.MARKDOWN
            target = match[3] if match[3] is not None else match[4]
            found.append((*match.span(), form, target, plain_text(match[2])))
            if not match[1] and "![" in match[2]:  # an image as the text of a link: two links in one place
                for inner in _MARKDOWN.finditer(bare, match.start(2), match.end(2)):
                    found.append((*inner.span(), LinkForm.IMAGE, inner[3] or inner[4], inner[2]))
        for match in _DEFINITION.finditer(bare):
            target = match[2] if match[2] is not None else match[3]
            found.append((*match.span(), LinkForm.MARKDOWN, target, match[1]))
    if "<" in bare:
        for match in _AUTOLINK.finditer(bare):
            found.append((*match.span(), LinkForm.HTML, match[1], match[1]))
        for match in _HTML_LINK.finditer(bare):
            target = next(group for group in match.groups() if group is not None)
            found.append((*match.span(), LinkForm.HTML, target, ""))
    for start, end, form, written, words in sorted(found):
        target, _, anchor = html.unescape(written).replace("\\", "").partition("#")
        sentence, mark = _sentence(text, start, end, words or target)
        yield Link(form, target.strip(), anchor.strip(), words, lines.at(start), start, end, sentence, mark)


def plain_text(written: str) -> str:
    """A line of Markdown without its markup: the words of links, no emphasis, no tags."""
    if "[" in written:
        written = _WIKI.sub(lambda found: found[2] or found[1], written)
        written = _MARKDOWN.sub(lambda found: found[2], written)
    return _MARKUP.sub("", written).strip()


def _sentence(text: str, start: int, end: int, words: str) -> tuple[str, tuple[int, int]]:
    """The sentence around text[start:end] as plain text, and where the link's words stand in it."""
    first = max((found.end() for found in _BLOCK.finditer(text, text.rfind("\n\n", 0, start) + 1, start)), default=0)
    following = _BLOCK.search(text, end)
    paragraph_end = following.start() if following else len(text)
    before, after = text[first:start], text[end:paragraph_end]
    breaks = [found.end() for found in _SENTENCE_END.finditer(before + "X")]
    before = before[breaks[-1] :] if breaks else before
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    lead = " ".join(plain_text(_LIST_ITEM.sub("", before, count=1).lstrip("#>| ")).split())
    tail = " ".join(plain_text(after).split())
    if lead and before[-1:].isspace():
        lead += " "
    if tail and after[:1].isspace():
        tail = " " + tail
    words = " ".join(words.split())
    return lead + words + tail, (len(lead), len(lead) + len(words))
