"""Credit that Git can't know, and corrections of what it says: the form of content/credits.yml."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from knowledge_garden.model.dates import When
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import Entries, Evidence, FullLine, Line, Prose, Text, Url
from knowledge_garden.model.messages import message

DECLARATIONS_FILE = "credits.yml"


class Declared(Fields):
    """Work that leaves no commit: mentoring, facilitating, organising, telling, translating."""

    person: FullLine = Field(description="Who did it: a person's slug, or the name as the history has it.")
    role: FullLine = Field(description="What they did, as a verb in the past: mentored, facilitated, organised.")
    date: When = Field(description="When.")
    what: Prose = Field("", description="In a sentence, what it was.")
    page: Line = Field("", description="The page it was for: its slug, or its path in the content folder.")
    community: Line = Field("", description="Slug of the community it was for.")
    evidence: Evidence = Field(
        description="Address where it can be seen (minutes, a recording, a thread), or the name of a private note and "
        "who keeps it. A note is named in the private ledger and in reviews alone."
    )


class Reviewed(Fields):
    """Somebody read a page again and found nothing to change. It counts as maintaining it."""

    person: FullLine = Field(description="Who read it: a person's slug, or the name as the history has it.")
    page: FullLine = Field(description="The page: its slug, or its path in the content folder.")
    date: When = Field(description="When.")
    evidence: Url = Field("", description="Address where it can be seen.")


class Correction(Fields):
    """A line of credit that history has wrong. It is left out, or given to another; the ledger keeps the reason."""

    commit: FullLine = Field(description="The commit, 7 characters or more.")
    page: Line = Field(
        "", description="Only for this page (path in the content folder). Empty: every page of the commit."
    )
    person: Line = Field("", description="Only this person's credit. Empty: everybody's.")
    give_to: Line = Field("", description="Who gets the credit instead: a person's slug or a name. Empty: nobody.")
    reason: Text = Field(description="Why, for those who will ask.")
    decided_by: FullLine = Field(description="Who answers for the correction.")

    @model_validator(mode="after")
    def _full_enough(self) -> Correction:
        if len(self.commit) < 7 or not all(digit in "0123456789abcdef" for digit in self.commit):
            reason = message("commit is 7 or more of the commit's hexadecimal digits")
            raise PydanticCustomError("commit", "{reason}", {"reason": reason})
        return self


class Declarations(Fields):
    """The content of credits.yml."""

    declared: Entries[Declared] = Field((), description="Work that leaves no commit.")
    reviewed: Entries[Reviewed] = Field((), description="Pages read again with nothing to change.")
    corrections: Entries[Correction] = Field((), description="Credit that the history has wrong.")
