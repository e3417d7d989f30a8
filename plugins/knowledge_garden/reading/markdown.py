"""Markdown's one parse: Python-Markdown with the site's own extensions, and what is published and known of its result.

The check, the pages, search and backlinks all read what this module returns, so that they can't disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify_unicode

from knowledge_garden.model.html import plain
from knowledge_garden.model.links import Heading, Link
from knowledge_garden.model.messages import message
from knowledge_garden.reading.budgets import too_complex
from knowledge_garden.reading.hidden import hidden_characters, without_control_characters
from knowledge_garden.reading.html import Loss, sanitise, taken_away
from knowledge_garden.reading.lines import Lines
from knowledge_garden.reading.outline import outline
from knowledge_garden.reading.wiki import WikiLinks


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """Python-Markdown's extensions of a site and their settings, as its `extensions` and `extension_configs` take them.

    The default is what the starter's mkdocs.yml sets, with those that MkDocs always adds.
    """

    extensions: tuple[str, ...] = (
        "toc",
        "tables",
        "fenced_code",
        "admonition",
        "attr_list",
        "footnotes",
        "pymdownx.details",
        "pymdownx.superfences",
    )
    configs: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: {
            "tables": {"use_align_attribute": True},
            "toc": {"permalink": True, "slugify": slugify_unicode},
        }
    )


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Something that is refused, on a line of the file, with the code of its problem."""

    line: int
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """A text as it was parsed: the HTML that may be published, and what it holds. Nothing of it is read elsewhere.

    `html` is sanitised, and "" where the text was not parsed; its links lead where they were written to (`pages.text` makes them addresses of the site).
    """

    html: str
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    unsafe: tuple[Unsafe, ...] = ()


class MarkdownReader:
    """Parses many texts with one set of options: to set Python-Markdown up costs as much as to parse a short text."""

    def __init__(self, options: MarkdownOptions | None = None) -> None:
        self._options = options or MarkdownOptions()

    @cached_property
    def _markdown(self) -> Markdown:
        return self._new()

    def _new(self) -> Markdown:
        configs = {name: dict(values) for name, values in self._options.configs.items()}
        return Markdown(extensions=[*self._options.extensions, WikiLinks()], extension_configs=configs)

    def read(self, text: str, first_line: int = 1) -> MarkdownText:
        """Parse the body of a page that begins at `first_line` of its file. Never raises."""
        lines = Lines(text, first_line)
        if beyond := too_complex(text):
            return _refused(first_line + text.count("\n", 0, beyond[0]), beyond[1])
        try:
            rendered = self._markdown.reset().convert(without_control_characters(text))
        except Exception as error:  # an extension that stops at a text must not stop the check of all others
            self._markdown = self._new()  # its unfinished state would show in the next text
            if isinstance(error, RecursionError):
                return _refused(first_line, message("Its lists, quotations, links or emphasis are nested too deeply."))
            return _refused(
                first_line, message("Python-Markdown stops at this text: {name}.", name=type(error).__name__)
            )
        html = sanitise(rendered)
        content = outline(html, text, first_line)
        unsafe = [*_hidden(text, html, lines), *_unsafe(taken_away(rendered, html), lines)]
        return MarkdownText(html, content.headings, content.anchors, content.links, tuple(unsafe))


def _refused(line: int, fault: str) -> MarkdownText:
    """A text that is not parsed."""
    return MarkdownText("", unsafe=(Unsafe(line, "too-complex", fault),))


def _hidden(text: str, html: str, lines: Lines) -> Iterator[Unsafe]:
    names = {name: lines.at(offset) for offset, name in hidden_characters(text)}
    for _, name in hidden_characters(plain(html)):
        names.setdefault(name, lines.of(("&#",)))  # written as an entity
    for name, line in names.items():
        yield Unsafe(line, "hidden-text", message("The character {name} can't be seen.", name=name))


def _unsafe(losses: list[Loss], lines: Lines) -> Iterator[Unsafe]:
    number: Counter[str] = Counter()
    for loss in losses:
        needle = next((needle for needle in loss.needles if lines.offsets(needle)), "")
        yield Unsafe(lines.of((needle,), number[needle]), loss.code, loss.message, loss.hint)
        number[needle] += 1
