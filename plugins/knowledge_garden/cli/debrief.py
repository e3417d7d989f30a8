"""Makes a lesson of the answers of a debrief: what was said goes in, and what is missing is left for the check to ask for."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_garden.cli.answers import yaml_date
from knowledge_garden.fixing.dates import usual_date
from knowledge_garden.hints import Near
from knowledge_garden.locale import Language
from knowledge_garden.model.dates import When
from knowledge_garden.model.debrief import DEBRIEF, DETAILS, SHOWN
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.lesson import QUESTIONS
from knowledge_garden.model.names import name_key
from knowledge_garden.reading.hidden import without_hidden_characters

_BETWEEN = re.compile(r"\s*(?:[,;\n]|\band\b|\bund\b)\s*")
_SIGNS = re.compile(r"^([ \t]*)(#+|<{2,}|>{2,}|[=-]{3,}(?=[ \t]*$))", re.MULTILINE)
_TAG = re.compile(r"<(?!https?:)(?=[a-z/!?])", re.IGNORECASE)
_WRITTEN_UNDER = {question.heading: question.key for question in (*DEBRIEF, *DETAILS) if question.heading}
_NAME_WORDS = 4  # the most that are taken for a name where nothing says how somebody is to be shown
_CLOSE = 0.8  # least likeness of what somebody wrote to the name that is meant


@dataclass(frozen=True, slots=True)
class DraftLesson:
    """The fields and the text of a lesson, and the file's name that its title gives ("" where it has none)."""

    fields: Mapping[str, Any]
    body: str
    year: int


def lesson_of(answers: Mapping[str, str], garden: Garden, language: Language) -> DraftLesson:
    """A lesson with the answers. What can't be understood is kept as it was written, so that the check asks about it."""
    date = _date(answers.get("date", ""), language)
    outcome = _outcome(answers.get("outcome", ""), garden, language)
    fields: dict[str, Any] = {
        "title": one_line(answers.get("title") or answers.get("subject", "")),
        "summary": one_line(answers.get("summary", "")),
        "outcome": outcome,
        "communities": _meant(
            answers.get("who", ""), {slug: charter.title for slug, charter in garden.communities.items()}
        ),
    }
    causes = _meant(answers.get("causes", ""), {key: cause.title for key, cause in garden.settings.causes.items()})
    if causes or (outcome and garden.settings.outcome(outcome).kind != "success"):
        fields["causes"] = causes
    if date:
        fields["date"] = yaml_date(date) if isinstance(date, When) else date
    fields["maturity"] = "seedling"
    fields |= _teller(answers.get("shown", ""), garden, language)
    sources = [one_line(line) for line in answers.get("sources", "").split("\n") if line.strip(" -*")]
    if sources:
        fields["sources"] = [_source(line.strip(" -*")) for line in sources]
    year = date.year if isinstance(date, When) else garden.today.year
    return DraftLesson(fields, _body(answers, language), year)


def one_line(text: str) -> str:
    """A text on one line, without what can't be seen. One that is too long stays so, for the check to say."""
    return " ".join(_visible(text).split())


def body_text(text: str) -> str:
    """A text of several lines without what can't be seen, and without what Markdown would take for something else."""
    lines = "\n".join(line.rstrip() for line in _visible(text).split("\n"))
    plain = _TAG.sub("&lt;", re.sub(r"\n{3,}", "\n\n", lines))
    return _SIGNS.sub(lambda match: match[1] + "".join(f"&#{ord(sign)};" for sign in match[2]), plain).strip()


def _visible(text: str) -> str:
    return without_hidden_characters(unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def _body(answers: Mapping[str, str], language: Language) -> str:
    parts = []
    for heading, prompt in QUESTIONS.items():
        answer = body_text(answers.get(_WRITTEN_UNDER[heading], ""))
        parts.append(f"## {language.gettext(heading)}\n\n{answer or f'*{language.gettext(prompt)}*'}")
    return "\n\n".join(parts)


def _date(written: str, language: Language) -> When | str:
    """The date, or what was written where that is none."""
    try:
        return When.parse(usual_date(written, language) or written.strip()) if written.strip() else ""
    except ValueError:
        return one_line(written)


def _outcome(written: str, garden: Garden, language: Language) -> str:
    named = {key: language.text(garden.settings.outcome(key).title) for key in garden.settings.outcomes}
    named_in_any = named | {f"{key}\0": key for key in named}
    near = _nearest(written, named_in_any)
    return near.rstrip("\0") if near else one_line(written)


def _meant(written: str, titles: Mapping[str, str]) -> list[str]:
    """The slugs of what somebody named by title or slug, in several words with commas between; else what they wrote."""
    meant = []
    for part in _parts(written, titles.values()):
        meant.append(
            _nearest(part, {**titles, **{f"{slug}\0": slug for slug in titles}}).rstrip("\0") or one_line(part)
        )
    return list(dict.fromkeys(meant))


def _parts(written: str, titles: Iterable[str]) -> list[str]:
    """What is named, one by one. A title may hold a comma or an "and" of its own."""
    rest, parts = html.unescape(written), []
    for title in sorted(titles, key=len, reverse=True):
        at = rest.casefold().find(title.casefold())
        if at >= 0:
            parts.append(title)
            rest = f"{rest[:at]},{rest[at + len(title) :]}"
    return parts + [part.strip(" -*.") for part in _BETWEEN.split(rest) if part.strip(" -*.")]


def _nearest(written: str, names: Mapping[str, str]) -> str:
    """The key of the name that is nearest to what was written; "" where none is near."""
    by_name = {name.casefold(): key for key, name in names.items()}
    near = Near(by_name).to(one_line(written).casefold(), cutoff=_CLOSE) if written.strip() else ""
    return by_name.get(near, "")


def _teller(written: str, garden: Garden, language: Language) -> dict[str, Any]:
    """How the teller is shown. Whoever did not choose to be named is not."""
    choice, _, name = written.partition(":")
    labels = {key: language.text(label) for key, label in SHOWN.items()}
    chosen = _nearest(choice, labels | {f"{key}\0": label for key, label in SHOWN.items()}).rstrip("\0")
    if not chosen and 0 < len(written.split()) <= _NAME_WORDS:
        chosen, name = "name", written  # just a name, in the place where one is asked for
    if name := one_line(name) if chosen in ("name", "pseudonym") else "":
        return {"told_by": [_slug_of(name, garden) if chosen == "name" else name]}
    return {"anonymous": True}


def _slug_of(name: str, garden: Garden) -> str:
    """The slug of the one person of this name, or the name."""
    people = [slug for slug, person in garden.people.items() if name_key(person.title) == name_key(name)]
    return people[0] if len(people) == 1 else name


def _source(line: str) -> dict[str, str]:
    match = re.search(r"https?://\S+", line)
    if not match:
        return {"title": line}
    title = (line[: match.start()] + line[match.end() :]).strip(" ,;:()<>-")
    return {"title": title or match[0], "url": match[0].rstrip(">),.;")}
