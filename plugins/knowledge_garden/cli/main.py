"""The garden command and its exit codes: 0 no errors, 1 errors found, 2 wrong use or no garden there."""

from __future__ import annotations

import click

from knowledge_garden.cli.check import check
from knowledge_garden.cli.credits import credits_group
from knowledge_garden.cli.new import new
from knowledge_garden.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="knowledge-garden")
def main() -> None:
    """Check and tend a knowledge garden."""


main.add_command(check)
main.add_command(new)
main.add_command(schema)
main.add_command(credits_group)
