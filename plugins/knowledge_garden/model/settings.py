"""What a garden calls things: the form of garden.yml, with defaults that suit a garden that has none."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from knowledge_garden.model.addresses import is_slug
from knowledge_garden.model.records import Fields, Many, Outcome, Slug, T, Text

SETTINGS_FILE = "garden.yml"


class Named(Fields):
    """A title, and other words that people use for the same. A plain text is the title."""

    short = "title"
    title: Text = Field(description="Its name.")
    also: Many[Text] = Field((), description="Other words for it; a search for them finds it.")


class Cause(Fields):
    """A way in which work goes wrong."""

    title: Text = Field(description="Its name, in words that people would type.")
    description: str = Field("", description="What it is.")
    prevention: str = Field("", description="What prevents it.")
    also: Many[Text] = Field((), description="Other words for it; a search for them finds it.")
    signs: Many[Text] = Field((), description="Early signs of it, as somebody at work would notice them.")
    checks: Many[Text] = Field((), description="A list to go through before it happens: a question or an act each.")
    group: str = Field("", description="The heading under which the list of failures shows it.")
    formerly: Many[Slug] = Field(
        (), description="Its earlier keys. Lessons that use one, and its old address, keep working."
    )


class Dimension(Fields):
    """A way in which knowledge is placed: a unit, a place, a discipline, a client group."""

    title: Text = Field(description="Its name.")
    description: str = Field("", description="What it says of a lesson or a person.")
    values: dict[str, Named] = Field(default_factory=dict, description="Its values: key and title. Empty: any text.")


class Freshness(Fields):
    """After how many months without a review a page asks to be read again."""

    lesson: int = Field(24, ge=1, le=1200, description="Months for a lesson.")
    community: int = Field(12, ge=1, le=1200, description="Months for a charter.")


class CreditSettings(Fields):
    """The garden's rules of credit."""

    display: Literal["name", "initials", "pseudonym", "hidden"] = Field(
        "name", description="How people are shown who have not chosen."
    )
    bots: Many[Text] = Field((), description="Names or addresses, with * as a wildcard, of tools that are not people.")
    roles: dict[str, Text] = Field(
        default_factory=dict, description="Further commit trailers that give credit: trailer and role."
    )
    ignore_revisions: str = Field(
        ".git-blame-ignore-revs", description="File that lists commits of bulk changes, which earn no credit."
    )
    moves: dict[str, Text] = Field(
        default_factory=dict,
        description="Renames that Git can't see: old path and new path, from the repository's top.",
    )
    minimum_group: int = Field(
        5, ge=1, description="How many people a value has is not shown where they are fewer than this."
    )


class Settings(Fields):
    """The content of garden.yml."""

    name: Text = Field("Knowledge Garden", description="The garden's name.")
    description: str = Field("", description="What it is for, in a sentence.")
    timezone: str = Field("UTC", description="The timezone in which days are counted.")
    language: str = Field("en", description="The language of the interface, as in en, de or pt-BR.")
    phrases: dict[str, Text] = Field(
        default_factory=dict,
        description="This garden's own wording: a phrase of the interface in English and the new one.",
    )
    outcomes: dict[Literal["success", "failure", "mixed", "near-miss"], Text] = Field(
        default_factory=dict, description="The words shown for each outcome."
    )
    stages: dict[str, Named] = Field(default_factory=dict, description="Stages of work: key and title.")
    dimensions: dict[str, Dimension] = Field(default_factory=dict, description="The ways in which knowledge is placed.")
    causes: dict[str, Cause] = Field(default_factory=dict, description="The ways in which work goes wrong.")
    synonyms: Many[Many[Text]] = Field(
        (), description="Groups of words that mean the same here; a search for one finds the others."
    )
    freshness: Freshness = Field(default_factory=Freshness, description="When pages ask to be read again.")
    credit: CreditSettings = Field(default_factory=CreditSettings, description="The rules of credit.")

    @field_validator("causes", "stages")
    @classmethod
    def _names_of_pages(cls, value: dict[str, T]) -> dict[str, T]:
        wrong = next((key for key in value if not is_slug(key)), None)
        if wrong is not None:
            text = "{key} can't be a key here: it names a page, so use lower-case letters, digits and hyphens"
            raise PydanticCustomError("page_key", text, {"key": wrong})
        return value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise PydanticCustomError(
                "timezone", "{zone} is no timezone; write one such as Europe/Lisbon", {"zone": value}
            )
        return value

    @property
    def former_causes(self) -> dict[str, str]:
        """Earlier key of a cause → its key today."""
        return {old: key for key, cause in self.causes.items() for old in cause.formerly if old not in self.causes}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def outcome(self, outcome: Outcome) -> str:
        """The words shown for an outcome."""
        words = dict(self.outcomes)
        return words.get(outcome.value) or outcome.value.replace("-", " ").capitalize()
