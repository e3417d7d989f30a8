"""What every garden has: the home page, lists of lessons and communities, and the reference pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge_garden.forges import FORGES, Forge
from knowledge_garden.hints import Near
from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.collisions import check_collisions
from knowledge_garden.indexes.communities import Communities, index_communities
from knowledge_garden.indexes.freshness import Due, index_freshness
from knowledge_garden.indexes.named_people import check_named_people
from knowledge_garden.indexes.privacy import check_privacy
from knowledge_garden.indexes.references import check_references
from knowledge_garden.locale import fits, interface_texts, language_of
from knowledge_garden.model.contributions import Notice
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message, messages
from knowledge_garden.model.problems import CODES, Code, Problem, problem
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.lists import list_pages
from knowledge_garden.pages.reference import reference_pages
from knowledge_garden.pages.tell import tell_pages

_HISTORY_CODES = {
    "shallow-clone": "history-shallow",
    "no-trees": "history-shallow",
    "no-repository": "history-missing",
    "no-commit": "history-missing",
    "git-missing": "history-unreadable",
    "git-refused": "history-unreadable",
    "dubious-ownership": "history-unreadable",
}
_SHOWN_PLACES = 5


def _communities(indexes: Indexes) -> Communities:
    return index_communities(indexes.garden)


def _freshness(indexes: Indexes) -> Mapping[str, Due]:
    return index_freshness(indexes.garden)


COMMUNITIES = Index("communities", _communities)
FRESHNESS = Index("freshness", _freshness)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Communities with their lessons and seats, and the pages that are due for review."""
    return (COMMUNITIES, FRESHNESS)


@hookimpl
def garden_problem_codes() -> Iterable[Code]:
    """The codes of all problems that the garden itself finds."""
    return CODES.values()


@hookimpl
def garden_checks(indexes: Indexes) -> Iterable[Problem]:
    """What records say of each other, and what a reader of the history must know."""
    garden = indexes.whole
    yield from _check_language(garden)
    yield from check_references(garden, indexes.publication)
    yield from check_privacy(garden, indexes.publication)
    yield from check_named_people(garden, indexes.publication)
    yield from check_collisions(garden, indexes.generated)
    for notice in map(indexes.publication.notice, garden.history.notices):
        yield _history_problem(notice, garden.content)


def _check_language(garden: Garden) -> Iterator[Problem]:
    """The language of garden.yml, and its own wording of the interface."""
    settings, file = garden.settings, garden.file(SETTINGS_FILE)
    try:
        language_of(settings.language)
    except ValueError as error:
        yield problem("settings", file, 0, message("language: {reason}", reason=error.args[0]))
    near = Near(interface_texts()) if settings.phrases else None
    for text, phrase in settings.phrases.items():
        if near and text not in interface_texts():
            fault = message("phrases: “{text}” is not a text of the interface.", text=text)
            hint = near.did_you_mean(text) or message("Copy the English text from a page, or from scripts/translate.")
            yield problem("unknown-key", file, 0, fault, hint)
        elif not fits(text, phrase):
            fault = message(
                "phrases: “{phrase}” has other {{names}} in braces than “{text}”.", phrase=phrase, text=text
            )
            yield problem("settings", file, 0, fault, message("Use only the names that the English text has."))


@hookimpl
def garden_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The lists that lead to every record, the form for a new lesson, and the reference of fields and problems."""
    yield from list_pages(garden)
    yield from tell_pages(garden)
    yield from reference_pages()


@hookimpl
def garden_forges() -> Iterable[Forge]:
    """GitHub, GitLab, and Gitea with Forgejo."""
    return FORGES


def _history_problem(notice: Notice, content: str) -> Problem:
    """A notice of the history as a problem, with the first of the places that it is about."""
    more = len(notice.places) - _SHOWN_PLACES
    places = ", ".join(notice.places[:_SHOWN_PLACES])
    code = _HISTORY_CODES.get(notice.code, "history-notice")
    text = notice.text
    if more > 0:
        text = messages(
            "{text} [{places} and {number} more]", "{text} [{places} and {number} more]", more, text=text, places=places
        )
    elif places:
        text = message("{text} [{places}]", text=text, places=places)
    return problem(code, content or ".", 0, text, notice.hint)
