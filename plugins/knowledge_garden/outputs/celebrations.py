"""The celebrations as an Atom feed: the latest fifty, with stable identifiers, the same bytes for the same garden."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from knowledge_garden.indexes.celebrations import FIRST, Celebration, Celebrations
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.celebrations import celebration_text
from knowledge_garden.pages.frame import Frame

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = "1970-01-01"


def celebrations_feed(garden: Garden, celebrations: Celebrations, frame: Frame) -> OutputFile:
    """The feed of the garden that may be published."""
    return OutputFile(addresses.CELEBRATE_FEED, partial(_feed, garden, celebrations, frame))


def _feed(garden: Garden, celebrations: Celebrations, frame: Frame) -> bytes:
    shown = (one for one in celebrations.all if one.kind != FIRST or "credits" in frame.features)
    latest = list(islice(shown, _ENTRIES))
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": frame.language.tag})
    site = frame.site or garden.settings.name
    title = message("{garden}: what there is to celebrate", garden=garden.settings.name)
    _add(feed, "title", frame.language.text(title))
    _add(feed, "id", _id(site, ""))
    _add(feed, "updated", _moment(latest[0]) if latest else f"{_START}T00:00:00Z")
    author = ElementTree.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", garden.settings.name)
    if frame.site:
        _link(feed, "self", frame.site + frame.url(addresses.CELEBRATE_FEED))
    _link(feed, "alternate", _address(frame, addresses.CELEBRATE))
    for celebration in latest:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        text = celebration_text(garden, celebration)
        text = message("Sample: {text}", text=text) if celebration.sample else text
        _add(entry, "title", frame.language.text(text))
        _add(entry, "id", _id(site, celebration.key))
        _add(entry, "updated", _moment(celebration))
        _link(entry, "alternate", _address(frame, _page(garden, celebration)))
        if celebration.use and celebration.use.application.quotation:
            _add(entry, "summary", celebration.use.application.quotation)
        elif celebration.use and celebration.use.application.result:
            _add(entry, "summary", celebration.use.application.result)
        elif celebration.action and celebration.action.action.checked:
            _add(entry, "summary", celebration.action.action.checked)
    ElementTree.indent(feed)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _page(garden: Garden, celebration: Celebration) -> str:
    """The page that an entry leads to."""
    if celebration.lesson is not None:
        return celebration.lesson.path
    if celebration.community:
        return garden.communities[celebration.community].path
    return addresses.CREDITS


def _address(frame: Frame, path: str) -> str:
    """The whole address where the site's own is set, else one that starts from the feed."""
    return frame.site + frame.url(path) if frame.site else frame.href(addresses.CELEBRATE_FEED, path)


def _moment(celebration: Celebration) -> str:
    return f"{celebration.when.last.isoformat()}T00:00:00Z"


def _id(site: str, key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site} {key}')}"


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": address})


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
