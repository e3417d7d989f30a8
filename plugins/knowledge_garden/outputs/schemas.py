"""JSON Schemas of front matter, garden.yml and credits.yml, for editors; with a garden's own causes and slugs where given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.model.declarations import Declarations
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.publication import Publication
from knowledge_garden.model.records import FIELDS
from knowledge_garden.model.settings import Settings

MODELS: dict[str, type[Fields]] = {
    **{kind.value: model for kind, model in FIELDS.items()},
    "garden": Settings,
    "credits": Declarations,
}


def schema_of(name: str, publication: Publication | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of `MODELS`; it offers what may be published of a garden, where one is given."""
    schema = MODELS[name].model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    if publication is not None:
        _narrow(schema, name, publication)
    return schema


def _narrow(schema: dict[str, Any], name: str, publication: Publication) -> None:
    """Offer the garden's own keys and slugs: an editor then completes causes, stages and slugs."""
    garden = publication.garden
    lists: dict[str, Iterable[str]] = {}
    if name == "lesson":
        lists = {"causes": garden.settings.causes, "communities": garden.communities}
        lists |= dict.fromkeys(("recurs", "supersedes", "contradicts", "responds_to"), garden.lessons)
        schema["properties"]["outcome"]["enum"] = list(garden.settings.outcomes)
        if garden.settings.stages:
            schema["properties"]["stage"]["enum"] = ["", *garden.settings.stages]
        if publication.named_people:
            # Offered, but not all that may be written: a schema that listed everybody would tell who is not shown.
            told_by = schema["properties"]["told_by"]
            told_by["items"] = {"anyOf": [{"enum": sorted(publication.named_people)}, told_by["items"]]}
    elif name == "community":
        lists = {"partners": garden.partners}
    elif name == "person":
        lists = {"uses": garden.lessons}
    for field, values in lists.items():
        choices = sorted(values)
        if choices:
            schema["properties"][field]["items"]["enum"] = choices
