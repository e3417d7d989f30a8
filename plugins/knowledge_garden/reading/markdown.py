"""Finds the headings, anchors and links of a Markdown text, with their lines and the sentence around each link.

It reads no more of Markdown than that: code and comments are blanked out first, then a few patterns find the rest, as
Python-Markdown finds it. The same scan serves the checks, the backlinks and the page that is shown.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.extensions.toc import slugify_unicode, unique

from knowledge_garden.model.links import Heading, Link, LinkForm
from knowledge_garden.reading.code import blank_code
from knowledge_garden.reading.html import Unsafe, find_unsafe
from knowledge_garden.reading.sentences import WIKI, plain_text, sentence_around

# A heading may stand in a quotation, a list item or what is indented below one; a space or two before it make it text.
_WITHIN = r"^(?:(?: {4}|\t)*+(?:>[ ]?|(?:[-*+]|\d+\.)[ ]{1,3}(?=\S)))*+(?: {4}|\t)*+"
_ATX = re.compile(_WITHIN + r"(#{1,6})([^\n]*)$", re.M)
_SETEXT = re.compile(r"^([^\n#][^\n]*)\n(=+|-+) *$", re.M)
_ATTRIBUTES = re.compile(r"(?:(?<=[ \n])|^)\{:?[ ]*([^{}\n ][^{}\n]*)\}[ ]*$")
_INLINE_ATTRIBUTES = re.compile(r"\{:?[ ]*([^{}\n ][^{}\n]*)\}")
_ID = re.compile(r"(?:^|\s)(?:#|id=[\"']?)([^\s}\"']+)")
_BRACKET = re.compile(r"\\.|[\[\]()]|\n[ \t]*\n", re.S)
_ANGLED = re.compile(r"\s*+<([^<>]*+)>\s*+(?:\"[^\"]*+\"\s*+|'[^']*+'\s*+)?+\)")
_TITLED = re.compile(r"\s*+([^\s()<>\"']*+(?:\([^\s()]*+\)[^\s()<>\"']*+)*+)\s++(?:\"[^\"]*+\"|'[^']*+')\s*+\)")
_TITLE = re.compile(r"\s(?:\"[^\"]*\"|'[^']*')\Z")
_DEFINITION = re.compile(
    r"^(?:[ \t>]|[-*+][ \t]|\d+\.[ \t]|\[\^[^\[\]\n]+\]:)*+\[([^\[\]\n^][^\[\]\n]*)\]:[ ]*+(?:\n[ ]*+)?+(\S++)", re.M
)
_REFERENCE = re.compile(r"(?<![\\!\]])\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])?(?![:(\[])")
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:(?=[^\s<>])[^<>]*)>")
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>?")
_TAG_ID = re.compile(r"[\s/\"'](?:id|name)\s*+=\s*+[\"']?([^\"'\s>]+)", re.I)
_TAG_LINK = re.compile(
    r"[\s/\"'](?:xlink:href|href|srcset|src|action|formaction|data|poster|background|cite)\s*+=\s*+"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds."""

    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[Link, ...]
    unsafe: tuple[Unsafe, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    start: int
    end: int
    form: LinkForm
    written: str
    words: str
    place: tuple[int, int] | None = None  # where its words stand, if not in the link itself


def scan(text: str, first_line: int = 1) -> Scan:
    """Scan the body of a page that begins at `first_line` of its file."""
    bare = blank_code(text)
    lines = _Lines(text, first_line)
    headings, anchors = _headings(bare, text, lines)
    return Scan(headings, anchors, tuple(_links(bare, text, lines)), tuple(find_unsafe(text, first_line)))


class _Lines:
    """From offsets to line numbers."""

    def __init__(self, text: str, first_line: int) -> None:
        self.first_line = first_line
        self.breaks = [found.start() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        # A line's own newline still belongs to it, hence the search from the left of equal offsets.
        return bisect_right(self.breaks, offset - 1) + self.first_line


def _headings(bare: str, text: str, lines: _Lines) -> tuple[tuple[Heading, ...], frozenset[str]]:
    found: list[tuple[int, int, str]] = []
    if "#" in bare:
        for match in _ATX.finditer(bare):
            found.append((match.start(1), len(match[1]), text[match.start(2) : match.end(2)].strip().rstrip("#")))
    if "\n=" in bare or "\n-" in bare:
        for match in _SETEXT.finditer(bare):
            # Only the first line of a block can be underlined; below another line it is a rule.
            above = bare[bare.rfind("\n", 0, max(0, match.start() - 1)) + 1 : match.start()].strip()
            if match[1].strip() and (not above.strip("=-") or above.startswith("#")):
                level = 1 if match[2].startswith("=") else 2
                found.append((match.start(1), level, text[match.start(1) : match.end(1)]))
    named = [(offset, level, *_named(written.strip())) for offset, level, written in sorted(found)]
    taken = {own for *_, own in named if own}
    if "{" in bare:
        taken.update(own for each in _INLINE_ATTRIBUTES.findall(bare) if (own := _own_id(each)))
    anchors = set(taken)
    if "<" in bare:
        for tag in _TAG.findall(bare):
            anchors.update(_TAG_ID.findall(tag))
    headings: list[Heading] = []
    counters: dict[str, int] = {}
    for offset, level, written, own in named:
        words = " ".join(html.unescape(plain_text(written)).split())
        anchor = own or unique(slugify_unicode(words, "-"), taken, counters)
        anchors.add(anchor)
        headings.append(Heading(level, words, anchor, lines.at(offset)))
    return tuple(headings), frozenset(anchors)


def _named(written: str) -> tuple[str, str]:
    """A heading's words and the id that its attributes give it, or ""."""
    attributes = _ATTRIBUTES.search(written)
    if not attributes:
        return written, ""
    return written[: attributes.start()].rstrip().rstrip("#").rstrip(), _own_id(attributes[1])


def _own_id(attributes: str) -> str:
    own = _ID.findall(attributes)
    return own[-1] if own else ""


def _links(bare: str, text: str, lines: _Lines) -> Iterator[Link]:
    found: list[_Found] = []
    if "[" in bare:
        for match in WIKI.finditer(bare):
            found.append(_Found(*match.span(), LinkForm.WIKI, match[1].strip(), (match[2] or "").strip()))
        found += _bracketed(bare)
        found += _definitions(bare)
    if "<" in bare:
        for match in _AUTOLINK.finditer(bare):
            found.append(_Found(*match.span(), LinkForm.HTML, match[1], match[1]))
        for match in _TAG.finditer(bare):
            for inner in _TAG_LINK.finditer(match[0]):
                target = next(group for group in inner.groups() if group is not None)
                found.append(_Found(*match.span(), LinkForm.HTML, target, ""))
    for each in sorted(found):
        target, _, anchor = html.unescape(each.written).replace("\\", "").partition("#")
        place = each.place or (each.start, each.end)
        sentence, mark = sentence_around(text, *place, each.words or target or anchor)
        at = (lines.at(each.start), each.start, each.end)
        yield Link(each.form, target.strip(), anchor.strip(), each.words, *at, sentence, mark)


def _definitions(bare: str) -> Iterator[_Found]:
    """Every [label]: target, with the words that first refer to it."""
    defined = list(_DEFINITION.finditer(bare))
    used: dict[str, re.Match[str]] = {}
    for match in _REFERENCE.finditer(bare) if defined else ():
        used.setdefault((match[2] or match[1]).casefold(), match)
    for match in defined:
        use = used.get(match[1].casefold())
        words, place = (plain_text(use[1]), use.span()) if use else (match[1], None)
        yield _Found(*match.span(), LinkForm.MARKDOWN, match[2].lstrip("<").rstrip(">"), words, place)


def _bracketed(bare: str) -> Iterator[_Found]:
    """Every [words](target) and ![words](target), also one in the words of another."""
    brackets: list[int] = []
    parentheses: list[tuple[int, int, int]] = []  # of each open one: its place, and the span of the [words] before it
    words = (-1, -1)
    for match in _BRACKET.finditer(bare):
        at, sign = match.start(), match[0]
        if sign == "[":
            brackets.append(at)
        elif sign == "]":
            words = (brackets.pop(), at) if brackets else (-1, -1)
        elif sign == "(":
            adjacent = words[0] >= 0 and words[1] == at - 1
            titled = (_ANGLED.match(bare, at + 1) or _TITLED.match(bare, at + 1)) if adjacent else None
            if titled:
                yield _bracketed_link(bare, *words, titled.end(), titled[1])
            parentheses.append((at, *((-1, -1) if titled or not adjacent else words)))
        elif sign == ")" and parentheses:
            opened, first, last = parentheses.pop()
            if first >= 0:
                yield _bracketed_link(bare, first, last, at + 1, _TITLE.sub("", bare[opened + 1 : at].rstrip()))
        elif sign.startswith("\n"):
            brackets, parentheses = [], []


def _bracketed_link(bare: str, first: int, last: int, end: int, target: str) -> _Found:
    image = bare[first - 1 : first] == "!" and bare[first - 2 : first - 1] != "\\"
    form = LinkForm.IMAGE if image else LinkForm.MARKDOWN
    return _Found(first - image, end, form, target.strip(), plain_text(bare[first + 1 : last]))
