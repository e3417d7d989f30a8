"""Reads the headings, anchors and links of a text from its sanitised HTML: from what is published, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge_garden.model.html import ATTRIBUTE, TAG, plain
from knowledge_garden.model.links import NAMED, UNNAMED, Heading, Link, LinkForm
from knowledge_garden.reading.lines import Lines, occurrences
from knowledge_garden.reading.sentences import sentence_around

_BLOCK_TAGS = (
    "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li nav ol p pre summary table "
    "tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Signs that Markdown adds to the text: they belong neither to the text of a heading or a sentence nor to the writer's links.
_SIGNS = frozenset(["headerlink", "footnote-ref", "footnote-backref"])


@dataclass(frozen=True, slots=True)
class Outline:
    """What a text holds, in its order."""

    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[Link, ...]


@dataclass(slots=True)
class _OpenLink:
    """A link of the present block. `first` and `last` count the block's parts; `offset` the text before it."""

    form: LinkForm
    written: str
    named: bool
    first: int
    offset: int
    last: int = -1


@dataclass(slots=True)
class _Block:
    parts: list[str] = field(default_factory=list)
    links: list[_OpenLink] = field(default_factory=list)


def outline(html: str, text: str, first_line: int = 1) -> Outline:
    """The outline of `html`, which `sanitise` made of the text that begins at `first_line` of its file."""
    reader = _Reader(Lines(text, first_line))
    position = 0
    for tag in TAG.finditer(html):
        if tag.start() > position:
            reader.text(html[position : tag.start()])
        position = tag.end()
        if tag[1]:
            reader.close(tag[2])
        else:
            reader.open(tag[2], dict(ATTRIBUTE.findall(tag[3])) if tag[3] else {})
    reader.text(html[position:])
    reader.end_block()
    return Outline(tuple(reader.headings), frozenset(reader.anchors), tuple(reader.links))


class _Reader:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.headings: list[Heading] = []
        self.anchors: set[str] = set()
        self.links: list[Link] = []
        self._block = _Block()
        self._open: list[_OpenLink | None] = []  # the <a> that are open, None for a sign
        self._heading: tuple[int, str, list[str]] | None = None
        self._seen: list[str] = []  # the text so far, in which a link's target may be written too
        self._length = 0
        self._targets: dict[str, int] = {}

    def text(self, escaped: str) -> None:
        if None in self._open:
            return
        text = plain(escaped)
        self._block.parts.append(text)
        if self._heading:
            self._heading[2].append(text)
        if not self._open or self._open[-1] is None or text != self._open[-1].written:
            self._seen.append(text)
            self._length += len(text)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        if anchor := attributes.get("id"):
            self.anchors.add(plain(anchor))
        if tag in ("td", "th"):
            if any(not part.isspace() for part in self._block.parts):
                self._block.parts.append(" | ")
        elif tag in _BLOCKS:
            self.end_block()
            if tag in _HEADINGS and anchor:
                self._heading = (int(tag[1]), plain(anchor), [])
        elif tag == "a":
            self._open_link(attributes)
        elif tag == "img" and "src" in attributes:
            link = self._link(LinkForm.IMAGE, plain(attributes["src"]))
            self._block.parts.append(plain(attributes.get("alt", "")))
            link.last = len(self._block.parts)
        elif tag == "br":
            self._block.parts.append(" ")

    def close(self, tag: str) -> None:
        if tag == "a" and self._open:
            link = self._open.pop()
            if link:
                link.last = len(self._block.parts)
        elif tag in _BLOCKS:
            if self._heading and tag in _HEADINGS:
                level, anchor, parts = self._heading
                self.headings.append(Heading(level, " ".join("".join(parts).split()), anchor))
                self._heading = None
            self.end_block()

    def _open_link(self, attributes: dict[str, str]) -> None:
        written = plain(attributes.get("href", ""))
        sign = written.startswith("#") and not _SIGNS.isdisjoint(attributes.get("class", "").split())
        scheme, _, target = written.partition(":")
        if sign or "href" not in attributes:
            self._open.append(None if sign else _OpenLink(LinkForm.MARKDOWN, "", True, 0, 0))
        elif scheme in (NAMED, UNNAMED):
            self._open.append(self._link(LinkForm.WIKI, target, named=scheme == NAMED))
        else:
            self._open.append(self._link(LinkForm.MARKDOWN, written))

    def _link(self, form: LinkForm, written: str, *, named: bool = True) -> _OpenLink:
        link = _OpenLink(form, written, named, len(self._block.parts), self._length)
        self._block.links.append(link)
        return link

    def end_block(self) -> None:
        """End the present block: the sentences of its links are complete now."""
        block, self._block = self._block, _Block()
        if not block.links:
            return
        before = [0]
        for part in block.parts:
            before.append(before[-1] + len(part))
        text = "".join(block.parts)
        for link in block.links:
            start, end = before[link.first], before[link.last if link.last >= 0 else len(block.parts)]
            # A link over several blocks is still open; the rest of it no longer belongs to this sentence.
            sentence, mark = sentence_around(text, start, end)
            target, _, anchor = link.written.partition("#")
            label = " ".join(text[start:end].split()) if link.named else ""
            line = self.lines.of_link(link.written, self._number(link))
            self.links.append(Link(link.form, target.strip(), anchor.strip(), label, line, sentence, mark))

    def _number(self, link: _OpenLink) -> int:
        """How often a link's target is written before it: in earlier links and in the text."""
        earlier = self._targets.get(link.written, 0)
        self._targets[link.written] = earlier + 1
        if len(self.lines.offsets(link.written)) <= 1:
            return 0
        return earlier + len(occurrences("".join(self._seen)[: link.offset], link.written))
