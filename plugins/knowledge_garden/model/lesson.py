"""The fields of a lesson, the headings of its text, and the relations that lessons can have to each other."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import core_schema

from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Fields, Source
from knowledge_garden.model.forms import Aliases, FullLine, Line, Many, Origin, PageLanguage, Prose, Slug, Text, Url
from knowledge_garden.model.messages import message

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
RELATIONS = ("recurs", "supersedes", "contradicts", "responds_to")
SUMMARY_LIMIT = 300


class Outcome(str):
    """How it went: the key of an outcome in garden.yml, which gives it a title and says what it counts as."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return str(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(min_length=1, max_length=60))


class Action(Fields):
    """Something to be done because of a lesson. It counts as learned when it is validated."""

    what: Text = Field(description="What is to be done.")
    owner: Line = Field("", description="Who does it: a person's slug, a community's, or a name.")
    due: When | None = Field(None, description="By when.")
    status: Literal["open", "done", "validated"] = Field(
        "open", description="open, done, or validated (shown to work)."
    )
    done_on: When | None = Field(None, description="When it was done.")
    checked: Prose = Field("", description="What was checked to see that it works, and what came out.")
    checked_by: Line = Field("", description="Who checked it: a person's slug, or a name.")
    checked_on: When | None = Field(None, description="When it was checked.")
    link: Url = Field("", description="Where it is followed up.")


class Application(Fields):
    """A use that somebody made of a lesson."""

    model_config = ConfigDict(populate_by_name=True)
    by: FullLine = Field(description="Who used it: a person's slug, a community's, or a name.")
    date: When | None = Field(None, description="When.")
    client: Line = Field("", alias="for", description="For whom: a client, a unit, a community.")
    result: Prose = Field("", description="What came of it.")
    saved: Line = Field("", description="What it saved or gained, in its own words: hours, money, harm avoided.")
    appreciated_by: Line = Field("", description="Who gave thanks for it: a client, a partner, a person's slug.")
    quotation: Prose = Field("", description="What they said, in their words.")
    evidence: Line = Field("", description="What shows it, where it can't be linked: minutes, a report, a letter.")
    link: Url = Field("", description="Where it can be seen.")


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
    told_by: Many[FullLine] = Field((), description="Who told it: slugs of people, or names in words.")
    told_with: Many[Slug] = Field((), description="Slugs of the partners outside with whom it was told.")
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
    meant: Many[FullLine] = Field(
        (),
        description="Names, numbers and addresses in the text that are meant to be there, so that nothing warns of them.",
    )
    anonymous: bool = Field(False, description="true where nobody who told or wrote it is to be named.")
    retired: When | None = Field(None, description="Since when it no longer holds.")
    retired_because: Line = Field("", description="Why it no longer holds.")
    sample: bool = Field(False, description="true where it is an invented example.")
