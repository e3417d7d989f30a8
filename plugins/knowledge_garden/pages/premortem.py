"""Pre-mortems: for each stage of work, how it went wrong before, and what to check; also as Markdown for a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from knowledge_garden.indexes import Indexes
from knowledge_garden.indexes.premortem import Key, Premortem, Risk, index_premortems
from knowledge_garden.locale import Language
from knowledge_garden.model import addresses
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.messages import Message, message, messages
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage

LESSONS_SHOWN = 5  # of each risk; the cause's own page lists all


def premortem_pages(garden: Garden) -> Iterator[GeneratedPage]:
    """The list of stages, then a page for each stage, and for each stage within a community, with something to tell."""
    yield GeneratedPage(
        addresses.PREMORTEMS,
        message("Before you start"),
        message("Choose what you are about to do, and see how it went wrong before, and what to check."),
        "premortems.html",
        source=f"{SETTINGS_FILE}#stages",
    )
    for stage, community in index_premortems(garden):
        title = _title(garden, stage, community)
        yield GeneratedPage(
            addresses.premortem(stage, community),
            title,
            message("How this went wrong before, the weightiest causes first, with questions to ask and checks to do."),
            "premortem.html",
            partial(_values, (stage, community)),
            source=f"{SETTINGS_FILE}#stages.{stage}",
        )


def _title(garden: Garden, stage: str, community: str) -> Message:
    name = garden.settings.stages[stage].title
    if community:
        return message(
            "Before you start: {stage} ({community})", stage=name, community=garden.communities[community].title
        )
    return message("Before you start: {stage}", stage=name)


def _values(key: Key, indexes: Indexes) -> Mapping[str, object]:
    premortem = indexes.premortems[key]
    communities = [
        (slug, charter.title)
        for slug, charter in indexes.garden.communities.items()
        if (key[0], slug) in indexes.premortems
    ]
    return {
        "premortem": premortem,
        "communities": communities,
        "shown": LESSONS_SHOWN,
        "markdown": partial(as_markdown, indexes.garden, premortem),
    }


def as_markdown(garden: Garden, premortem: Premortem, language: Language) -> str:
    """The pre-mortem as a Markdown list of tasks, to be pasted into a ticket."""
    title = language.text(_title(garden, premortem.stage, premortem.community))
    return risks_as_markdown(title, premortem.risks, language)


def risks_as_markdown(title: str, risks: Iterable[Risk], language: Language) -> str:
    """Risks under a title: the question to ask, what prevents them, the checks as tasks, and the lessons."""
    text = language.text
    lines = [f"# {title}", ""]
    for risk in risks:
        count = messages("{number} lesson", "{number} lessons", len(risk.lessons))
        lines += [f"## {risk.cause.title} ({text(count)})", ""]
        if risk.cause.question:
            lines += [f"**{risk.cause.question}**", ""]
        if risk.cause.prevention:
            lines += [risk.cause.prevention, ""]
        if risk.cause.tasks:
            lines += [*(f"- [ ] {check}" for check in risk.cause.tasks), ""]
        if risk.lessons:
            seen = (f"- {lesson.title}" for lesson in risk.lessons[:LESSONS_SHOWN])
            lines += [text(message("Seen in:")), "", *seen, ""]
    return "\n".join(lines)
