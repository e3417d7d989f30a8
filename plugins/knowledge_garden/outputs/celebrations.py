"""The celebrations as an Atom feed: the latest fifty, with stable identifiers, the same bytes for the same garden."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from knowledge_garden.indexes.celebrations import Celebration, Celebrations
from knowledge_garden.model import addresses
from knowledge_garden.outputs.file import OutputFile

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = "1970-01-01"


@dataclass(frozen=True, slots=True)
class FeedWords:
    """What a feed says, in the language of the site, and where its entries lead.

    `site`: the site's own address, "" where it is not set. `shown`: whether an entry belongs into the feed. `text`: an
    entry in one sentence. `page`: the content path that an entry leads to. `address`: a path as the feed writes it.
    """

    title: str
    author: str
    language: str
    site: str
    shown: Callable[[Celebration], bool]
    text: Callable[[Celebration], str]
    page: Callable[[Celebration], str]
    address: Callable[[str], str]


def celebrations_feed(celebrations: Celebrations, words: FeedWords) -> OutputFile:
    """The feed of the garden that may be published."""
    return OutputFile(addresses.CELEBRATE_FEED, partial(_feed, celebrations, words))


def _feed(celebrations: Celebrations, words: FeedWords) -> bytes:
    latest = list(islice(filter(words.shown, celebrations.all), _ENTRIES))
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": words.language})
    site = words.site or words.author
    _add(feed, "title", words.title)
    _add(feed, "id", _id(site, ""))
    _add(feed, "updated", _moment(latest[0]) if latest else f"{_START}T00:00:00Z")
    _add(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), "name", words.author)
    if words.site:
        _link(feed, "self", words.address(addresses.CELEBRATE_FEED))
    _link(feed, "alternate", words.address(addresses.CELEBRATE))
    for celebration in latest:
        _entry(feed, celebration, words, site)
    ElementTree.indent(feed)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(feed: ElementTree.Element, celebration: Celebration, words: FeedWords, site: str) -> None:
    entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
    _add(entry, "title", words.text(celebration))
    _add(entry, "id", _id(site, celebration.key))
    _add(entry, "updated", _moment(celebration))
    _link(entry, "alternate", words.address(words.page(celebration)))
    if summary := _summary(celebration):
        _add(entry, "summary", summary)


def _summary(celebration: Celebration) -> str:
    if celebration.use:
        return celebration.use.application.quotation or celebration.use.application.result
    return celebration.action.action.checked if celebration.action else ""


def _moment(celebration: Celebration) -> str:
    return f"{celebration.when.last.isoformat()}T00:00:00Z"


def _id(site: str, key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site} {key}')}"


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": address})


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
