"""What can be searched: every published record, cause and page as a document with its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.records import (
    HEADINGS,
    CommunityFields,
    LessonFields,
    PartnerFields,
    PersonFields,
)
from knowledge_garden.model.settings import Cause
from knowledge_garden.search.plain import Sentence, sentences_of
from knowledge_garden.search.tokens import DEFAULT_LANGUAGE, primary

Published = Callable[[str], bool]  # whether the page at a content path may be shown to every reader


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
    DocumentKind.CAUSE: 80,
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


def documents_of(garden: Garden, published: Published) -> list[Document]:
    """Every document that may be shown, lessons first: the order breaks ties. Linear in the size of the garden."""
    titles = _Titles(garden, published)
    found = [_lesson(garden, each, titles) for each in garden.lessons.values() if published(each.path)]
    found += _causes(garden)
    found += [_community(garden, each, titles) for each in garden.communities.values() if published(each.path)]
    found += [_partner(each, titles) for each in garden.partners.values() if published(each.path)]
    found += [_person(garden, each, titles) for each in garden.people.values() if published(each.path)]
    found += [_page(each, titles) for path, each in garden.pages.items() if each.kind is None and published(path)]
    return found


class _Titles:
    """The words of a link [[slug]] without words of its own: the title of a published page, or nothing."""

    def __init__(self, garden: Garden, published: Published) -> None:
        self.by_name = {
            name: record.title
            for record in garden.records()
            if published(record.path)
            for name in (record.slug, *record.aliases)
        }

    def __call__(self, name: str) -> str:
        return self.by_name.get(name.rpartition("/")[2].removesuffix(".md"), "")


def _texts(*values: tuple[Field, Any]) -> tuple[tuple[Field, str], ...]:
    """The fields that have text; a list is joined."""
    joined = ((name, value if isinstance(value, str) else " . ".join(filter(None, value))) for name, value in values)
    return tuple((name, text) for name, text in joined if text)


def _sentences(page: Page, titles: _Titles, summary: str, *others: str) -> tuple[Sentence, ...]:
    first = [Sentence(each, field="summary") for each in (summary, *others) if each]
    return (*first, *sentences_of(page.body, titles))


def _headings(page: Page) -> list[str]:
    return [each.text for each in page.headings if each.text not in HEADINGS]


def _body(sentences: tuple[Sentence, ...], skip: int) -> str:
    return " . ".join(each.text for each in sentences[skip:])


def cause_words(cause: Any) -> tuple[str, ...]:
    """Everything that garden.yml says of a cause: other names, description, signs, checks, prevention."""
    also, signs, checks = (tuple(getattr(cause, name, ()) or ()) for name in ("also", "signs", "checks"))
    return (cause.title, *also, cause.description, *signs, *checks, cause.prevention)


def _also(value: Any) -> tuple[str, ...]:
    return tuple(getattr(value, "also", ()) or ())


def _known_causes(garden: Garden, fields: LessonFields) -> list[Cause]:
    return [garden.settings.causes[key] for key in fields.causes if key in garden.settings.causes]


def _named(settings_value: Any) -> tuple[str, ...]:
    """A stage or a facet's value: its title and other names, whether garden.yml gives a text or a mapping."""
    if isinstance(settings_value, str):
        return (settings_value,)
    return (getattr(settings_value, "title", ""), *_also(settings_value))


def _origin(garden: Garden, origin: Mapping[str, str]) -> list[str]:
    found = []
    for dimension, value in origin.items():
        settings = garden.settings.dimensions.get(dimension)
        known = settings.values.get(value) if settings else None
        found += [value, *(_named(known) if known is not None else ())]
    return found


def _lesson(garden: Garden, record: Record[LessonFields], titles: _Titles) -> Document:
    fields, settings = record.fields, garden.settings
    sentences = _sentences(record.page, titles, fields.summary)
    causes = [word for each in _known_causes(garden, fields) for word in cause_words(each)]
    stage = settings.stages.get(fields.stage, fields.stage)
    places = _origin(garden, fields.origin)
    names = [word for each in fields.sources for word in (each.publisher, each.title)]
    beside = [
        *(Sentence("; ".join((each.title, *_also(each))), field="causes") for each in _known_causes(garden, fields)),
        Sentence(", ".join(fields.tags), field="tags"),
        Sentence(", ".join(filter(None, [*dict.fromkeys(places), *dict.fromkeys(names)])), field="names"),
    ]
    communities = [garden.communities[each].title for each in fields.communities if each in garden.communities]
    year = str(fields.date.first.year) if fields.date else ""
    texts = _texts(
        (Field.TITLE, fields.title),
        (Field.ALIASES, [each.replace("-", " ") for each in (record.slug, *fields.aliases)]),
        (Field.TAGS, fields.tags),
        (Field.SUMMARY, fields.summary),
        (Field.CAUSES, causes),
        (Field.NAMES, [*places, *names, year]),
        (Field.HEADINGS, _headings(record.page)),
        (Field.BODY, [_body(sentences, 1), *(each.what for each in fields.actions)]),
        (Field.COMMUNITY, communities),
        (Field.STAGE, [settings.outcome(fields.outcome), *_named(stage)]),
    )
    facets = {
        "outcome": (fields.outcome.value,),
        "cause": fields.causes,
        "stage": (fields.stage,) if fields.stage else (),
        "community": fields.communities,
        "year": (year,) if year else (),
        **{name: (value,) for name, value in fields.origin.items()},
    }
    return Document(
        kind=DocumentKind.LESSON,
        key=record.slug,
        path=record.path,
        title=fields.title,
        summary=fields.summary,
        language=primary(fields.language),
        prior=PRIORS[DocumentKind.LESSON],
        texts=texts,
        sentences=(*sentences, *(each for each in beside if each.text)),
        facets=facets,
    )


def _causes(garden: Garden) -> Iterator[Document]:
    for key, cause in garden.settings.causes.items():
        title, *others = cause_words(cause)
        former = tuple(getattr(cause, "formerly", ()) or ())
        also = _also(cause)
        yield Document(
            kind=DocumentKind.CAUSE,
            key=key,
            path=addresses.cause(key),
            title=title,
            summary=cause.description,
            language=DEFAULT_LANGUAGE,
            prior=PRIORS[DocumentKind.CAUSE],
            texts=_texts(
                (Field.TITLE, title),
                (Field.ALIASES, [*(each.replace("-", " ") for each in (key, *former)), *also]),
                (Field.SUMMARY, cause.description),
                (Field.BODY, [each for each in others if each not in (*also, cause.description)]),
            ),
            sentences=tuple(Sentence(each) for each in others if each and each not in also),
            facets={"cause": (key,)},
        )


def _community(garden: Garden, record: Record[CommunityFields], titles: _Titles) -> Document:
    fields = record.fields
    partners = [garden.partners[each].title for each in fields.partners if each in garden.partners]
    sentences = _sentences(record.page, titles, fields.purpose)
    more = (*fields.scope.within, *fields.expectations, fields.strategy, *fields.needs, _body(sentences, 1))
    return Document(
        kind=DocumentKind.COMMUNITY,
        key=record.slug,
        path=record.path,
        title=fields.title,
        summary=fields.purpose,
        language=DEFAULT_LANGUAGE,
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.COMMUNITY],
        texts=_texts(
            (Field.TITLE, fields.title),
            (Field.ALIASES, [each.replace("-", " ") for each in (record.slug, *fields.aliases)]),
            (Field.SUMMARY, fields.purpose),
            (Field.NAMES, [each for each in partners if each]),
            (Field.HEADINGS, _headings(record.page)),
            (Field.BODY, more),
        ),
        sentences=sentences,
        facets={"community": (record.slug,)},
    )


def _partner(record: Record[PartnerFields], titles: _Titles) -> Document:
    fields = record.fields
    sentences = _sentences(record.page, titles, fields.relation)
    return Document(
        kind=DocumentKind.PARTNER,
        key=record.slug,
        path=record.path,
        title=fields.title,
        summary=fields.relation,
        language=DEFAULT_LANGUAGE,
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.PARTNER],
        texts=_texts((Field.TITLE, fields.title), (Field.SUMMARY, fields.relation), (Field.BODY, _body(sentences, 1))),
        sentences=sentences,
    )


def _person(garden: Garden, record: Record[PersonFields], titles: _Titles) -> Document:
    fields = record.fields
    holds = [f"Holds: {each}" for each in fields.holds]
    sentences = _sentences(record.page, titles, "", *holds)
    return Document(
        kind=DocumentKind.PERSON,
        key=record.slug,
        path=record.path,
        title=record.title,
        summary="; ".join(fields.holds),
        language=DEFAULT_LANGUAGE,
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.PERSON],
        texts=_texts(
            (Field.TITLE, record.title),
            (Field.SUMMARY, fields.holds),
            (Field.NAMES, [fields.organisation, *_origin(garden, fields.origin)]),
            (Field.BODY, _body(sentences, len(holds))),
        ),
        sentences=sentences,
        facets={name: (value,) for name, value in fields.origin.items()},
    )


def _page(page: Page, titles: _Titles) -> Document:
    description = page.meta.get("description")
    summary = description if isinstance(description, str) else ""
    sentences = _sentences(page, titles, summary)
    return Document(
        kind=DocumentKind.PAGE,
        key=page.slug,
        path=page.path,
        title=page.title,
        summary=summary,
        language=DEFAULT_LANGUAGE,
        prior=PRIORS[DocumentKind.PAGE],
        texts=_texts(
            (Field.TITLE, page.title),
            (Field.SUMMARY, summary),
            (Field.HEADINGS, _headings(page)),
            (Field.BODY, _body(sentences, 1 if summary else 0)),
        ),
        sentences=sentences,
    )
