"""The way of a lesson until something changes: actions, recurrences, uses and their effect, celebrations, maintenance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from knowledge_garden.hooks import hookimpl
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.indexes.action_checks import check_actions
from knowledge_garden.indexes.actions import Actions, index_actions
from knowledge_garden.indexes.balance import CommunityBalance, index_balance
from knowledge_garden.indexes.celebrations import FIRST, Celebration, Celebrations, index_celebrations
from knowledge_garden.indexes.chains import Recurrences, index_recurrences
from knowledge_garden.indexes.effect import Effect, index_effect
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.lifecycle import Lifecycle, index_lifecycles
from knowledge_garden.indexes.maintenance import Maintenance, index_maintenance
from knowledge_garden.indexes.uses import users_of_lessons
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.outputs.celebrations import FeedWords, celebrations_feed
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.celebrations import celebration_page, celebration_text
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.lifecycle import lifecycle_pages
from knowledge_garden.pages.similar import linked_lessons
from knowledge_garden.search import copies
from knowledge_garden.search.recurring import PossibleRecurrence, possible_recurrences


def _actions(indexes: Indexes) -> Actions:
    return index_actions(indexes.garden)


def _recurrences(indexes: Indexes) -> Recurrences:
    return index_recurrences(indexes.failures.chains, indexes[ACTIONS])


def _lifecycles(indexes: Indexes) -> Mapping[str, Lifecycle]:
    return index_lifecycles(indexes.garden, indexes.credits.ledger.lines, users_of_lessons(indexes))


def _balance(indexes: Indexes) -> Mapping[str, CommunityBalance]:
    return index_balance(indexes.garden)


def _effect(indexes: Indexes) -> Effect:
    return index_effect(indexes.publication, indexes[ACTIONS], users_of_lessons(indexes))


def _celebrations(indexes: Indexes) -> Celebrations:
    return index_celebrations(indexes.garden, indexes[ACTIONS], indexes[EFFECT], indexes.credits)


def _maintenance(indexes: Indexes) -> Maintenance:
    return index_maintenance(indexes.publication, indexes.freshness)


def _possible(indexes: Indexes) -> tuple[PossibleRecurrence, ...]:
    samples = {slug for slug, lesson in indexes.garden.lessons.items() if lesson.fields.sample}

    def linked(lesson: Lesson) -> set[str]:
        named = linked_lessons(indexes, lesson)
        return named if lesson.fields.sample else named | samples  # nothing invented beside a real event

    return tuple(possible_recurrences(indexes.failures.lessons, indexes.likeness, linked))


ACTIONS = Index("actions", _actions)
RECURRENCES = Index("recurrences", _recurrences)
LIFECYCLES = Index("lifecycles", _lifecycles)
BALANCE = Index("balance", _balance)
EFFECT = Index("effect", _effect)
CELEBRATIONS = Index("celebrations", _celebrations)
MAINTENANCE = Index("maintenance", _maintenance)
POSSIBLE = Index("possible_recurrences", _possible)


@hookimpl
def garden_indexes() -> Iterable[Index[Any]]:
    """Actions, recurrences, how far lessons have come, balance, effect, celebrations and what needs care."""
    return (ACTIONS, RECURRENCES, LIFECYCLES, BALANCE, EFFECT, CELEBRATIONS, MAINTENANCE, POSSIBLE)


@hookimpl
def garden_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """All actions, long recurrences, celebrations by year, effect and maintenance by community."""
    yield from lifecycle_pages(garden)


@hookimpl
def garden_outputs(indexes: Indexes, frame: Frame) -> Iterable[OutputFile]:
    """The celebrations as an Atom feed."""
    return [celebrations_feed(indexes[CELEBRATIONS], feed_words(indexes.garden, frame))]


def feed_words(garden: Garden, frame: Frame) -> FeedWords:
    """The feed's words in the language of the site. First contributions belong to the credits, which can be switched off."""
    say = frame.language.text

    def text(celebration: Celebration) -> str:
        sentence = celebration_text(garden, celebration)
        return say(message("Sample: {text}", text=sentence) if celebration.sample else sentence)

    def address(path: str) -> str:
        return frame.site + frame.url(path) if frame.site else frame.href(addresses.CELEBRATE_FEED, path)

    return FeedWords(
        title=say(message("{garden}: what there is to celebrate", garden=garden.settings.name)),
        author=garden.settings.name,
        language=frame.language.tag,
        site=frame.site,
        shown=lambda celebration: celebration.kind != FIRST or "credits" in frame.features,
        text=text,
        page=partial(celebration_page, garden),
        address=address,
    )


@hookimpl
def garden_checks(indexes: Indexes) -> Iterator[Problem]:
    """Actions and uses that contradict themselves, and lessons that may be the same failure again."""
    yield from check_actions(indexes.whole)
    garden, pairs = indexes.garden, indexes[POSSIBLE]
    copied = {key for copy in copies(indexes.search) for key in (copy.first.key, copy.second.key)} if pairs else set()
    for pair in pairs:
        if {pair.later.slug, pair.earlier.slug} <= copied:
            continue  # the check of copies says more
        fault = message(
            "This may be {slug} again: the same cause and community, and {score} percent alike.",
            slug=pair.earlier.slug,
            score=pair.similar.score,
        )
        hint = message("If it is the same again, write recurs: [{key}]; if not, link to it.", key=pair.earlier.slug)
        yield problem("possible-recurrence", garden.file(pair.later.path), 0, fault, hint)
