"""The fields of a person's profile."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from knowledge_garden.model.fields import Fields, Need, WebLink
from knowledge_garden.model.forms import Aliases, FullLine, Line, Many, Origin, PageLanguage, Slug

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")


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
    needs: Many[Need] = Field((), description="What the person needs to know.")
    looks_for: Many[FullLine] = Field((), description="What, or whom, the person looks for.")
    uses: Many[Slug] = Field((), description="Slugs of lessons the person has used.")
    contact: Line = Field(
        "",
        description="How to reach the person: an address of a page, a chat or a form; an e-mail address only where garden.yml allows it.",
    )
    links: Many[WebLink] = Field((), description="Where else to find the person.")
    organisation: Line = Field("", description="Where the person works.")
    aliases: Aliases = ()
    language: PageLanguage = ""
    sample: bool = Field(False, description="true where the person is an invented example.")

    @property
    def title(self) -> str:
        return self.name


def contact_link(contact: str) -> str:
    """Where a contact leads: a web address, or an e-mail address with mailto: before it; "" for anything else.

    >>> contact_link("rosa@example.org"), contact_link("ask at the gate")
    ('mailto:rosa@example.org', '')
    """
    if contact.startswith(("https://", "http://")):
        return contact if contact.isprintable() and " " not in contact else ""
    address = contact.removeprefix("mailto:")
    return f"mailto:{address}" if _EMAIL.match(address) else ""
