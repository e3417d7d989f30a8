"""The documents that can be found: their kinds, their fields, and how much each kind counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge_garden.search.plain import Sentence

Published = Callable[[str], bool]  # whether the page at a content path may be shown to every reader
PageLinkText = Callable[[str, str, str], str]  # (content path, name in [[name]], own text or "") → what the link shows


class Field(StrEnum):
    """The parts of a document that count differently."""

    TITLE = "title"
    ALIASES = "aliases"
    TAGS = "tags"
    SUMMARY = "summary"
    CAUSES = "causes"
    NAMES = "names"
    HEADINGS = "headings"
    BODY = "body"
    COMMUNITY = "community"
    STAGE = "stage"


class DocumentKind(StrEnum):
    """The kinds of document: those of records, and causes and other pages."""

    LESSON = "lesson"
    CAUSE = "cause"
    COMMUNITY = "community"
    PARTNER = "partner"
    PERSON = "person"
    PAGE = "page"


# Percent of its score that a document keeps: a question about work is answered by lessons, not by the handbook.
PRIORS: Mapping[DocumentKind, int] = {
    DocumentKind.LESSON: 100,
    DocumentKind.CAUSE: 50,
    DocumentKind.COMMUNITY: 60,
    DocumentKind.PARTNER: 50,
    DocumentKind.PERSON: 50,
    DocumentKind.PAGE: 35,
}
SAMPLE_PRIOR = 25


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. `path` is the content path of its page; `key` is a lesson's slug, a cause's key, ….

    `sentences` are what is shown of it: the summary, then the text with its headings, then causes, tags and names.
    `facets`: name → values by which results can be narrowed (outcome, cause, stage, community, year, place, …).
    """

    kind: DocumentKind
    key: str
    path: str
    title: str
    summary: str
    language: str
    prior: int
    texts: tuple[tuple[Field, str], ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
