"""What the fields of all records are built from: their base, and the forms of values that have fields of their own."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from knowledge_garden.model.dates import When
from knowledge_garden.model.forms import FullLine, Line, Many, Prose, Slug, Text, Url


class Fields(BaseModel):
    """What all fields have in common: frozen, of the stated type, and unknown keys kept."""

    # Built when first used: most of these forms are never used by themselves, and building them all takes a while.
    model_config = ConfigDict(frozen=True, strict=True, extra="allow", defer_build=True)
    short: ClassVar[str | None] = None  # the field that is meant where a plain text is written instead of fields

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {cls.short: value} if cls.short and isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        full = handler(schema)
        return {"anyOf": [{"type": "string", "minLength": 1}, full]} if cls.short else full


class Source(Fields):
    """Where a reader can check. A plain text is the title."""

    short = "title"
    title: FullLine = Field(description="What it is called.")
    url: Url = Field("", description="Where it can be read.")
    publisher: Line = Field("", description="Who published it.")
    date: When | None = Field(None, description="When it was published.")


class WebLink(Fields):
    """A page on the web."""

    title: FullLine = Field(description="What it is called.")
    url: Annotated[Url, Field(min_length=1)] = Field(description="Its address.")


class Seat(Fields):
    """A person's seat in a community. A plain slug is the person."""

    short = "person"
    person: Slug = Field(description="The person's slug.")
    since: When | None = Field(None, description="When they took the seat.")
    until: When | None = Field(None, description="When they left it.")


class Meeting(Fields):
    """A regular meeting."""

    what: Text = Field(description="What is done there.")
    when: FullLine = Field(description='When it is held: "First Tuesday of the month at 14:00".')
    timezone: Line = Field("", description="The timezone of the hour, as in Europe/Lisbon.")
    link: Url = Field("", description="Where to join, or where the notes are.")


class Scope(Fields):
    """What a community is for, and what it leaves to others."""

    model_config = ConfigDict(populate_by_name=True)
    within: Many[Text] = Field((), alias="in", description="What belongs to it.")
    outside: Many[Text] = Field((), alias="out", description="What it leaves to others.")


class Action(Fields):
    """Something to be done because of a lesson. It counts as learned when it is validated."""

    what: Text = Field(description="What is to be done.")
    owner: Line = Field("", description="Who does it: a person's slug, or a name.")
    due: When | None = Field(None, description="By when.")
    status: Literal["open", "done", "validated"] = Field(
        "open", description="open, done, or validated (shown to work)."
    )
    link: Url = Field("", description="Where it is followed up.")


class Application(Fields):
    """A use that somebody made of a lesson."""

    by: FullLine = Field(description="Who used it: a person's slug, or a name.")
    date: When | None = Field(None, description="When.")
    result: Prose = Field("", description="What came of it.")
    appreciated_by: Line = Field("", description="Who gave thanks for it: a client, a partner, a person's slug.")
    link: Url = Field("", description="Where it can be seen.")
