"""How a garden takes in lessons and corrections from its readers: the form of `intake` in garden.yml."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from knowledge_garden.model.fields import Fields
from knowledge_garden.model.forms import Line, Many
from knowledge_garden.model.messages import message

Way = Literal["editor", "issue", "steward", "copy", "download"]
WAYS: tuple[Way, ...] = ("editor", "issue", "steward", "copy", "download")
_MAIL = re.compile(r"[^\s@<>\"(),:;\[\\\]?&#%/]+@[^\s@<>\"(),:;\[\\\]?&#%/]+\.[^\s@<>\"(),:;\[\\\]?&#%/.]+\Z")


def is_mail_address(text: str) -> bool:
    """Whether a text is one e-mail address that can be written in a mailto: link."""
    return bool(_MAIL.match(text))


def _mail_address(value: str) -> str:
    if value and not is_mail_address(value):
        reason = message("{address} is not an e-mail address; write one such as garden@example.org", address=value)
        raise PydanticCustomError("mail_address", "{reason}", {"reason": reason})
    return value


MailAddress = Annotated[Line, AfterValidator(_mail_address)]


class Intake(Fields):
    """How readers can share a lesson, correct a page and answer a need. What the garden has no address for is left out."""

    ways: Many[Way] = Field(
        WAYS,
        description="The ways that are offered: editor (of the forge), issue, steward (a letter), copy, download.",
    )
    steward: MailAddress = Field(
        "", description="E-mail address for readers' letters. It is published, so use one that is meant for this."
    )
    forge: Line = Field(
        "",
        description="The kind of the repository's host, where its address does not tell: github, gitlab, gitea or forgejo.",
    )
    issue_form: Line = Field(
        "share-a-lesson.yml",
        description="The file of the issue form that is filled in, on GitHub. Empty: an issue without a form.",
    )
