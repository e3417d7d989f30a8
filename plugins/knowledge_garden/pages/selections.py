"""What lists show: new lessons from several communities, backlinks a page at a time, people by letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Any, TypeVar

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.credits import ContributorEntry
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.locale import ENGLISH, Language
from knowledge_garden.model.links import Backlink, LinkForm
from knowledge_garden.pages.link_text import link_text

T = TypeVar("T", bound=Any)
_WITH_SENTENCES = 30  # pages that link to a page, shown with what they say
_BY_TITLE = 500  # further ones, shown by their titles


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that holds a link, parted at the link's own words (`marked`)."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class LinkingPage:
    """A page that links to another: in which relations, and in which sentences of its text."""

    path: str
    title: str
    relations: tuple[str, ...]
    mentions: tuple[Mention, ...]


def latest_lessons(indexes: Indexes, limit: int = 6, of_one_community: int = 2) -> list[Lesson]:
    """The lessons that came into the garden last, newest first.

    A community has at most `of_one_community` among them, unless there are too few others to fill the list; nor is
    there an invented example where there are real ones.
    """
    counts: Counter[str] = Counter()
    chosen, passed = [], []
    for lesson in indexes.credits.latest:
        communities = lesson.fields.communities
        if lesson.fields.sample or any(counts[slug] >= of_one_community for slug in communities):
            passed.append(lesson)
            continue
        counts.update(communities)
        chosen.append(lesson)
        if len(chosen) == limit:
            break
    kept = {lesson.slug for lesson in (*chosen, *passed[: limit - len(chosen)])}
    return [lesson for lesson in indexes.credits.latest if lesson.slug in kept]


@dataclass(frozen=True, slots=True)
class LinkingPages:
    """The pages that link to another, in the order of their titles: the `first` with their sentences, `more` by title."""

    first: tuple[LinkingPage, ...]
    more: tuple[Backlink, ...]
    others: int
    """How many there are beyond those."""


def linking_pages(indexes: Indexes, path: str) -> LinkingPages:
    """The pages that link to the page at `path`, each once; so many that the page stays small."""
    pages: dict[str, list[Backlink]] = {}
    for backlink in indexes.links.to(path):
        pages.setdefault(backlink.source, []).append(backlink)
    sources = list(pages.items())
    more = sources[_WITH_SENTENCES : _WITH_SENTENCES + _BY_TITLE]
    return LinkingPages(
        tuple(_linking_page(indexes, source, backlinks) for source, backlinks in sources[:_WITH_SENTENCES]),
        tuple(backlinks[0] for _, backlinks in more),
        max(0, len(sources) - _WITH_SENTENCES - _BY_TITLE),
    )


def _linking_page(indexes: Indexes, source: str, backlinks: list[Backlink]) -> LinkingPage:
    relations = tuple(dict.fromkeys(backlink.relation for backlink in backlinks if backlink.relation))
    in_text = [backlink for backlink in backlinks if not backlink.relation]
    # A relation is shown beside the lesson's summary; a sentence that was written about the other page says more.
    mentions = dict.fromkeys(_mention(indexes, backlink) for backlink in in_text or backlinks[:1])
    return LinkingPage(source, backlinks[0].title, relations, tuple(mentions))


def _mention(indexes: Indexes, backlink: Backlink) -> Mention:
    """The sentence of a backlink, with titles where another [[slug]] in it has no words of its own."""
    start, end = backlink.mark
    before, after = backlink.sentence[:start], backlink.sentence[end:]
    for link in indexes.garden.pages[backlink.source].links:
        if link.form is LinkForm.WIKI and link.target and not link.text:
            slug_as_read = link.target.rpartition("/")[2].replace("-", " ")
            title = link_text(link, indexes, backlink.source).replace("\\", r"\\")
            pattern = re.compile(rf"(?<!\w){re.escape(slug_as_read)}(?!\w)")
            before, after = pattern.sub(title, before), pattern.sub(title, after)
    return Mention(before, backlink.sentence[start:end], after)


def by_title(language: Language, records: Mapping[str, T]) -> list[tuple[str, T]]:
    """Records, causes or whatever else has a title or stands for something that has one, in the language's order."""

    def key(item: tuple[str, T]) -> tuple[tuple[str, str], str]:
        named = getattr(item[1], "cause", item[1])
        return language.sort_key(named.title), item[0]

    return sorted(records.items(), key=key)


def letter_of(name: str) -> str:
    """The letter under which a name is listed: "É" under "E", anything else than a to z under "#"."""
    letter = _letter(name)
    return letter if letter in ascii_uppercase else "#"


def by_letter(
    people: Iterable[ContributorEntry], language: Language = ENGLISH
) -> list[tuple[str, list[ContributorEntry]]]:
    """People in the language's order, in groups of one first letter ("É" under "E", anything else under "#")."""
    names = ((person, person.contributor.name) for person in people)
    ordered = [
        person for person, _ in sorted(names, key=lambda named: (_letter(named[1]), language.sort_key(named[1])))
    ]
    return [
        (letter, list(group)) for letter, group in groupby(ordered, lambda person: _letter(person.contributor.name))
    ]


def _letter(name: str) -> str:
    first = unicodedata.normalize("NFD", name.strip())[:1].upper()
    return first if first.isalpha() else "#"
