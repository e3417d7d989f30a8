"""The fields of every record. These models are the one definition: checks, schema, handbook and `garden new` come from them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import core_schema

from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Action, Application, Fields, Meeting, Scope, Seat, Source, WebLink
from knowledge_garden.model.forms import Aliases, FullLine, Line, Many, Origin, PageLanguage, Prose, Slug, Text, Url
from knowledge_garden.model.messages import message


class Kind(StrEnum):
    """The four kinds of record."""

    LESSON = "lesson"
    COMMUNITY = "community"
    PERSON = "person"
    PARTNER = "partner"


KIND_LABELS: dict[str, str] = {
    Kind.LESSON: message("lesson"),
    Kind.COMMUNITY: message("community"),
    Kind.PERSON: message("person"),
    Kind.PARTNER: message("partner"),
    "cause": message("cause"),
}
"""What a message calls a record, or a cause of garden.yml."""


class Outcome(str):
    """How it went: the key of an outcome in garden.yml, which gives it a title and says what it counts as."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return str(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(min_length=1, max_length=60))


QUESTIONS = {
    message("Context"): message("Who was doing what, for whom, and what mattered?"),
    message("What we expected"): message("What was meant to happen, and why did that seem likely?"),
    message("What happened"): message("What did happen, in the order in which it did?"),
    message("Why it happened"): message("Which circumstances together made it possible?"),
    message("What we learned"): message("What do you know now that you did not know before?"),
    message("What to do next time"): message("What should somebody do who is about to try the same?"),
}
"""The headings of a lesson, each with the question that `garden new` writes under it."""
HEADINGS = tuple(QUESTIONS)
CHARTER_HEADING = message("Why we exist")
CHARTER_QUESTION = message("Tell it as you would to a newcomer.")
RELATIONS = ("recurs", "supersedes", "contradicts", "responds_to")
SUMMARY_LIMIT = 300


class LessonFields(Fields):
    """Something that was learned from work: what happened, and what it taught."""

    title: FullLine = Field(description="What it is about, short and concrete.")
    summary: Annotated[FullLine, Field(max_length=SUMMARY_LIMIT)] = Field(
        description="One or two sentences: what happened, and what it taught."
    )
    outcome: Outcome = Field(description="How it went: a key of outcomes in garden.yml.")
    communities: Annotated[Many[Slug], Field(min_length=1)] = Field(
        description="Slugs of the communities it belongs to."
    )
    causes: Many[Slug] = Field(
        (), description="Keys of causes in garden.yml. Required unless the outcome is a success."
    )
    prevented: Many[Slug] = Field((), description="Keys of causes that this success kept from happening.")
    date: When | None = Field(None, description="When it happened.")
    stage: Line = Field("", description="The stage of work, a key of garden.yml.")
    origin: Origin = Field(default_factory=dict, description="Where it comes from: dimension and value.")
    severity: Literal["", "low", "medium", "high", "critical"] = Field(
        "", description="How much harm it did or could have done."
    )
    maturity: Literal["seedling", "budding", "evergreen"] = Field(
        "budding",
        description="How far the page has matured: seedling (new), budding (others have worked on it) or evergreen (has proved itself over time).",
    )
    owner: Line = Field("", description="Who maintains the page: the slug of a person or a community.")
    review_by: When | None = Field(None, description="When it is due for review.")
    told_by: Many[Slug] = Field((), description="Slugs of those who told it.")
    tags: Many[FullLine] = Field((), description="Keywords to find it by.")
    aliases: Aliases = ()
    sources: Many[Source] = Field((), description="Where a reader can check. Two or more.")
    recurs: Many[Slug] = Field((), description="Earlier lessons about the same failure, which has happened again.")
    supersedes: Many[Slug] = Field((), description="Earlier lessons that this one replaces.")
    contradicts: Many[Slug] = Field((), description="Lessons that teach the opposite.")
    responds_to: Many[Slug] = Field((), description="Lessons to which this one is an answer.")
    actions: Many[Action] = Field((), description="What is done because of it.")
    applied: Many[Application] = Field((), description="Where it was used.")
    language: PageLanguage = ""
    translation_of: Line = Field("", description="Slug of the lesson that this one translates.")
    source_revision: Line = Field(
        "", description="Commit of the original that was translated: kept for translations; not used yet."
    )
    audience: Line = Field(
        "", description="public, or empty. A page for some readers only is an error, and is not published."
    )
    anonymous: bool = Field(False, description="true where nobody who told or wrote it is to be named.")


class CommunityFields(Fields):
    """The charter of a community of practice."""

    title: FullLine = Field(description="The community's name.")
    purpose: Text = Field(description="Why it exists, in one or two sentences.")
    sponsor: Seat = Field(description="The manager who supports it.")
    leads: Annotated[Many[Seat], Field(min_length=1)] = Field(description="Who leads it.")
    scope: Scope = Field(default_factory=Scope, description="What belongs to it (in), and what does not (out).")
    facilitators: Many[Seat] = Field((), description="Who keeps its meetings and its pages going.")
    core: Many[Seat] = Field((), description="Who shares the work with the leads.")
    members: Many[Seat] = Field((), description="Who takes part.")
    liaison: Seat | None = Field(None, description="Who links it to the management team.")
    alumni: Many[Seat] = Field((), description="Who held a seat before.")
    partners: Many[Slug] = Field((), description="Slugs of partners outside.")
    expectations: Many[Text] = Field((), description="What members may expect of each other.")
    commitment: Prose = Field("", description="How much time it takes.")
    joining: Prose = Field("", description="How to join.")
    meetings: Many[Meeting] = Field((), description="When it meets.")
    channels: Many[WebLink] = Field((), description="Where it talks.")
    measures: Many[Text] = Field((), description="How it knows that it helps.")
    strategy: Prose = Field("", description="Where it wants to go this year.")
    needs: Many[Text] = Field((), description="What it needs to know.")
    status: Literal["forming", "active", "dormant", "retired"] = Field(
        "active", description="Whether it is starting, at work, quiet or closed."
    )
    review_by: When | None = Field(None, description="When the charter is due for review.")
    aliases: Aliases = ()
    language: PageLanguage = ""
    sample: bool = Field(False, description="true where it is an invented example.")


class PersonFields(Fields):
    """Somebody who holds, needs, looks for or uses knowledge."""

    name: FullLine = Field(description="The name, as .mailmap gives it.")
    display: Literal["", "name", "initials", "pseudonym", "hidden"] = Field(
        "", description="How the person wishes to be shown. Empty: the garden's default."
    )
    pseudonym: Line = Field("", description="The name to show where display is pseudonym.")
    origin: Origin = Field(default_factory=dict, description="Where the person works: dimension and value.")
    stream: Literal["", "technical", "managerial"] = Field("", description="The stream of leadership.")
    holds: Many[FullLine] = Field((), description="What the person knows and can be asked.")
    needs: Many[FullLine] = Field((), description="What the person needs to know.")
    looks_for: Many[FullLine] = Field((), description="What, or whom, the person looks for.")
    uses: Many[Slug] = Field((), description="Slugs of lessons the person has used.")
    links: Many[WebLink] = Field((), description="Where else to find the person.")
    organisation: Line = Field("", description="Where the person works.")
    aliases: Aliases = ()
    language: PageLanguage = ""
    sample: bool = Field(False, description="true where the person is an invented example.")

    @property
    def title(self) -> str:
        return self.name


class PartnerFields(Fields):
    """An outside organisation whose knowledge the garden uses."""

    title: FullLine = Field(description="Its name.")
    url: Annotated[Url, Field(min_length=1)] = Field(description="Its address on the web.")
    relation: Prose = Field("", description="What links the garden to it.")
    contacts: Many[FullLine] = Field((), description="Whom to ask: slugs of people, or names.")
    inventory: Url = Field("", description="Address of its list of lessons.")
    aliases: Aliases = ()
    language: PageLanguage = ""
    sample: bool = Field(False, description="true where it is an invented example.")


FIELDS: dict[Kind, type[Fields]] = {
    Kind.LESSON: LessonFields,
    Kind.COMMUNITY: CommunityFields,
    Kind.PERSON: PersonFields,
    Kind.PARTNER: PartnerFields,
}

SEATS = ("sponsor", "leads", "facilitators", "core", "members", "liaison", "alumni")


def seats(charter: CommunityFields) -> list[tuple[str, Seat]]:
    """All seats of a charter as (role, seat), in the order of `SEATS`."""
    held: list[tuple[str, Seat]] = []
    for role in SEATS:
        value = getattr(charter, role)
        holders = value if isinstance(value, tuple) else (value,) if value else ()
        held += [(role, seat) for seat in holders]
    return held
