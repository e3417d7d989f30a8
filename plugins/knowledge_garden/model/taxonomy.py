"""What a garden calls things: outcomes, stages, causes and facets, the forms of the values of garden.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import FullLine, Line, Many, Prose, Slug, Text
from knowledge_garden.model.levels import Levels, levels_of
from knowledge_garden.model.messages import message
from knowledge_garden.model.world import world


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


class FacetSetting(Named):
    """A value of a dimension. A plain text is the title."""

    within: Line = Field("", description="The value of which it is a part: another key of the dimension, or a region.")
    sample: bool = Field(False, description="true where it is an invented example.")


class Dimension(Fields):
    """A facet, a way in which knowledge is classified: a unit, a place, a discipline, a client group."""

    title: FullLine = Field(description="Its name.")
    description: Prose = Field("", description="What it says of a lesson or a person.")
    values: dict[str, FacetSetting] = Field(
        default_factory=dict, description="Its values: key and title. Empty: any text."
    )
    levels: Literal["", "world"] = Field(
        "",
        description="world: the regions and countries of the world are values too, and places below them any text. "
        "Empty: only the values listed.",
    )
    hear_from: Many[FullLine] = Field(
        (), description="The values from which the garden wants to hear. A page says which of them are silent."
    )
    centre: Many[FullLine] = Field(
        (), description="The values that are headquarters or management; the share of lessons from elsewhere is shown."
    )

    @cached_property
    def tree(self) -> Levels:
        """Its values with their levels: its own first, then those that `levels` brings."""
        own = ((key, value.title, value.within, value.also) for key, value in self.values.items())
        brought = ((name, name, within, also) for name, within, also in (world() if self.levels == "world" else ()))
        listed = bool(self.values or self.levels)
        return levels_of(chain(own, brought), listed=listed, open_below=self.levels == "world")

    @model_validator(mode="after")
    def _values_that_exist(self) -> Dimension:
        tree = self.tree
        for key, value in self.values.items():
            if value.within and not tree.has(tree.key(value.within)):
                raise _unknown_value(("values", key, "within"), value.within)
            if value.within and key in tree.path(tree.parents[key]):
                reason = message("{value} is a part of itself", value=key)
                hint = message("Remove within from the widest of these values.")
                raise _refused(("values", key, "within"), value.within, reason, hint)
        for name in ("hear_from", "centre"):
            for position, written in enumerate(getattr(self, name)):
                if not tree.has(tree.key(written)):
                    raise _unknown_value((name, position), written)
        return self


def _unknown_value(location: tuple[str | int, ...], written: str) -> ValidationError:
    reason = message("{value} is not a value of this dimension", value=written)
    return _refused(location, written, reason, message("Name one of its values, or add it to them."))


def _refused(location: tuple[str | int, ...], written: str, reason: str, hint: str) -> ValidationError:
    """An error at a place inside the dimension, so that the message names its line."""
    detail = PydanticCustomError("facet_value", "{reason}", {"reason": reason, "hint": hint})
    return ValidationError.from_exception_data(
        "Dimension", [InitErrorDetails(type=detail, loc=location, input=written)]
    )


class Aim(Fields):
    """A strategic aim of the organisation, which communities serve. A plain text is the title."""

    short = "title"
    title: FullLine = Field(description="Its name.")
    description: Prose = Field("", description="What is to be reached, and by when.")
