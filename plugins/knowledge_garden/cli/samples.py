"""garden samples: lists the invented examples, and removes them with every mention of them in other records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml

from knowledge_garden.cli.common import find_content, now
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.declarations import DECLARATIONS_FILE
from knowledge_garden.model.garden import Record
from knowledge_garden.model.messages import message, messages
from knowledge_garden.model.records import Kind
from knowledge_garden.model.samples import sample_paths
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.reading.rewriting import replace_keys, without_names, without_sample_values

_EVERYONE = "everyone"


@click.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--remove", is_flag=True, help="Delete them, and take their names out of other records.")
@click.option("--yes", is_flag=True, help="Do not ask before deleting.")
def samples(path: Path, remove: bool, yes: bool) -> None:
    """List the invented examples (sample: true) of the garden at PATH, or remove them.

    Lessons that lose all their communities go to a forming community, Everyone.
    """
    content = find_content(path)
    loaded = load_garden(content, today=now(), with_history=False)
    text = loaded.language.text
    invented = sorted(sample_paths(loaded.garden))
    if not invented:
        click.echo(text(message("No record says sample: true.")))
        return
    for sample in invented:
        click.echo(loaded.garden.file(sample))
    click.echo(text(messages("{number} record is a sample.", "{number} records are samples.", len(invented))))
    if not remove:
        click.echo(text(message("Remove them with: garden samples --remove")))
        return
    if not yes:
        click.confirm(text(message("Delete them?")), abort=True)
    changed = _remove(content, loaded, frozenset(invented))
    click.echo(
        text(
            messages(
                "Deleted, and {number} other file changed. git restore brings everything back; garden check says what is left to do.",
                "Deleted, and {number} other files changed. git restore brings everything back; garden check says what is left to do.",
                changed,
            )
        )
    )


def _remove(content: Path, loaded: LoadedGarden, invented: frozenset[str]) -> int:
    """Delete the samples and change what names them; the number of other files changed."""
    garden = loaded.garden
    gone = frozenset(record.slug for record in garden.records() if record.path in invented)
    changes: dict[Path, str] = {}
    homeless = False
    for record in garden.records():
        if record.path in invented:
            continue
        keys = _changes(record, gone)
        if record.kind is Kind.LESSON and keys.get("communities") == []:
            keys["communities"] = [_EVERYONE]
            homeless = True
        if keys:
            file = content / record.path
            changes[file] = _with_front_matter(file.read_text(encoding="utf-8"), keys)
    declarations = content / DECLARATIONS_FILE
    if declarations.is_file():
        written = declarations.read_text(encoding="utf-8")
        values = yaml.safe_load(written) or {}
        keys = _changed_keys(values, gone)
        if keys:
            changes[declarations] = replace_keys(written, keys)
    settings = content / SETTINGS_FILE
    if (
        settings.is_file()
        and (kept := without_sample_values(written := settings.read_text(encoding="utf-8"))) != written
    ):
        changes[settings] = kept
    for file, written in changes.items():
        file.write_text(written, encoding="utf-8", newline="\n")
    everyone = content / "communities" / f"{_EVERYONE}.md"
    if homeless and not everyone.exists():
        everyone.write_text(_charter(loaded), encoding="utf-8", newline="\n")
    for sample in invented:
        (content / sample).unlink()
    return len(changes)


def _changes(record: Record[Any], gone: frozenset[str]) -> dict[str, Any]:
    return _changed_keys(record.page.meta, gone)


def _changed_keys(values: Mapping[str, Any], gone: frozenset[str]) -> dict[str, Any]:
    return {key: kept for key, value in values.items() if (kept := without_names(value, gone)) != value}


def _with_front_matter(text: str, changes: Mapping[str, Any]) -> str:
    opening, front, rest = text.split("---", 2)
    return f"{opening}---{replace_keys(front, changes)}---{rest}"


def _charter(loaded: LoadedGarden) -> str:
    text = loaded.language.text
    title = text(message("Everyone"))
    purpose = text(message("Holds the lessons of this garden until communities form."))
    return f"---\ntitle: {title}\npurpose: {purpose}\nstatus: forming\n---\n"
