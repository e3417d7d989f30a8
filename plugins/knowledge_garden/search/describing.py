"""Describes every published record, cause and page of a garden as a document that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_garden.model import addresses
from knowledge_garden.model.community import CommunityFields
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.partner import PartnerFields
from knowledge_garden.model.person import PersonFields
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
from knowledge_garden.search.texts import body_of, own_headings, page_sentences, texts_of
from knowledge_garden.search.tokens import DEFAULT_LANGUAGE, primary
from knowledge_garden.search.wording import cause_keys, cause_words, names_of, origin_facets, origin_words


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
    texts = texts_of(
        (Field.TITLE, title), (Field.SUMMARY, summary), (Field.BODY, " ".join(sentence.text for sentence in sentences))
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


def _lesson(garden: Garden, record: Record[LessonFields], link_text: PageLinkText) -> Document:
    fields, settings = record.fields, garden.settings
    sentences = page_sentences(record.page, link_text, fields.summary)
    keys = cause_keys(garden, fields)
    lesson_causes = [settings.causes[key] for key in keys if key in settings.causes]
    causes = [name for cause in lesson_causes for name in names_of(cause)]
    places = origin_words(garden, fields.origin)
    names = [name for source in fields.sources for name in (source.publisher, source.title)]
    slug = record.slug
    beside = [
        *(Sentence(name, cause.title, "causes") for cause in lesson_causes for name in names_of(cause)),
        Sentence(", ".join(fields.tags), field="tags"),
        Sentence(", ".join(filter(None, [*dict.fromkeys(places), *dict.fromkeys(names)])), field="names"),
    ]
    communities = [garden.communities[slug].title for slug in fields.communities if slug in garden.communities]
    year = str(fields.date.first.year) if fields.date else ""
    texts = texts_of(
        (Field.TITLE, fields.title),
        (Field.ALIASES, [name.replace("-", " ") for name in (slug, *fields.aliases)]),
        (Field.TAGS, fields.tags),
        (Field.SUMMARY, fields.summary),
        (Field.CAUSES, causes),
        (Field.NAMES, [*places, *names, year]),
        (Field.HEADINGS, own_headings(record.page)),
        (Field.BODY, [body_of(sentences, 1), *(action.what for action in fields.actions)]),
        (Field.COMMUNITY, communities),
        (
            Field.STAGE,
            [settings.outcome(fields.outcome).title, fields.stage, *names_of(settings.stages.get(fields.stage))],
        ),
    )
    facets = {
        "outcome": (str(fields.outcome),),
        "cause": keys,
        "stage": (fields.stage,) if fields.stage else (),
        "community": fields.communities,
        "year": (year,) if year else (),
        **origin_facets(garden, fields.origin),
    }
    return Document(
        kind=DocumentKind.LESSON,
        key=slug,
        path=record.path,
        title=fields.title,
        summary=fields.summary,
        language=primary(record.page.language),
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.LESSON],
        texts=texts,
        sentences=(*sentences, *(sentence for sentence in beside if sentence.text)),
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
            texts=texts_of(
                (Field.TITLE, title),
                (Field.ALIASES, [*(name.replace("-", " ") for name in (key, *cause.formerly)), *also]),
                (Field.SUMMARY, cause.description),
                (Field.BODY, [text for text in others if text not in (*cause.also, cause.description)]),
            ),
            sentences=tuple(Sentence(text) for text in others if text and text not in cause.also),
            facets={"cause": (key,)},
        )


def _community(garden: Garden, record: Record[CommunityFields], link_text: PageLinkText) -> Document:
    fields = record.fields
    partners = [garden.partners[slug].title for slug in fields.partners if slug in garden.partners]
    sentences = page_sentences(record.page, link_text, fields.purpose)
    more = (
        *fields.scope.within,
        *fields.expectations,
        fields.strategy,
        *(need.what for need in fields.needs),
        body_of(sentences, 1),
    )
    return Document(
        kind=DocumentKind.COMMUNITY,
        key=record.slug,
        path=record.path,
        title=fields.title,
        summary=fields.purpose,
        language=DEFAULT_LANGUAGE,
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.COMMUNITY],
        texts=texts_of(
            (Field.TITLE, fields.title),
            (Field.ALIASES, [name.replace("-", " ") for name in (record.slug, *fields.aliases)]),
            (Field.SUMMARY, fields.purpose),
            (Field.NAMES, [name for name in partners if name]),
            (Field.HEADINGS, own_headings(record.page)),
            (Field.BODY, more),
        ),
        sentences=sentences,
        facets={"community": (record.slug,)},
    )


def _partner(record: Record[PartnerFields], link_text: PageLinkText) -> Document:
    fields = record.fields
    sentences = page_sentences(record.page, link_text, fields.relation)
    return Document(
        kind=DocumentKind.PARTNER,
        key=record.slug,
        path=record.path,
        title=fields.title,
        summary=fields.relation,
        language=DEFAULT_LANGUAGE,
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.PARTNER],
        texts=texts_of(
            (Field.TITLE, fields.title), (Field.SUMMARY, fields.relation), (Field.BODY, body_of(sentences, 1))
        ),
        sentences=sentences,
    )


def _person(garden: Garden, record: Record[PersonFields], link_text: PageLinkText) -> Document:
    fields = record.fields
    holds = [f"Holds: {subject}" for subject in fields.holds]
    sentences = page_sentences(record.page, link_text, "", *holds)
    return Document(
        kind=DocumentKind.PERSON,
        key=record.slug,
        path=record.path,
        title=record.title,
        summary="; ".join(fields.holds),
        language=DEFAULT_LANGUAGE,
        prior=SAMPLE_PRIOR if fields.sample else PRIORS[DocumentKind.PERSON],
        texts=texts_of(
            (Field.TITLE, record.title),
            (Field.SUMMARY, fields.holds),
            (Field.NAMES, [fields.organisation, *origin_words(garden, fields.origin)]),
            (Field.BODY, body_of(sentences, len(holds))),
        ),
        sentences=sentences,
        facets=origin_facets(garden, fields.origin),
    )


def _page(page: Page, link_text: PageLinkText) -> Document:
    description = page.meta.get("description")
    summary = description if isinstance(description, str) else ""
    sentences = page_sentences(page, link_text, summary)
    return Document(
        kind=DocumentKind.PAGE,
        key=page.slug,
        path=page.path,
        title=page.title,
        summary=summary,
        language=DEFAULT_LANGUAGE,
        prior=PRIORS[DocumentKind.PAGE],
        texts=texts_of(
            (Field.TITLE, page.title),
            (Field.SUMMARY, summary),
            (Field.HEADINGS, own_headings(page)),
            (Field.BODY, body_of(sentences, 1 if summary else 0)),
        ),
        sentences=sentences,
    )
