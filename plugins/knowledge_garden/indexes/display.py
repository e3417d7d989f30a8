"""How each person is shown: by name, initials, pseudonym or not at all, as they chose."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.names import readable
from knowledge_garden.model.records import Kind, PersonFields
from knowledge_garden.model.settings import CreditSettings

UNNAMED = "Someone who prefers not to be named"


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who is credited. `key` tells them apart and, like `full_name`, is for the private ledger alone.

    `name` is what pages show. `slug` is that of a profile that is published, or "": only people who are shown by
    name have one, since a profile's address and text would tell who is behind initials or a pseudonym.
    """

    key: str = field(repr=False)
    full_name: str = field(repr=False)
    name: str
    slug: str = ""
    hidden: bool = False
    tool: bool = False


def contributor_of(record: Record[PersonFields], rules: CreditSettings) -> Contributor:
    """A person with a record."""
    fields = record.fields
    display = fields.display or rules.display
    name = printable(fields.name)
    shown = _shown(name, display, readable(fields.pseudonym))
    slug = record.slug if display == "name" else ""
    return Contributor(f"person:{record.slug}", name, shown, slug, display == "hidden")


def contributor_unread(page: Page) -> Contributor:
    """The owner of a profile that is no valid record: hidden, since what they chose can't be read."""
    return Contributor(f"person:{page.slug}", printable(page.title), UNNAMED, hidden=True)


def contributor_named(name: str, rules: CreditSettings, *, tool: bool = False) -> Contributor:
    """Somebody the history names who has no record; `tool` for a program, which has no choice of display."""
    words = printable(name)
    if tool:
        return Contributor(f"tool:{name_key(name)}", words, words, tool=True)
    shown = _shown(words, rules.display, "")
    return Contributor(f"name:{name_key(name)}", words, shown, hidden=rules.display == "hidden")


def index_people(people: Mapping[str, Record[PersonFields]], rules: CreditSettings) -> dict[str, Contributor]:
    """Slug → how the person is shown."""
    return {slug: contributor_of(record, rules) for slug, record in people.items()}


def unread_profiles(garden: Garden) -> dict[str, Page]:
    """Slug → profile that is no valid record, such as one whose front matter has an error."""
    pages = (page for page in garden.pages.values() if page.kind is Kind.PERSON)
    return {page.slug: page for page in pages if page.slug not in garden.people}


def name_key(name: str) -> str:
    """What makes two written names the same: letters, whatever their case, form or spacing."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def printable(name: str) -> str:
    """A name as it may stand on a page: no control characters, no bytes that are no text, no address."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    # Some people's Git name is their address; the part before the @ is what their friends call them.
    return readable(text) or UNNAMED


def initials(name: str) -> str:
    """ "Rosa Canina" → "R. C." """
    letters = [word[0].upper() for word in name.replace("-", " ").split() if word[0].isalnum()]
    return " ".join(f"{letter}." for letter in letters) or UNNAMED


def _shown(name: str, display: str, pseudonym: str) -> str:
    if display == "hidden":
        return UNNAMED
    if display == "pseudonym" and pseudonym:
        return pseudonym
    return name if display == "name" else initials(name)
