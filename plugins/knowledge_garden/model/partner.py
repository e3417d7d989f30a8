"""The fields of a partner outside."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import Aliases, FullLine, Many, PageLanguage, Prose, Slug, Text, Url


class PartnerFields(Fields):
    """An outside organisation whose knowledge the garden uses."""

    title: FullLine = Field(description="Its name.")
    url: Annotated[Url, Field(min_length=1)] = Field(description="Its address on the web.")
    relation: Prose = Field("", description="What links the garden to it.")
    we_learn: Many[Text] = Field((), description="What this garden's communities learn from it.")
    they_learn: Many[Text] = Field((), description="What it learns from this garden's communities.")
    communities: Many[Slug] = Field(
        (), description="Slugs of the communities that work with it. Empty: those whose charters name it."
    )
    contacts: Many[FullLine] = Field((), description="Whom to ask: slugs of people, or names.")
    inventory: Url = Field("", description="Address of its list of lessons.")
    aliases: Aliases = ()
    language: PageLanguage = ""
    sample: bool = Field(False, description="true where it is an invented example.")
