"""The texts of a document: its fields, and the sentences of a page."""

from __future__ import annotations

from functools import partial
from typing import Any

from knowledge_garden.model.garden import Page
from knowledge_garden.search.documents import Field, PageLinkText
from knowledge_garden.search.plain import Sentence, sentences_of


def texts_of(*values: tuple[Field, Any]) -> tuple[tuple[Field, str], ...]:
    """The fields that have text; a list is joined."""
    texts = []
    for name, value in values:
        if text := value if isinstance(value, str) else " . ".join(filter(None, value)):
            texts.append((name, text))
    return tuple(texts)


def page_sentences(page: Page, link_text: PageLinkText, summary: str, *others: str) -> tuple[Sentence, ...]:
    """The summary and other texts of a record, then the sentences of its body."""
    first = [Sentence(text, field="summary") for text in (summary, *others) if text]
    return (*first, *sentences_of(page.html, partial(link_text, page.path)))


def own_headings(page: Page) -> list[str]:
    """The headings of a page but those that every lesson has."""
    return [heading.text for heading in page.headings if not heading.standard]


def body_of(sentences: tuple[Sentence, ...], skip: int) -> str:
    """The sentences after the first `skip` as one text."""
    return " . ".join(sentence.text for sentence in sentences[skip:])
