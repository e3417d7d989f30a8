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
from knowledge_garden.model.forms import FullLine, Line, Slug, Url


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


class Need(Fields):
    """Something that somebody needs to know. A plain text is the need."""

    short = "what"
    what: FullLine = Field(description="What is needed, as a question or in a few words.")
    since: When | None = Field(None, description="Since when.")
    status: Literal["open", "answered", "closed"] = Field(
        "open", description="open, answered, or closed (no longer needed)."
    )
    answered_by: Line = Field("", description="Who answered it: a person's slug, or a name.")
    answer: Line = Field("", description="Where the answer is: a lesson's slug, or an address of the web.")
    answered_on: When | None = Field(None, description="When it was answered.")

    @property
    def is_open(self) -> bool:
        return self.status == "open"
