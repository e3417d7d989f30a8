"""Links to other sites that did not work when they were last checked: the form of content/outside-links.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import Entries, Line, Url

OUTSIDE_FILE = "outside-links.yml"


class BrokenLink(Fields):
    """An address of another site that did not work. A plain text is the address."""

    short = "url"
    url: Annotated[Url, Field(min_length=1)] = Field(description="The address, as the page has it.")
    reason: Line = Field("", description="What came back: 404, timeout, a name that is not there.")
    since: When | None = Field(None, description="When it was first seen not to work.")


class OutsideLinks(Fields):
    """The content of outside-links.yml: what a link checker of your choice last said. A build reads it, and asks no site."""

    checked: When | None = Field(None, description="When the links were last checked.")
    broken: Entries[BrokenLink] = Field((), description="Addresses that did not work.")
