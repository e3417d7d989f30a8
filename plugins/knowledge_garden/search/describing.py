"""Describes every published record, cause and page of a garden as a document that can be found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
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
from knowledge_garden.search.documents import (
    PRIORS,
    SAMPLE_PRIOR,
    Document,
    DocumentKind,
    Field,
    PageLinkText,
    Published,
)
from knowledge_garden.search.plain import Sentence, sentences_of
from knowledge_garden.search.tokens import DEFAULT_LANGUAGE, primary
from knowledge_garden.search.wording import (
    cause_keys,
    cause_words,
    causes_of,
    names_of,
    origin_words,
)


def documents_of(garden: Garden, published: Published, link_text: PageLinkText | None = None) -> list[Document]:
    """Every document that may be shown, lessons first: the order breaks ties. Linear in the size of the garden.

    `link_text`: (content path, name in [[name]], own text or "") → what a link on that page shows.
    """
    shown = link_text or _titles(garden, published)
    documents = [_lesson(garden, lesson, shown) for lesson in garden.lessons.values() if published(lesson.path)]
    documents += _causes(garden)
    documents += [_community(garden, record, shown) for record in garden.communities.values() if published(record.path)]
    documents += [_partner(record, shown) for record in garden.partners.values() if published(record.path)]
    documents += [_person(garden, record, shown) for record in garden.people.values() if published(record.path)]
    documents += [_page(page, shown) for path, page in garden.pages.items() if page.kind is None and published(path)]
    return documents


def _titles(garden: Garden, published: Published) -> PageLinkText:
    """A link's own text, else the title of the published page that it leads to, else nothing."""
    by_name = {
        name: record.title
        for record in garden.records()
        if published(record.path)
        for name in (record.slug, *record.aliases)
    }
    return lambda _, name, own: own or by_name.get(name.rpartition("/")[2].removesuffix(".md"), "")


def text_document(title: str, summary: str, html: str, *, key: str = "", causes: tuple[str, ...] = ()) -> Document:
    """A text that is not in the garden, such as a draft of a lesson, as a document to compare with those that are.

    `html` is its sanitised HTML, as `reading` makes it.
    """
    sentences = sentences_of(html, lambda name, own: own or name.replace("-", " "))
    texts = _texts(
        (Field.TITLE, title), (Field.SUMMARY, summary), (Field.BODY, " ".join(each.text for each in sentences))
    )
    return Document(
        kind=DocumentKind.LESSON,
        key=key,
        path="",
        title=title,
        summary=summary,
        language=DEFAULT_LANGUAGE,
        prior=PRIORS[DocumentKind.LESSON],
        texts=texts,
        sentences=tuple(sentences),
        facets={"cause": causes},
    )


def _texts(*values: tuple[Field, Any]) -> tuple[tuple[Field, str], ...]:
    """The fields that have text; a list is joined."""
    joined = ((name, value if isinstance(value, str) else " . ".join(filter(None, value))) for name, value in values)
    return tuple((name, text) for name, text in joined if text)


def _sentences(page: Page, link_text: PageLinkText, summary: str, *others: str) -> tuple[Sentence, ...]:
    first = [Sentence(each, field="summary") for each in (summary, *others) if each]
    return (*first, *sentences_of(page.html, partial(link_text, page.path)))


def _headings(page: Page) -> list[str]:
    return [each.text for each in page.headings if each.text not in HEADINGS]


def _body(sentences: tuple[Sentence, ...], skip: int) -> str:
    return " . ".join(each.text for each in sentences[skip:])


def _lesson(garden: Garden, record: Record[LessonFields], link_text: PageLinkText) -> Document:
    fields, settings = record.fields, garden.settings
    sentences = _sentences(record.page, link_text, fields.summary)
    causes = [word for each in causes_of(garden, fields) for word in names_of(each)]
    places = origin_words(garden, fields.origin)
    names = [word for each in fields.sources for word in (each.publisher, each.title)]
    beside = [
        *(Sentence(word, cause.title, "causes") for cause in causes_of(garden, fields) for word in names_of(cause)),
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
        (
            Field.STAGE,
            [settings.outcome(fields.outcome).title, fields.stage, *names_of(settings.stages.get(fields.stage))],
        ),
    )
    facets = {
        "outcome": (str(fields.outcome),),
        "cause": cause_keys(garden, fields),
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
        also = cause.also
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
                (Field.ALIASES, [*(each.replace("-", " ") for each in (key, *cause.formerly)), *also]),
                (Field.SUMMARY, cause.description),
                (Field.BODY, [each for each in others if each not in (*also, cause.description)]),
            ),
            sentences=tuple(Sentence(each) for each in others if each and each not in also),
            facets={"cause": (key,)},
        )


def _community(garden: Garden, record: Record[CommunityFields], link_text: PageLinkText) -> Document:
    fields = record.fields
    partners = [garden.partners[each].title for each in fields.partners if each in garden.partners]
    sentences = _sentences(record.page, link_text, fields.purpose)
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


def _partner(record: Record[PartnerFields], link_text: PageLinkText) -> Document:
    fields = record.fields
    sentences = _sentences(record.page, link_text, fields.relation)
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


def _person(garden: Garden, record: Record[PersonFields], link_text: PageLinkText) -> Document:
    fields = record.fields
    holds = [f"Holds: {each}" for each in fields.holds]
    sentences = _sentences(record.page, link_text, "", *holds)
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
            (Field.NAMES, [fields.organisation, *origin_words(garden, fields.origin)]),
            (Field.BODY, _body(sentences, len(holds))),
        ),
        sentences=sentences,
        facets={name: (value,) for name, value in fields.origin.items()},
    )


def _page(page: Page, link_text: PageLinkText) -> Document:
    description = page.meta.get("description")
    summary = description if isinstance(description, str) else ""
    sentences = _sentences(page, link_text, summary)
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
