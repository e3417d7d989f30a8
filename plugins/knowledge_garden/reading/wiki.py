"""[[slug]], [[slug|text]] and [[slug#anchor]] as part of Python-Markdown's own parse.

A wiki link becomes a link whose address has a scheme of its own, since a text alone can't tell where it leads: the
page that is published has the real address (`pages.text`).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from knowledge_garden.model.links import NAMED, UNNAMED

_BAR = "\x1a"  # stands for the bar of [[slug|text]] during the parse; no text that is parsed holds it
_WIKI = rf"(?<!!)\[\[(?=[^\[\]{_BAR}\n]*[^\[\]{_BAR}\s])([^\[\]{_BAR}|\n]+)(?:{_BAR}([^\[\]{_BAR}\n]+))?\]\](?!\()"
_WITH_BAR = re.compile(r"(\[\[[^\[\]|\n\\]+)\\?\|(?=[^\[\]|\n]*\]\])")


class WikiLinks(Extension):
    """The extension that a garden adds to those of the site."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # After blocks of code are taken out, before anything reads a bar as the border of a table's cell.
        md.preprocessors.register(_HideBar(md), "garden-wiki", 12)
        # After code and escapes, before the links of Markdown.
        md.inlinePatterns.register(_WikiLink(_WIKI, md), "garden-wiki", 172)
        md.postprocessors.register(_ShowBar(md), "garden-wiki", 5)


class _HideBar(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [_WITH_BAR.sub(rf"\1{_BAR}", line) if "[[" in line else line for line in lines]


class _WikiLink(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        target, text = m[1].strip(), (m[2] or "").strip()
        link = Element("a", {"href": f"{NAMED if text else UNNAMED}:{target}"})
        link.text = text or spoken(target)
        return link, m.start(0), m.end(0)


class _ShowBar(Postprocessor):
    def run(self, text: str) -> str:
        return text.replace(_BAR, "|")


def spoken(target: str) -> str:
    """A page's name as words, for where its title can't be known: "lessons/gimli-glider#what" is "gimli glider"."""
    name, _, anchor = target.partition("#")
    return (name.rpartition("/")[2] or anchor).replace("-", " ")
