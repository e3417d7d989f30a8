"""What a garden calls things: the form of garden.yml, with defaults that suit a garden that has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import FullLine, Line, Many, Prose, Text
from knowledge_garden.model.intake import Intake
from knowledge_garden.model.messages import message
from knowledge_garden.model.taxonomy import (
    OUTCOMES,
    Aim,
    Cause,
    Dimension,
    Named,
    OutcomeKind,
    OutcomeSetting,
    ShownOutcome,
    default_outcomes,
)

SETTINGS_FILE = "garden.yml"
_TAKEN = frozenset({"actions"})  # failures/actions/ lists all actions, and failures/KEY/ is the page of a cause


class Freshness(Fields):
    """After how many months without a review a page is due for one."""

    lesson: int = Field(24, ge=1, le=1200, description="Months for a lesson.")
    community: int = Field(12, ge=1, le=1200, description="Months for a charter.")


class CreditSettings(Fields):
    """The garden's rules of credit."""

    display: Literal["name", "initials", "pseudonym", "hidden"] = Field(
        "name", description="How people are shown who have not chosen."
    )
    bots: Many[FullLine] = Field(
        (), description="Names or addresses, with * as a wildcard, of tools that are not people."
    )
    roles: dict[str, FullLine] = Field(
        default_factory=dict, description="Further commit trailers that give credit: trailer and role."
    )
    ignore_revisions: Line = Field(
        ".git-blame-ignore-revs", description="File that lists commits of bulk changes, which earn no credit."
    )
    moves: dict[str, FullLine] = Field(
        default_factory=dict,
        description="Renames that Git can't see: old path and new path, from the repository's top.",
    )
    minimum_group: int = Field(
        5, ge=1, description="How many people a facet value has is not shown where they are fewer than this."
    )


class Settings(Fields):
    """The content of garden.yml."""

    name: FullLine = Field("Knowledge Garden", description="The garden's name.")
    description: Prose = Field("", description="What it is for, in a sentence.")
    timezone: Line = Field("UTC", description="The timezone in which days are counted.")
    language: Line = Field("en", description="The language of the interface, as in en, de or pt-BR.")
    phrases: dict[str, Text] = Field(
        default_factory=dict,
        description="This garden's own wording: a phrase of the interface in English and the new one.",
    )
    outcomes: dict[str, OutcomeSetting] = Field(
        default_factory=default_outcomes,
        description="How something can go, beside success, failure, mixed and near-miss: key and title.",
    )
    stages: dict[str, Named] = Field(default_factory=dict, description="Stages of work: key and title.")
    dimensions: dict[str, Dimension] = Field(
        default_factory=dict, description="The facets: ways in which knowledge is classified."
    )
    causes: dict[str, Cause] = Field(default_factory=dict, description="The ways in which work goes wrong.")
    aims: dict[str, Aim] = Field(
        default_factory=dict, description="Strategic aims, which charters name: key, and title or fields."
    )
    synonyms: Many[Many[Text]] = Field(
        (), description="Groups of words that mean the same here; a search for one finds the others."
    )
    samples: bool = Field(
        True, description="Whether records with sample: true, which are invented examples, are published."
    )
    freshness: Freshness = Field(default_factory=Freshness, description="When pages are due for review.")
    contact_by_email: bool = Field(
        False, description="true where the contact of a profile may be an e-mail address; otherwise none is shown."
    )
    credit: CreditSettings = Field(default_factory=CreditSettings, description="The rules of credit.")
    intake: Intake = Field(
        default_factory=Intake, description="How readers can share a lesson, correct a page and answer a need."
    )

    @field_validator("aims", "causes", "outcomes", "stages")
    @classmethod
    def _keys_are_slugs(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        for key in value:
            if not is_slug(key):
                reason = message(
                    "{key} can't be a key here: it is part of an address, so use lower-case letters, digits and hyphens",
                    key=key,
                )
                raise PydanticCustomError("slug_key", "{reason}", {"reason": reason})
        return value

    @field_validator("causes")
    @classmethod
    def _addresses_are_free(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        for key in value.keys() & _TAKEN:
            reason = message("{key} can't be the key of a cause: a page of the garden has its address", key=key)
            raise PydanticCustomError("slug_key", "{reason}", {"reason": reason})
        return value

    @field_validator("outcomes")
    @classmethod
    def _with_defaults(cls, value: dict[str, OutcomeSetting]) -> dict[str, OutcomeSetting]:
        return default_outcomes() | value

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        if value not in available_timezones():
            reason = message("{zone} is not a timezone; write one such as Europe/Lisbon", zone=value)
            raise PydanticCustomError("timezone", "{reason}", {"reason": reason})
        return value

    @property
    def former_causes(self) -> dict[str, str]:
        """Earlier key of a cause → its key today; the first cause of two that claim it has it."""
        causes = reversed(self.causes.items())
        return {old: key for key, cause in causes for old in cause.formerly if old not in self.causes}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def outcome(self, key: str) -> ShownOutcome:
        """An outcome by its key; one that garden.yml does not have is shown by the key and counts as mixed."""
        setting = self.outcomes.get(key)
        if setting is None:
            return ShownOutcome(key, key.replace("-", " ").capitalize(), "mixed")
        named_as = setting.counts_as or key
        kinds: tuple[OutcomeKind, ...] = get_args(OutcomeKind)
        # Validation keeps only the text: the default's own translation belongs to it.
        title = OUTCOMES[key] if setting.title == OUTCOMES.get(key) else setting.title
        return ShownOutcome(key, title, next((kind for kind in kinds if kind == named_as), "mixed"))
