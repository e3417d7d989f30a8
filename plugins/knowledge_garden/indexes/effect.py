"""The effect of lessons on the work: who used which, for whom, with what result and thanks, for each community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge_garden.indexes.actions import VALIDATED, ActionEntry, Actions
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.model.dates import When
from knowledge_garden.model.lesson import Application
from knowledge_garden.model.publication import Actor, Publication


@dataclass(frozen=True, slots=True)
class UseEntry:
    """A use of a lesson. `number`: its position there, from 0. `user` and `thanks_from` are as they may be shown;
    the latter is None where nobody gave thanks."""

    lesson: Lesson
    number: int
    application: Application
    user: Actor
    thanks_from: Actor | None

    @property
    def when(self) -> When | None:
        return self.application.date


@dataclass(frozen=True, slots=True)
class CommunityEffect:
    """What came of a community's lessons. `uses`: newest first, the undated last. `validated`: actions shown to work.

    `named`: lessons that people name in their profiles as used, with those people as they are shown, in alphabetical order.
    """

    slug: str
    uses: tuple[UseEntry, ...]
    validated: tuple[ActionEntry, ...]
    named: tuple[tuple[Lesson, tuple[Actor, ...]], ...]

    @property
    def lessons(self) -> int:
        """How many of its lessons were used."""
        return len({use.lesson.slug for use in self.uses} | {lesson.slug for lesson, _ in self.named})

    @property
    def results(self) -> int:
        """Uses that say what came of them."""
        return sum(bool(use.application.result or use.application.saved) for use in self.uses)

    @property
    def thanks(self) -> int:
        """Uses with thanks."""
        return sum(use.thanks_from is not None for use in self.uses)


@dataclass(frozen=True, slots=True)
class Effect:
    """All uses, newest first, and those of each community (slug → effect) and lesson (slug → uses, newest first).

    `named_by`: lesson → people who name it in their profiles as used, as they are shown, in alphabetical order.
    """

    uses: tuple[UseEntry, ...]
    by_lesson: Mapping[str, tuple[UseEntry, ...]] = field(repr=False)
    named_by: Mapping[str, tuple[Actor, ...]] = field(repr=False)
    communities: Mapping[str, CommunityEffect] = field(repr=False)


def index_effect(publication: Publication, actions: Actions, used_by: Mapping[str, Sequence[str]]) -> Effect:
    """Go once through the uses that lessons declare, and through `used_by`: lesson → people whose profiles name it."""
    garden = publication.garden
    uses = newest_uses(
        _use(publication, lesson, number, application)
        for lesson in garden.lessons.values()
        for number, application in enumerate(lesson.fields.applied)
    )
    of_community: dict[str, list[UseEntry]] = {slug: [] for slug in garden.communities}
    for use in uses:
        for slug in dict.fromkeys(use.lesson.fields.communities):
            if slug in of_community:
                of_community[slug].append(use)
    by_lesson: dict[str, list[UseEntry]] = {}
    for use in uses:
        by_lesson.setdefault(use.lesson.slug, []).append(use)
    named: dict[str, list[tuple[Lesson, tuple[Actor, ...]]]] = {slug: [] for slug in garden.communities}
    named_by = {
        slug: tuple(sorted(set(map(publication.actor, people)), key=_by_name))
        for slug, people in sorted(used_by.items())
    }
    for lesson_slug, users in named_by.items():
        lesson = garden.lessons[lesson_slug]
        for slug in dict.fromkeys(lesson.fields.communities):
            if slug in named:
                named[slug].append((lesson, users))
    return Effect(
        uses=uses,
        by_lesson={slug: tuple(of_lesson) for slug, of_lesson in by_lesson.items()},
        named_by=named_by,
        communities={
            slug: CommunityEffect(
                slug=slug,
                uses=tuple(of_one),
                validated=tuple(entry for entry in actions.by_community[slug] if entry.state == VALIDATED),
                named=tuple(named[slug]),
            )
            for slug, of_one in of_community.items()
        },
    )


def newest_uses(uses: Iterable[UseEntry]) -> tuple[UseEntry, ...]:
    """Uses by date, the newest first and the undated last; those of one date by lesson."""
    return tuple(
        sorted(uses, key=lambda use: (-use.when.last.toordinal() if use.when else 0, use.lesson.slug, use.number))
    )


def _use(publication: Publication, lesson: Lesson, number: int, application: Application) -> UseEntry:
    thanks = publication.actor(application.appreciated_by) if application.appreciated_by else None
    return UseEntry(lesson, number, application, publication.actor(application.by), thanks)


def _by_name(actor: Actor) -> tuple[str, str]:
    return actor.name.casefold(), actor.path
