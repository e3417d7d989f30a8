"""Which SVG pictures may be published: those made only of elements and attributes that draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from knowledge_garden.model.messages import message

USE_LIMIT = 100
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "marker",
        "style",
        "switch",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "style",
        "lang",
        "role",
        "version",
        "baseProfile",
        "viewBox",
        "preserveAspectRatio",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "fr",
        "dx",
        "dy",
        "width",
        "height",
        "d",
        "points",
        "pathLength",
        "transform",
        "rotate",
        "textLength",
        "lengthAdjust",
        "startOffset",
        "method",
        "spacing",
        "side",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "offset",
        "stop-color",
        "stop-opacity",
        "clipPathUnits",
        "clip-path",
        "clip-rule",
        "markerUnits",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "orient",
        "marker-start",
        "marker-mid",
        "marker-end",
        "color",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "opacity",
        "display",
        "visibility",
        "overflow",
        "paint-order",
        "vector-effect",
        "shape-rendering",
        "text-rendering",
        "color-interpolation",
        "font-family",
        "font-size",
        "font-size-adjust",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-weight",
        "letter-spacing",
        "word-spacing",
        "text-anchor",
        "text-decoration",
        "dominant-baseline",
        "alignment-baseline",
        "baseline-shift",
        "direction",
        "unicode-bidi",
        "writing-mode",
        "type",
        "media",
        "aria-label",
        "aria-labelledby",
        "aria-describedby",
        "aria-hidden",
        "focusable",
        "href",
        "data-name",
        "enable-background",
    ]
)
_DECLARATION = re.compile(r"\s*<\?xml\s[^<>]*?\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)", re.I)
# What fetches in CSS, or could hide that it does: at-rules, escapes, comments, and url() of anything but an id here.
_FETCHING = re.compile(
    r"[@\\]|/\*|(?:image|src|image-set|cross-fade|expression)\s*\(|url\(\s*(?![\"']?#[\w.-]+[\"']?\s*\))", re.I
)


def svg_refusal(data: bytes) -> str:
    """Why an SVG picture is not published, or "" where it is."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return message("The picture is not UTF-8 text.")
    if "\x00" in text:  # UTF-16 or UTF-32 without a mark, which an XML parser recognises by itself
        return message("The picture is not UTF-8 text.")
    declaration = _DECLARATION.match(text)
    encoding = _ENCODING.search(declaration[0]) if declaration else None
    if encoding and encoding[1].lower() not in ("utf-8", "us-ascii", "ascii"):
        return message("The picture says that its encoding is {encoding}; it is UTF-8.", encoding=encoding[1][:40])
    if "<?" in text[declaration.end() if declaration else 0 :]:
        return message("The picture holds an instruction for programs (<?…?>).")
    try:
        root = fromstring(text.encode(), forbid_dtd=True)
    except DefusedXmlException:
        return message("The picture holds a document type or entities (<!DOCTYPE …>).")
    except (ParseError, ValueError, LookupError) as error:
        return message("The picture is not well-formed XML: {error}.", error=str(error)[:80])
    if root.tag != f"{_NAMESPACE}svg":
        return message("The picture is not SVG: its first element is not svg of the SVG namespace.")
    return next(_refusals(root), "")


def _refusals(root: Element) -> Iterator[str]:
    for element in root.iter():
        tag = str(element.tag)
        name = tag.removeprefix(_NAMESPACE)
        if name not in _ELEMENTS:
            yield message(
                "The picture holds the element {tag}, which is not one of those that only draw.", tag=_local(tag)
            )
        if name == "style" and _FETCHING.search("".join(element.itertext())):
            yield message("The style of the picture holds an address, an @-rule, an escape or a comment.")
        for attribute, value in element.attrib.items():
            yield from _in_attribute(attribute, value)
    yield from _copies(root)


def _in_attribute(attribute: str, value: str) -> Iterator[str]:
    if attribute in ("href", _XLINK):
        if not re.fullmatch(r"#[\w.-]+", value):
            yield message("The picture refers to {value}, which is not in it.", value=repr(value[:40]))
    elif attribute.removeprefix(_XML) not in _ATTRIBUTES | {"space"}:
        yield message(
            "The picture holds the attribute {attribute}, which is not one of those that only draw.",
            attribute=_local(attribute),
        )
    elif attribute == "style" and _FETCHING.search(value):
        yield message("A style of the picture holds an address, an @-rule, an escape or a comment.")
    elif attribute != "style" and re.search(r"url\(\s*(?![\"']?#[\w.-]+[\"']?\s*\))", value, re.I):
        yield message(
            "The attribute {attribute} of the picture refers to something that is not in it.",
            attribute=_local(attribute),
        )


def _copies(root: Element) -> Iterator[str]:
    """Copies of what holds copies, or many of them: a small file that takes a browser's whole memory."""
    uses = list(root.iter(f"{_NAMESPACE}use"))
    if len(uses) > USE_LIMIT:
        yield message(
            "The picture copies parts of itself {number} times; the limit is {limit}.",
            number=len(uses),
            limit=USE_LIMIT,
        )
        return
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    for use in uses:
        target = by_id.get((use.get("href") or use.get(_XLINK) or "").removeprefix("#"))
        if target is not None and next(target.iter(f"{_NAMESPACE}use"), None) is not None:
            yield message("The picture copies a part of itself that holds copies.")
            return


def _local(name: str) -> str:
    return name.rpartition("}")[2][:40]
