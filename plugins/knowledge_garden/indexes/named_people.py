"""Lessons whose text names people of the garden, as profiles and the history know them, without a link to their profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from knowledge_garden.model.garden import Garden, Record
from knowledge_garden.model.lesson import LessonFields
from knowledge_garden.model.mentions import Mentions
from knowledge_garden.model.messages import message
from knowledge_garden.model.names import name_key
from knowledge_garden.model.problems import Problem, problem
from knowledge_garden.model.publication import Publication

# Links, and code: what they hold is an address, or says on purpose whose it is.
_LINKED = re.compile(r"\[\[[^\]\n]*\]\]|\[[^\]\n]*\]\([^)\n]*\)|`[^`\n]*`|https?://\S+")

_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w+")  # and words of scripts without capitals


def check_named_people(garden: Garden, publication: Publication) -> Iterator[Problem]:
    """Warn of each line that names somebody; those in told_by may be named. Linear in the garden's size.

    People who are not shown by name are reported by `privacy`, with another remedy.
    """
    people = _people(garden, publication)
    words = frozenset(word for name in people for word in name_key(name).split())
    mentions = Mentions({name: slug for name, slug in people.items() if not publication.mentions.within(name)})
    for lesson in garden.lessons.values():
        if publication.published(lesson.path):
            yield from _in_lesson(garden, lesson, mentions, words)


def _people(garden: Garden, publication: Publication) -> Mapping[str, str]:
    """Full name → the person's slug, or the name's own key for somebody whom only the history knows."""
    names = {
        contribution.person.name: name_key(contribution.person.name)
        for contribution in garden.history.contributions
        if not contribution.tool
    }
    for slug, written in publication.directory.written.items():
        names |= dict.fromkeys(written, slug)
    return names


def _in_lesson(
    garden: Garden, lesson: Record[LessonFields], mentions: Mentions, words: frozenset[str]
) -> Iterator[Problem]:
    meant = {name_key(entry) for entry in lesson.fields.meant}
    page = lesson.page
    texts = [
        (lesson.line("title"), lesson.title),
        (lesson.line("summary"), lesson.fields.summary),
        (page.line, page.body),
    ]
    for first, text in texts:
        if words.isdisjoint(map(str.casefold, _CAPITALISED.findall(text))):
            continue  # cheaper by far than to look for names
        last = 0
        for mention in mentions.find(_LINKED.sub(lambda link: " " * len(link[0]), text)):
            written = name_key(text[mention.start : mention.end])
            line = first + text.count("\n", 0, mention.start)
            if line != last and mention.shown not in lesson.fields.told_by and written not in meant:
                last = line
                fault = message("The text names a person of the garden without a link to their profile.")
                yield problem("personal-name", garden.file(lesson.path), line, fault)
