"""The language of a page, and what `garden new` writes in it: the headings of a lesson and the questions under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from knowledge_garden.locale import Language, available_languages, language_of, language_or_english
from knowledge_garden.model.community import CHARTER_QUESTION
from knowledge_garden.model.lesson import HEADINGS, QUESTIONS
from knowledge_garden.model.links import Heading


def page_language(meta: Mapping[str, object], garden: Language) -> Language:
    """The language that a front matter names, else the garden's. Raises ValueError for a text that names no language."""
    tag = meta.get("language")
    if not isinstance(tag, str) or not tag.strip() or tag.strip() == garden.tag:
        return garden
    return language_of(tag.strip(), garden.phrases)


def lesson_headings(headings: Iterable[Heading], language: Language) -> tuple[Heading, ...]:
    """The headings of a lesson; those that every lesson has are recognised in its language."""
    names = _names(language)
    return tuple(
        replace(heading, standard=name) if (name := names.get(heading.text.casefold())) else heading
        for heading in headings
    )


def missing_headings(headings: Iterable[Heading], language: Language) -> list[str]:
    """The headings that a lesson lacks, in its language; none where nobody has translated them into it."""
    if language.locale.language not in {tag.partition("-")[0] for tag in available_languages()}:
        return []
    present = {heading.standard for heading in headings}
    return [language.gettext(heading) for heading in HEADINGS if heading not in present]


@cache
def _names(language: Language) -> Mapping[str, str]:
    """A heading as it is written in a language, in lower case → the heading in English."""
    return {language.gettext(heading).casefold(): heading for heading in HEADINGS}


@cache
def prompts(garden: Language) -> frozenset[str]:
    """Lines that `garden new` writes to be replaced, in every language; a record that still has one is not finished."""
    languages = (garden, *map(language_or_english, available_languages()))
    questions = (*QUESTIONS.values(), CHARTER_QUESTION)
    return frozenset(f"*{language.gettext(question)}*" for language in languages for question in questions)
