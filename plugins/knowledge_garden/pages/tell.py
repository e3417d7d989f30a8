"""The page on which a lesson is shared: seven questions, who sees what, and the ways on which the answers leave the device."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from knowledge_garden.forges import Prefilled
from knowledge_garden.indexes import Indexes
from knowledge_garden.model import addresses
from knowledge_garden.model.debrief import DEBRIEF, DETAILS, SHOWN
from knowledge_garden.model.garden import Garden
from knowledge_garden.model.intake import Way
from knowledge_garden.model.lesson import QUESTIONS, SUMMARY_LIMIT
from knowledge_garden.model.messages import Message, message
from knowledge_garden.model.settings import SETTINGS_FILE
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.helping import channels

_NEVER = message("Nothing leaves your device. You decide whom you give it to.")


@dataclass(frozen=True, slots=True)
class WayOn:
    """A way on which a lesson can leave the reader's device.

    `shows`: what it shows to whom. `url`: its address before anything is written, "" for a way that needs a script.
    """

    key: Way
    label: Message
    shows: Message
    url: str = ""
    prefilled: Prefilled | None = None


def tell_pages(_: Garden) -> Iterator[GeneratedPage]:
    """The one page."""
    yield GeneratedPage(
        addresses.TELL,
        message("Share a lesson"),
        message("Seven short questions, in any order. Rough is fine: somebody will turn it into a page with you."),
        "tell.html",
        _values,
        source=f"{SETTINGS_FILE}#intake",
    )


def ways_on(indexes: Indexes, frame: Frame) -> tuple[WayOn, ...]:
    """The ways that garden.yml allows and the site has an address for, in the order in which garden.yml names them."""
    intake, host = indexes.garden.settings.intake, frame.host
    offered: dict[Way, WayOn] = {}
    if host and (editor := host.new_file()):
        first = {"path": f"lessons/{indexes.garden.today.year}/"}
        shows = message(
            "You need an account at {forge}. Your account and your text are shown, for good, to everyone who can see the repository.",
            forge=host.forge.name,
        )
        label = message("Open in the editor of {forge}", forge=host.forge.name)
        offered["editor"] = WayOn("editor", label, shows, _bare(editor, first), editor)
    if host and (form := host.issue_form(intake.issue_form, _form_keys())):
        shows = message(
            "You need an account at {forge}. An issue shows your account and your text to everyone who can see the "
            "repository, whatever you answer to the last question.",
            forge=host.forge.name,
        )
        offered["issue"] = WayOn("issue", message("Open an issue"), shows, form.address({}), form)
    if letter := channels(intake, frame).letter:
        shows = message("Your e-mail address and your text are shown to the steward alone. You need no account.")
        offered["steward"] = WayOn("steward", message("Write to the steward"), shows, _bare(letter, {}), letter)
    offered["copy"] = WayOn("copy", message("Copy the text"), _NEVER)
    offered["download"] = WayOn("download", message("Download the file"), _NEVER)
    return tuple(offered[way] for way in dict.fromkeys(intake.ways) if way in offered)


def _form_keys() -> list[str]:
    return [item.key for item in (*DETAILS, *DEBRIEF) if item.key != "title"]


def _bare(way: Prefilled, values: Mapping[str, str]) -> str:
    """The address without a text."""
    return Prefilled(way.empty, way.empty, way.limit, way.line_break).address(values)


def _values(_: Indexes) -> Mapping[str, object]:
    return {
        "questions": DEBRIEF,
        "details": {item.key: item for item in DETAILS},
        "shown": SHOWN,
        "ways_on": ways_on,
        "form_data": form_data,
        "summary_limit": SUMMARY_LIMIT,
    }


def form_data(indexes: Indexes, frame: Frame, ways: tuple[WayOn, ...]) -> Mapping[str, object]:
    """What the form's script needs to make a lesson's file, the text of an issue, and their addresses."""
    text, settings = frame.language.text, indexes.garden.settings
    written_under = {item.heading: item.key for item in (*DEBRIEF, *DETAILS) if item.heading}
    return {
        "headings": [
            {"heading": text(heading), "prompt": f"*{text(prompt)}*", "key": written_under[heading]}
            for heading, prompt in QUESTIONS.items()
        ],
        "questions": [{"key": item.key, "text": text(item.text)} for item in (*DETAILS, *DEBRIEF)],
        "kinds": {key: settings.outcome(key).kind for key in settings.outcomes},
        "outcomes": {key: text(settings.outcome(key).title) for key in settings.outcomes},
        "shown": {key: text(label) for key, label in SHOWN.items()},
        "reserved": list(addresses.RESERVED),
        "slugLimit": addresses.SLUG_LIMIT,
        "ways": {way.key: asdict(way.prefilled) for way in ways if way.prefilled},
    }
