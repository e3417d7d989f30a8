"""Renders this package's templates, with autoescape on, into HTML, and reads a page's sections back from the HTML."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from html import unescape
from importlib.util import cache_from_source
from pathlib import Path
from weakref import WeakKeyDictionary

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from knowledge_garden.indexes import Indexes
from knowledge_garden.locale import ENGLISH, Language
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Page
from knowledge_garden.model.roles import role_label
from knowledge_garden.pages import communities, labels, wording
from knowledge_garden.pages.asking import people_to_ask
from knowledge_garden.pages.bed import plants
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.helping import answer_url, page_help, relay_url
from knowledge_garden.pages.imports import MODULES, ImportedTemplate, Shared
from knowledge_garden.pages.proofs import proofs
from knowledge_garden.pages.selections import by_letter, by_title, latest_lessons, linking_pages
from knowledge_garden.pages.similar import similar_lessons

_HEADING = re.compile(r'<h([23])\b[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>')  # with the sign that links to a heading, which is not of it


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a rendered page."""

    level: int
    anchor: str
    text: str


def compiled_templates(owner: str) -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept: beside this module's own compiled form, as far as it may be written there.

    `owner` keeps apart the environments that compile a template in different ways.
    """
    folder = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return FileSystemBytecodeCache(str(folder), f"jinja-{owner}-%s.bin")


@cache
def _environment(folders: tuple[str, ...] = (), language: Language = ENGLISH) -> Environment:
    """`folders` are looked in before the garden's own templates, which their templates may extend as "own/NAME"."""
    own = PackageLoader("knowledge_garden.pages")
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folders), own, PrefixLoader({"own": own})]),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled_templates("garden"),
        auto_reload=False,  # else each of a page's templates is looked for on disk again
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.template_class = ImportedTemplate
    environment.globals.update(addresses=addresses, labels=labels, plants=plants)
    environment.globals.update(by_letter=by_letter, latest_lessons=latest_lessons, linking_pages=linking_pages)
    environment.globals.update(similar_lessons=similar_lessons, people_to_ask=people_to_ask, charters=communities)
    environment.globals.update(similar_lessons=similar_lessons, page_help=page_help, answer_url=answer_url)
    environment.globals.update(relay_url=relay_url)
    environment.globals.update(wording=wording, proofs=proofs)
    environment.globals.update(by_title=partial(by_title, language), lang=partial(_lang, language.tag))
    environment.globals.update(**phrases(language), language=language)
    environment.filters.update(
        day=language.date,
        number=language.number,
        text=language.text,
        phrase=language.gettext,
        month=language.month,
        weekday=language.weekday,
        role=role_label,
        check_item="- [ ] {}".format,
        initials=initials,
    )
    return environment


def _lang(tag: str, page: Page) -> Markup | str:
    """The attribute that marks a text of a page whose language is not that of the interface."""
    return "" if page.language == tag else Markup(' lang="{}"').format(page.language)


def phrases(language: Language) -> dict[str, Callable[..., Markup]]:
    """The functions with which templates, those of a site's theme too, say something in the language.

    Phrases hold no HTML: it comes in as a value, as Markup. Every page has many, so each is looked up and escaped once.
    """
    escaped: dict[str, Markup] = {}
    forms: dict[tuple[str, str, int], Markup] = {}

    def text(template: str, /, **values: object) -> Markup:
        phrase = escaped.get(template)
        if phrase is None:
            phrase = escaped[template] = escape(language.gettext(template))
        return phrase.format(**values) if values else phrase

    def plural(one: str, many: str, number: int, /, **values: object) -> Markup:
        key = (one, many, number)
        phrase = forms.get(key)
        if phrase is None:
            phrase = forms[key] = escape(language.ngettext(one, many, number))
        return phrase.format(number=language.number(number), **values)

    return {"_": text, "n_": plural}


# Of the last build alone: an older garden is not to stay in memory.
_shared: WeakKeyDictionary[Environment, Shared] = WeakKeyDictionary()


def render(template: str, indexes: Indexes, frame: Frame, here: str, **values: object) -> str:
    """Render a template for the page at `here`. It sees the indexes (`indexes`), `garden`, and `href(path)`."""
    environment = _environment(frame.templates, frame.language)
    shared = _shared.get(environment)
    if shared is None or shared.indexes is not indexes or shared.frame is not frame:
        shared = _shared[environment] = Shared(indexes, frame)
    before, shared.here = shared.here, here
    try:
        return environment.get_template(template).render({**shared.values, MODULES: shared, "here": here, **values})
    finally:
        shared.here = before


def render_fragment(template: str, language: Language = ENGLISH, /, **values: object) -> str:
    """Render a template that needs nothing of the garden."""
    return _environment(language=language).get_template(template).render(**values).strip()


def initials(name: str) -> str:
    """Two letters at most, for a person's mark: Rosa Canina → RC."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()


def sections(html: str) -> list[Section]:
    """The headings of levels 2 and 3 that have an id, for the page's table of contents.

    Reads only what this package's templates wrote, where a pattern is enough and many times faster than a parser.
    """
    return [
        Section(int(level), anchor, " ".join(unescape(_TAG.sub("", words)).split()))
        for level, anchor, words in _HEADING.findall(html)
    ]
