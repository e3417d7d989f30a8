"""JSON Schemas of front matter, garden.yml and credits.yml, for editors; with a garden's own causes and slugs where given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_garden.model.declarations import Declarations
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.records import FIELDS, Fields
from knowledge_garden.model.settings import Settings

MODELS: dict[str, type[Fields]] = {
    **{kind.value: model for kind, model in FIELDS.items()},
    "garden": Settings,
    "credits": Declarations,
}


def schema_of(name: str, garden: Garden | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of `MODELS`."""
    schema = MODELS[name].model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    if garden is not None:
        _narrow(schema, name, garden)
    return schema


def _narrow(schema: dict[str, Any], name: str, garden: Garden) -> None:
    """Offer the garden's own words: an editor then completes causes, stages and slugs."""
    lists: dict[str, Iterable[str]] = {}
    if name == "lesson":
        lists = {"causes": garden.settings.causes, "communities": garden.communities, "told_by": garden.people}
        lists |= dict.fromkeys(("recurs", "supersedes", "contradicts", "responds_to"), garden.lessons)
        schema["properties"]["outcome"]["enum"] = list(garden.settings.outcomes)
        if garden.settings.stages:
            schema["properties"]["stage"]["enum"] = ["", *garden.settings.stages]
    elif name == "community":
        lists = {"partners": garden.partners}
    elif name == "person":
        lists = {"uses": garden.lessons}
    for field, words in lists.items():
        known = sorted(words)
        if known:
            schema["properties"][field]["items"]["enum"] = known
