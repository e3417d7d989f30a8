"""Text to records and problems: files, front matter with line numbers, garden.yml, Markdown links and headings."""

from knowledge_garden.reading.content import Reading, read_content
from knowledge_garden.reading.declarations import DECLARATIONS_FILE

__all__ = ["DECLARATIONS_FILE", "Reading", "read_content"]
