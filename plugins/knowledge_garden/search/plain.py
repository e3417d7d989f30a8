"""Reads the plain sentences of a Markdown text, with the heading above each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence that can be shown, the heading above it ("" before the first), and the field that it stands in."""

    text: str
    heading: str = ""
    field: str = "body"


_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{[^{}\n]*\})?$")
_WIKI = re.compile(r"\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]+?))?\]\]")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_TARGET = re.compile(r"\]\(\s*<?([^()\s<>#]+)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:.*$", re.M)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_ADDRESS = re.compile(r"<?https?://[^\s<>)]+>?")
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|kbd|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[.#][^{}\n]*\}")
_EMPHASIS = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|[*`]+")
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_ADMONITION = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+\w+[ \t]*\"?([^\"\n]*)\"?")
_RULE = re.compile(r"^[ \t]*[-=*_|: \t]{3,}$")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^a-z\s])")


def sentences_of(body: str, titles: Callable[[str], str]) -> list[Sentence]:
    """The sentences of a Markdown body in order. `titles` gives the words of a link [[slug]] that has none of its own.

    Code blocks, pictures, addresses and markup are left out.
    """
    heading = ""
    found: list[Sentence] = []
    block: list[str] = []

    def close() -> None:
        if block:
            text = plain(" ".join(block), titles)
            block.clear()
            if text:
                found.extend(Sentence(each, heading) for each in _END.split(text) if each)

    for line in _without_code(body).splitlines():
        stripped = line.strip()
        if not stripped or _RULE.match(line):
            close()
        elif stripped[0] == "#" and (match := _HEADING.match(line)):
            close()
            heading = plain(match[1], titles)
        elif stripped[0] in "!?" and (match := _ADMONITION.match(line)):
            close()
            block.append(match[1])
            close()
        elif stripped[0] == "|":
            close()
            block.append(stripped.strip("|").replace("|", ", "))
            close()
        elif match := _ITEM.match(line):
            close()
            block.append(line[match.end() :].strip())
        else:
            block.append(stripped.lstrip("> "))
    close()
    return found


def link_targets(body: str) -> list[str]:
    """What a text links to, as it was written: the names in [[name]] and the targets in [words](target)."""
    text = _without_code(body)
    wiki = [match[1].partition("#")[0].strip() for match in _WIKI.finditer(text)]
    return [each for each in (*wiki, *(match[1] for match in _TARGET.finditer(text))) if each]


def _without_code(body: str) -> str:
    if "```" in body or "~~~" in body:
        body = _FENCE.sub("\n", body)
    if "<!--" in body:
        body = _COMMENT.sub(" ", body)
    return _DEFINITION.sub("", body) if "]:" in body else body


def plain(text: str, titles: Callable[[str], str]) -> str:
    """A piece of Markdown without its markup."""
    if "[" in text:
        text = _WIKI.sub(lambda match: match[2] or titles(match[1].partition("#")[0].strip()), text)
        text = _IMAGE.sub(" ", text)
        text = _FOOTNOTE.sub("", text)
        text = _LINK.sub(r"\1", text)
    if "http" in text:
        text = _ADDRESS.sub(" ", text)
    if "<" in text:
        text = _TAG.sub(" ", _INLINE_TAG.sub("", text))
    if "{" in text:
        text = _ATTRIBUTES.sub(" ", text)
    if "*" in text or "_" in text or "`" in text:
        text = _EMPHASIS.sub("", text)
    return " ".join(text.replace("\\", "").split())
