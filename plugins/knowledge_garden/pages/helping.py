"""What a reader can do about a page, as links that are filled in: edit it, correct it, say that it was used or still holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from knowledge_garden.forges import Prefilled
from knowledge_garden.forges.prefilled import letter
from knowledge_garden.indexes import Indexes
from knowledge_garden.locale import Language
from knowledge_garden.model.intake import Intake, is_mail_address
from knowledge_garden.model.messages import Message, message
from knowledge_garden.pages.frame import Frame


@dataclass(frozen=True, slots=True)
class HelpLink:
    """Something a reader can do, and the address where it is done."""

    label: Message
    url: str


@dataclass(frozen=True, slots=True)
class PageHelp:
    """What can be done about a page. `public`: some of the links lead to the forge, which shows the reader's account.

    `letter`: the address of a letter to the steward about the page, "" where the garden has no steward's address.
    """

    links: tuple[HelpLink, ...]
    letter: str
    public: bool


@dataclass(frozen=True, slots=True)
class Channels:
    """The ways in which a reader's words can reach the garden; None for one that the garden does not offer."""

    issue: Prefilled | None
    letter: Prefilled | None

    @property
    def first(self) -> Prefilled | None:
        """The way that is used where a reader did not choose."""
        return self.issue or self.letter


@lru_cache(maxsize=8)
def channels(intake: Intake, frame: Frame) -> Channels:
    """The ways that garden.yml allows and the site has an address for."""
    issue = frame.host.issue() if frame.host and "issue" in intake.ways else None
    to_steward = letter(intake.steward) if intake.steward and "steward" in intake.ways else None
    return Channels(issue, to_steward)


def page_help(indexes: Indexes, frame: Frame, path: str, title: str = "", source: str | None = None) -> PageHelp:
    """What can be done about the page at a content path.

    `source`: of a page that no file holds, what it is made from, as `GeneratedPage` gives it; its `title` too.
    """
    garden = indexes.garden
    ways = channels(garden.settings.intake, frame)
    page = garden.pages.get(path) if source is None else None
    about = {
        "title": page.title if page else frame.language.text(title),
        "path": path,
        "file": garden.file(path) if page else path,
    }
    links = [_edit(frame, path) if page else _edit_source(indexes, frame, source or "")]
    lesson = page is not None and page.slug in garden.lessons and garden.lessons[page.slug].path == path
    said = _said(ways, frame.language, is_lesson=lesson, is_file=page is not None)
    links += [HelpLink(label, way.address(about)) for label, way in said]
    to_steward = ways.letter.address({**about, "text": f"{about['file']}\n\n"}) if ways.letter else ""
    links = [link for link in links if link.url]
    return PageHelp(tuple(links), to_steward, any(not link.url.startswith("mailto:") for link in links))


def answer_url(indexes: Indexes, frame: Frame, need: str, path: str) -> str:
    """Where a reader says that they can answer a need of the record at a content path; "" where there is no way."""
    way = channels(indexes.garden.settings.intake, frame).first
    if way is None:
        return ""
    text = frame.language.text
    lines = [
        need,
        indexes.garden.file(path),
        "",
        text(message("What do you know about it, or who knows more?")),
        "",
        "",
    ]
    return way.address({"title": text(message("I can answer: {need}", need=need)), "text": "\n".join(lines)})


def relay_url(address: str) -> str:
    """Where a community's confidential relay is reached, "" for a text that is not an address."""
    if address.lower().startswith(("https://", "http://")):
        return address
    return f"mailto:{address}" if is_mail_address(address) else ""


def _edit(frame: Frame, path: str) -> HelpLink:
    return HelpLink(message("Edit this page"), frame.edit_url(path))


def _edit_source(indexes: Indexes, frame: Frame, source: str) -> HelpLink:
    """Where that is changed which a page is made from: at the line of a setting, where the forge can show one."""
    path, _, setting = source.partition("#")
    line = indexes.garden.setting_lines.get(setting, 0) if setting else 0
    is_folder = path.endswith("/")
    url = ""
    if path and frame.host and (is_folder or line):
        url = frame.host.view_url(path, line)
    if path and not url and not is_folder:
        url = frame.edit_url(path)
    return HelpLink(message("Edit what this page is made from"), url)


@lru_cache(maxsize=64)
def _said(
    ways: Channels, language: Language, *, is_lesson: bool, is_file: bool
) -> tuple[tuple[Message, Prefilled], ...]:
    """What a reader can say of a page, each with the address of it, for the page's {title}, {path} and {file}.

    Made once for all pages of a kind: to encode the texts anew for each page would take a tenth of the build.
    """
    text = language.text
    said: list[tuple[Message, Prefilled]] = []

    def add(way: Prefilled | None, label: Message, *lines: str) -> None:
        if way is not None:
            texts = {"title": f"{text(label)}: {{title}}", "text": "\n".join(["{file}", "", *lines, ""])}
            said.append((label, way.with_texts(texts)))

    add(
        ways.first,
        message("This is wrong or out of date"),
        text(message("What is wrong, and what would be right?")),
        "",
        "",
        text(message("How do you know? A source helps.")),
        "",
    )
    if is_lesson:
        add(
            ways.first,
            message("We used this"),
            text(message("Fill in what you can. It becomes an entry of the lesson, under “applied”.")),
            "",
            "```yaml",
            "applied:",
            f"  - by:      # {text(message('who used it: a name, or the slug of a person or community'))}",
            f"    date:    # {text(message('when: a year, a month or a day'))}",
            f"    for:     # {text(message('for whom'))}",
            f"    result:  # {text(message('what came of it'))}",
            f"    saved:   # {text(message('what it saved or gained'))}",
            "```",
        )
    if is_file:
        add(
            ways.first,
            message("Read and still right"),
            text(message("Fill in who read it and when. It becomes an entry of credits.yml.")),
            "",
            "```yaml",
            "reviewed:",
            f"  - person:  # {text(message('a name as the history has it, or a slug'))}",
            "    page: {path}",
            f"    date:    # {text(message('the day, as in 2026-11-24'))}",
            "```",
        )
    add(
        ways.letter or ways.issue,
        message("Show me differently"),
        text(message("How are you named there, and how do you wish to be shown?")),
        text(message("By name, by initials, by a pseudonym, or not at all.")),
        "",
    )
    return tuple(said)
