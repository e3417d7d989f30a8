"""Indexes to pages and page fragments: functions over autoescaped templates."""

from knowledge_garden.pages.around import Summary, after_text, before_text, summary_of
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import GeneratedPage, generated_pages
from knowledge_garden.pages.moved import old_addresses
from knowledge_garden.pages.templating import Section, compiled_templates, sections
from knowledge_garden.pages.text import link_wikis

__all__ = [
    "Frame",
    "GeneratedPage",
    "Section",
    "Summary",
    "after_text",
    "before_text",
    "compiled_templates",
    "generated_pages",
    "link_wikis",
    "old_addresses",
    "sections",
    "summary_of",
]
