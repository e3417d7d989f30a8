"""Finds the HTML of a Markdown text that could harm readers: tags that run, load or send something, and such attributes.

It asks more than a browser would: what Markdown and a browser could read in different ways, such as a quoted value that
holds the sign that ends a tag, is refused too. Only code is left out, and only where it is code for sure.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markdown import Markdown

from knowledge_garden.model.links import unsafe_address
from knowledge_garden.reading.code import blank_sure_code

# Tags that run a program, load another page, ask for input, or make a browser read what follows in another way.
HARMFUL_TAGS = frozenset(
    [
        "applet",
        "base",
        "body",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "input",
        "link",
        "math",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "plaintext",
        "portal",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "xmp",
    ]
)
_HANDLER = r"(?:on[a-z]\w*|style|srcdoc|formaction)"
_HARMFUL_ATTRIBUTE = re.compile(rf"{_HANDLER}\Z", re.I)
# The same somewhere in a quoted value, out of which Markdown can make an attribute of its own.
_HIDDEN_ATTRIBUTE = re.compile(rf"(?<![\w?&;#.-]){_HANDLER}\s*=", re.I)
_LISTED_ATTRIBUTE = re.compile(rf"(?<![\w-]){_HANDLER}(?==)", re.I)
_ADDRESS = r"(?:xlink:href|href|srcset|src|action|data|poster|background|cite|longdesc|ping|manifest)"
_ADDRESS_ATTRIBUTE = re.compile(rf"{_ADDRESS}\Z", re.I)
_LISTED_ADDRESS = re.compile(rf"(?<![\w-]){_ADDRESS}=(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^\s}}]++))", re.I)

_TAG = re.compile(r"<([a-zA-Z][^\s/<>]*+)([^<>]*+)")
_TO_END = re.compile(r"<([a-zA-Z][^\s/<>]*+)([^<>]*+<[^>]*+)")  # a browser reads on until the next >
_ATTRIBUTE = re.compile(r"([^\s/=][^\s/=]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[\"'].*+|[^\s\"'][^\s]*+)?)?", re.S)
_ATTRIBUTE_LIST = re.compile(r"^[^{\n]*+\{[^\n]*\}", re.M)
_FENCE = re.compile(r"^[ \t>*+.\d-]*+(?:`{3}|~{3})[^{\n]*+\{[^\n]*\}", re.M)  # a block of code can have attributes
_QUOTED = re.compile(r"^([^\S\n]*+)((?:>[^\S\n]?+)++)", re.M)

_BLOCK = "|".join(sorted(Markdown().block_level_elements))
_BLOCK_BEGINS = re.compile(rf"^[^\S\n]{{0,3}}(<(?:(?:{_BLOCK})(?![\w-])|[?!]))", re.M | re.I)
_BLOCK_IN_LINE = re.compile(rf"(<(?:{_BLOCK})(?![\w-]))[^\n]*|\n", re.I)
_TOKEN = re.compile(
    r"<!--(?!-?>)(?:(?!--!>).)*?-->|(?P<strange><[?!])|<(?P<closes>/?)(?P<name>[a-zA-Z][^\s/<>]*+)[^<>]*+", re.S
)


@dataclass(frozen=True, slots=True, order=True)
class Unsafe:
    """Something that could harm readers, on a line of the file, with the code of its problem."""

    line: int
    code: str
    message: str
    hint: str = ""


def find_unsafe(text: str, first_line: int = 1) -> list[Unsafe]:
    """Everything in the HTML and the attribute lists of a Markdown text that could harm readers, in order."""
    text = text.replace("\x02", "").replace("\x03", "")  # Markdown takes them out
    if "<" not in text and "{" not in text:
        return []
    bare = blank_sure_code(text, _raw_spans)
    found = {*_in_tags(bare, first_line), *_in_lists(_ATTRIBUTE_LIST, bare, first_line)}
    found |= set(_in_lists(_FENCE, text, first_line))
    if "\n>" in bare or "\n " in bare:
        # In a quotation the sign at the beginning of a line ends no tag.
        unquoted = _QUOTED.sub(lambda each: each[1] + " " * len(each[2]), bare)
        found |= set(_in_tags(unquoted, first_line)) if unquoted != bare else set()
    return sorted(found)


def _in_tags(text: str, first_line: int) -> Iterator[Unsafe]:
    line, position = first_line, 0
    for tag in sorted((*_TAG.finditer(text), *_TO_END.finditer(text)), key=re.Match.start):
        line, position = line + text.count("\n", position, tag.start()), tag.start()
        for what, value in _in_tag(tag[1], tag[2]):
            yield from _unsafe(line, what, value)


def _in_lists(lists: re.Pattern[str], text: str, first_line: int) -> Iterator[Unsafe]:
    line, position = first_line, 0
    for listed in lists.finditer(text):
        line, position = line + text.count("\n", position, listed.start()), listed.start()
        for attribute in _LISTED_ATTRIBUTE.findall(listed[0]):
            yield from _unsafe(line, f"The attribute {attribute} could harm readers.")
        for values in _LISTED_ADDRESS.findall(listed[0]):
            yield from _unsafe(line, "", "".join(values))


def _unsafe(line: int, message: str, value: str = "") -> Iterator[Unsafe]:
    """What a message says, or what there is to say of an address."""
    if message:
        yield Unsafe(line, "unsafe-html", message)
        return
    written = html.unescape(value).partition("#")[0]
    for target in (written.replace("\\", ""), written):
        message, hint = unsafe_address(target.strip())
        if message:
            yield Unsafe(line, "unsafe-link", message, hint)
            return


def _in_tag(name: str, written: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a tag, and the addresses in it."""
    if name.lower() in HARMFUL_TAGS:
        yield f"The tag {name} could harm readers.", ""
    for attribute, given in _ATTRIBUTE.findall(written):
        quote = given[:1] if given[:1] in ('"', "'") else ""
        if quote and (len(given) == 1 or given[-1] != quote):
            yield f"A quote in the tag {name} is not closed, or what it holds looks like a tag.", ""
        value = given.strip(quote) if quote else given
        if _HARMFUL_ATTRIBUTE.match(attribute):
            yield f"The attribute {attribute} could harm readers.", ""
        elif hidden := _HIDDEN_ATTRIBUTE.search(value):
            yield f"{hidden[0].rstrip(' =')} in the value of {attribute} could become an attribute.", ""
        elif _ADDRESS_ATTRIBUTE.match(attribute):
            yield "", value


def _raw_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where Markdown may take a block of HTML and hand it on as it is, so that backticks and indents make no code in it."""
    begins = _BLOCK_BEGINS.search(text)
    while begins:
        start = begins.start(1)
        end = _end_of_block(text, start)
        yield start, end
        # On the rest of the line another block may begin anywhere.
        following = _BLOCK_IN_LINE.search(text, end)
        begins = following if following and following[1] else _BLOCK_BEGINS.search(text, end)


def _end_of_block(text: str, start: int) -> int:
    """Where all tags that begin at `start` are closed; the end of the text, where that is not sure."""
    opened: list[str] = []
    count: Counter[str] = Counter()
    for token in _TOKEN.finditer(text, start):
        name = (token["name"] or "").lower()
        if token["strange"]:
            break
        if name and not token["closes"] and name != "hr":
            opened.append(name)
            count[name] += 1
        elif count[name]:
            while (last := opened.pop()) != name:
                count[last] -= 1
            count[name] -= 1
        if not opened:
            return token.end()
    return len(text)
