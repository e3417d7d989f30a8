"""Text to records and problems: files, front matter with line numbers, garden.yml, Markdown links and headings."""

from knowledge_garden.reading.content import Reading, read_content
from knowledge_garden.reading.markdown import MarkdownOptions, MarkdownReader
from knowledge_garden.reading.seats import past_seats

__all__ = ["MarkdownOptions", "MarkdownReader", "Reading", "past_seats", "read_content"]
