"""The kinds of record, each with the model of its fields: checks, schema, handbook and `garden new` come from them."""

from __future__ import annotations

from enum import StrEnum

from knowledge_garden.model.community import CommunityFields
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.messages import message
from knowledge_garden.model.partner import PartnerFields
from knowledge_garden.model.person import PersonFields


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
    "aim": message("aim"),
}
"""What a message calls a record, or a cause or an aim of garden.yml."""


FIELDS: dict[Kind, type[Fields]] = {
    Kind.LESSON: LessonFields,
    Kind.COMMUNITY: CommunityFields,
    Kind.PERSON: PersonFields,
    Kind.PARTNER: PartnerFields,
}
