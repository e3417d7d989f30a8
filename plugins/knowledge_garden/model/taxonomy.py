"""What a garden calls things: outcomes, stages, causes and facets, the forms of the values of garden.yml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import FullLine, Line, Many, Prose, Slug, Text
from knowledge_garden.model.messages import message


class Named(Fields):
    """A title, and other words that people use for the same thing. A plain text is the title."""

    short = "title"
    title: FullLine = Field(description="Its name.")
    also: Many[FullLine] = Field((), description="Other words for it; a search for them finds it.")


OutcomeKind = Literal["success", "failure", "mixed", "near-miss"]


class OutcomeSetting(Fields):
    """How something went. A plain text is the title."""

    short = "title"
    title: FullLine = Field(description="The text shown for it.")
    counts_as: Literal["", OutcomeKind] = Field(
        "",
        description="What it counts as, for its colour and for whether causes are asked for. "
        "Empty: the kind of its own name, else mixed.",
    )


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """An outcome as pages show it. As a text it is its title."""

    key: str
    title: str
    kind: OutcomeKind

    def __str__(self) -> str:
        return self.title


OUTCOMES = {
    "success": message("Success"),
    "failure": message("Failure"),
    "mixed": message("Mixed"),
    "near-miss": message("Near miss"),
}


def default_outcomes() -> dict[str, OutcomeSetting]:
    """The four outcomes that every garden has."""
    return {key: OutcomeSetting(title=title) for key, title in OUTCOMES.items()}


class Cause(Fields):
    """A way in which work goes wrong."""

    title: FullLine = Field(description="Its name, in words that people would type.")
    description: Prose = Field("", description="What it is.")
    prevention: Prose = Field("", description="What prevents it.")
    also: Many[FullLine] = Field((), description="Other words for it; a search for them finds it.")
    signs: Many[Text] = Field((), description="Early signs of it, as somebody at work would notice them.")
    checks: Many[Text] = Field((), description="A list to go through before it happens: a question or an act each.")
    group: Line = Field("", description="The heading under which the list of failures shows it.")
    formerly: Many[Slug] = Field(
        (), description="Its earlier keys. Lessons that use one, and its old address, keep working."
    )

    @property
    def question(self) -> str:
        """The question to ask first: the first of its checks that is one; "" where none is."""
        return next((check for check in self.checks if check.endswith(("?", "？", "؟"))), "")

    @property
    def tasks(self) -> tuple[str, ...]:
        """Its checks without that question."""
        question = self.question
        return tuple(check for check in self.checks if check != question)


class Dimension(Fields):
    """A facet, a way in which knowledge is classified: a unit, a place, a discipline, a client group."""

    title: FullLine = Field(description="Its name.")
    description: Prose = Field("", description="What it says of a lesson or a person.")
    values: dict[str, Named] = Field(default_factory=dict, description="Its values: key and title. Empty: any text.")
