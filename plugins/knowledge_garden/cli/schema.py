"""garden schema: JSON Schemas of every kind of front matter, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from knowledge_garden.cli.common import NoGarden, find_content, now, to_json
from knowledge_garden.loading import load_garden
from knowledge_garden.outputs.schemas import MODELS, schema_of


@click.command()
@click.argument("name", type=click.Choice([*MODELS, "all"]), default="all")
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write NAME.json to, instead of printing.")
@click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="The garden whose causes, stages and slugs the schemas offer; default: here.",
)
def schema(name: str, output: Path | None, directory: Path) -> None:
    """Write the JSON Schema of NAME (default: all of them)."""
    try:
        loaded = load_garden(find_content(directory), today=now(), with_history=False)
        publication = loaded.indexes.publication
    except NoGarden:
        publication = None  # the schemas hold without a garden; they only offer fewer words
    names = list(MODELS) if name == "all" else [name]
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for schema_name in names:
            (output / f"{schema_name}.json").write_text(
                to_json(schema_of(schema_name, publication)), encoding="utf-8", newline="\n"
            )
        click.echo(f"Written: {len(names)} schemas in {output}", err=True)
    elif name == "all":
        click.echo(to_json({schema_name: schema_of(schema_name, publication) for schema_name in names}), nl=False)
    else:
        click.echo(to_json(schema_of(name, publication)), nl=False)
