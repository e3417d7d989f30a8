"""The risks of a plan: the causes of the lessons that come near it, weightiest first; also as Markdown for a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.failures import SUCCESS
from knowledge_garden.indexes.lessons import Lesson
from knowledge_garden.indexes.premortem import Risk, weight_of
from knowledge_garden.locale import Language
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import message
from knowledge_garden.pages.premortem import risks_as_markdown
from knowledge_garden.search import DocumentKind, Nearness

SAME = 2  # times that a lesson of the plan's stage, or of its community, counts
_OF_CAUSE = 4  # a cause that is near counts as a lesson of medium harm; its score is at most half of a lesson's
_EXAMPLES = 3  # lessons of a cause that is near while none of its lessons is


@dataclass(frozen=True, slots=True)
class PlanRisk:
    """A risk of a plan. `because`: the lessons that come near, and the cause itself where it does, nearest first.

    The lessons of `risk` are those, or the gravest of the cause where the cause alone comes near.
    """

    risk: Risk
    because: tuple[Nearness, ...]


def risks_of_plan(indexes: Indexes, near: Iterable[Nearness], stage: str, community: str) -> list[PlanRisk]:
    """The causes at work in what comes near, weightiest first.

    A lesson weighs its score by the harm that was done; lessons of the plan's stage, and of its community, count twice.
    """
    garden, causes = indexes.garden, indexes.failures.causes
    because: dict[str, list[tuple[int, Nearness]]] = defaultdict(list)
    for match in near:
        if match.document.kind is DocumentKind.CAUSE:
            because[match.document.key].append((match.score * _OF_CAUSE, match))
            continue
        lesson = garden.lessons[match.document.key]
        if not _succeeded(garden, lesson):
            weight = match.score * weight_of(lesson) * _factor(lesson, stage, community)
            for key in dict.fromkeys(lesson.fields.causes):
                because[key].append((weight, match))
    risks = []
    for key, reasons in because.items():
        if key in causes:
            reasons.sort(key=lambda reason: -reason[0])
            entry = causes[key]
            slugs = [match.document.key for _, match in reasons if match.document.kind is DocumentKind.LESSON]
            failed = (lesson for lesson in entry.lessons if not _succeeded(garden, lesson))
            gravest = sorted(failed, key=lambda lesson: -weight_of(lesson))[:_EXAMPLES]
            lessons = tuple(garden.lessons[slug] for slug in slugs) or tuple(gravest)
            weight = sum(weight for weight, _ in reasons)
            risk = Risk(key, entry.cause, weight, lessons, tuple(entry.prevented_by))
            risks.append(PlanRisk(risk, tuple(match for _, match in reasons)))
    return sorted(risks, key=lambda plan_risk: (-plan_risk.risk.weight, plan_risk.risk.cause.title.casefold()))


def _succeeded(garden: Garden, lesson: Lesson) -> bool:
    return garden.settings.outcome(lesson.fields.outcome).kind == SUCCESS


def _factor(lesson: Lesson, stage: str, community: str) -> int:
    of_stage = bool(stage) and lesson.fields.stage == stage
    of_community = bool(community) and community in lesson.fields.communities
    return (SAME if of_stage else 1) * (SAME if of_community else 1)


def plan_as_markdown(title: str, risks: Sequence[PlanRisk], language: Language) -> str:
    """The risks of a plan as a Markdown list of tasks, to be pasted into a ticket. `title` is the plan's own, or ""."""
    heading = message("Before you start: {stage}", stage=title) if title else message("Before you start")
    return risks_as_markdown(language.text(heading), [plan_risk.risk for plan_risk in risks], language)
