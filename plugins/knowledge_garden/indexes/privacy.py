"""Checks what would reveal more than somebody chose: names in texts, names taken by aliases, pages for some readers only.

No message holds a name: it is read in logs. A line says where the name is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.fields import Fields
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.messages import message
from knowledge_garden.model.names import visible
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.publication import Publication, restricted
from knowledge_garden.model.records import Kind

_AUDIENCE = "audience"


def check_privacy(garden: Garden, publication: Publication) -> list[Problem]:
    """Every problem of this kind, in a time linear in the size of the garden."""
    return [
        *_audiences(garden),
        *_claims(garden, publication),
        *_names_in_pages(garden, publication),
        *_names_in_declarations(garden, publication),
        *_names_in_addresses(garden, publication),
    ]


def _audiences(garden: Garden) -> Iterator[Problem]:
    lines = {record.path: record.line(_AUDIENCE) for record in garden.records()}
    for path, page in garden.pages.items():
        if restricted(page) and not page.unread:
            value = next(value for key, value in page.meta.items() if key.casefold() == _AUDIENCE)
            audience = visible(value[:40]) if isinstance(value, str) else "something that is not text"
            fault = message(
                "The page is meant for {audience}; it is not published, nor what belongs to it.", audience=audience
            )
            yield problem("audience-not-kept", garden.file(path), lines.get(path, 1), fault)


def _claims(garden: Garden, publication: Publication) -> Iterator[Problem]:
    for claim in publication.directory.disputed:
        record = garden.people[claim.slug]
        line = record.line("aliases", claim.position)
        if claim.shared:
            fault = message(
                "Alias {number} is the name of another profile's person, and is not counted.", number=claim.position + 1
            )
            yield problem("claimed-name", garden.file(record.path), line, fault)
            continue
        number = claim.position + 1
        fault = (
            message(
                "Alias {number} is a name that the history gives to another address. It is not counted.", number=number
            )
            if publication.published(record.path)
            else message(
                "Alias {number} is a name that the history gives to another address. Credit under it is not shown by name.",
                number=number,
            )
        )
        yield problem("claimed-name", garden.file(record.path), line, fault)


def _names_in_pages(garden: Garden, publication: Publication) -> Iterator[Problem]:
    records = {record.path: record for record in garden.records()}
    for path, page in garden.pages.items():
        if not publication.published(path):
            continue
        record = records.get(path)
        if record is not None:
            yield from _names_in_fields(garden, publication, record)
        yield from _names_in_body(garden, publication, page)


def _names_in_fields(garden: Garden, publication: Publication, record: Record[Fields]) -> Iterator[Problem]:
    own = publication.directory.by_slug if record.kind is Kind.PERSON else {}
    for name, line in record.lines.items():
        value = value_at(record.page.meta, name.split("."))
        if record.kind is Kind.PERSON and (name == "name" or name.startswith("aliases")) and record.slug in own:
            continue  # the same name, on the profile of somebody else who is shown
        if isinstance(value, str) and value not in publication.directory.by_slug and publication.mentions.within(value):
            yield problem("name-not-shown", garden.file(record.path), line, _replaced_in(name))


def _replaced_in(field: str) -> str:
    return message(
        "{field} names somebody who is not shown by name; something else is shown in its place.", field=field
    )


def _names_in_body(garden: Garden, publication: Publication, page: Page) -> Iterator[Problem]:
    last = 0
    for mention in publication.mentions.find(page.body):
        line = page.line + page.body.count("\n", 0, mention.start)
        if line != last:
            fault = message("The text names somebody who is not shown by name, and is published as it is.")
            yield problem("name-not-shown", garden.file(page.path), line, fault)
        last = line


def _names_in_declarations(garden: Garden, publication: Publication) -> Iterator[Problem]:
    for section, entries in garden.declarations:
        for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
            for name, value in entry:
                spoken = name in ("what", "role", "reason", "evidence")
                if spoken and isinstance(value, str) and publication.mentions.within(value):
                    path = f"{section}.{number}.{name}"
                    line = garden.declaration_lines.get(path) or garden.declaration_lines.get(f"{section}.{number}", 0)
                    yield problem("name-not-shown", garden.file(DECLARATIONS_FILE), line, _replaced_in(path))


def _names_in_addresses(garden: Garden, publication: Publication) -> Iterator[Problem]:
    for path in (*publication.garden.pages, *publication.garden.files):
        if publication.mentions.within(path):
            fault = message("The file's name, which is a part of its address, names somebody who is not shown by name.")
            yield problem("name-not-shown", garden.file(path), 0, fault, message("Rename the file."))


def value_at(values: object, path: list[str]) -> object:
    """The value at a dotted path of a front matter; None where there is none."""
    for part in path:
        if isinstance(values, Mapping):
            values = values.get(part)
        elif isinstance(values, list):
            values = values[int(part)]
    return values
