"""Text to records and problems: files, front matter with line numbers, garden.yml, Markdown links and headings."""

from knowledge_garden.reading.content import Reading, read_content

__all__ = ["Reading", "read_content"]
