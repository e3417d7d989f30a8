"""The command line: garden check, new, schema and credits."""

from knowledge_garden.cli.main import main

__all__ = ["main"]
