"""Reads the answers of a debrief from an issue form's Markdown, an e-mail, or a sheet that somebody filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import message_from_string, policy
from email.errors import MessageError
from email.utils import parseaddr
from functools import cache

from knowledge_garden.locale import Language, available_languages, language_or_english
from knowledge_garden.model.debrief import DEBRIEF, DETAILS
from knowledge_garden.model.messages import message

CAUSES = message("Causes")
SOURCES = message("Where can one read more?")
_MORE = {"causes": CAUSES, "sources": SOURCES}
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\n")
_MARKUP = re.compile(r"^[\s>#*_\d.)•-]*|[\s*_?:…]*$")
_NO_ANSWER = re.compile(r"_?no response_?|-+|n/?a|keine antwort", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|lesson|lektion)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_WORDS = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"^> ?", re.MULTILINE)


def read_answers(text: str, language: Language) -> dict[str, str]:
    """Key of a question (see `model.debrief`; also "causes", "sources" and "subject") → its answer, without empty ones.

    A question is a line of its own, as it is or as a heading, in bold, numbered or quoted, in any language of the
    interface. A text without any question is the answer to "What happened?". Nothing that was said is left out: what
    is before the first question comes first in that answer. Only what signs a letter is: it would name whoever chose
    to stay unnamed.
    """
    subject, sender, text = _letter(text.replace("\r\n", "\n").replace("\r", "\n"))
    names = _names(language)
    answers: dict[str, list[str]] = {}
    key = "happened"
    for line in _COMMENT.sub("", text).split("\n"):
        asked, rest = _question(line, names)
        if asked:
            key = asked
            line = rest
        answers.setdefault(key, []).append(line)
    said = {
        key: "\n".join(line for line in lines if key == "shown" or not _signs(line, sender)).strip()
        for key, lines in answers.items()
    }
    said["subject"] = _PREFIX.sub("", subject).strip()
    return {key: _unquoted(answer) for key, answer in said.items() if answer and not _NO_ANSWER.fullmatch(answer)}


def _question(line: str, names: Mapping[str, str]) -> tuple[str, str]:
    """(the key of the question on this line, the answer behind it on the same line); ("", "") for another line."""
    plain = _bare(line)
    if plain in names:
        return names[plain], ""
    before, mark, rest = line.partition("?")
    if not mark:
        before, mark, rest = line.partition(":")
    bare = _bare(before)
    return (names[bare], rest.strip(" :*_")) if mark and bare in names else ("", "")


def _bare(line: str) -> str:
    return _MARKUP.sub("", line).casefold()


def _unquoted(answer: str) -> str:
    """An answer of which each line is quoted, as in a reply to a letter, without the marks."""
    lines = [line for line in answer.split("\n") if line.strip()]
    return _QUOTED.sub("", answer) if all(line.startswith(">") for line in lines) else answer


def _signs(line: str, sender: frozenset[str]) -> bool:
    """Whether a line is made of the sender's names alone, or of their initials: Berta, Berta Example, B. Example."""
    words = _WORDS.findall(line.casefold())
    full = sender.intersection(words)
    return bool(full) and all(word in full or (len(word) == 1 and _begins(word, sender)) for word in words)


def _begins(initial: str, names: frozenset[str]) -> bool:
    return any(name.startswith(initial) for name in names)


def _letter(text: str) -> tuple[str, frozenset[str], str]:
    """(subject, words of the sender's name, text without its signature) of an e-mail as it is saved or forwarded.

    ("", none, the text) where it has no headers.
    """
    if not _HEADERS.match(text):
        return "", frozenset(), text
    try:
        letter = message_from_string(text, policy=policy.default)
        body = letter.get_body(("plain",))
        sender = parseaddr(str(letter.get("From", "")))[0]
        written = _SIGNATURE.split(body.get_content())[0] if body else ""
        return str(letter.get("Subject", "")), frozenset(_WORDS.findall(sender.casefold())), written
    except (MessageError, LookupError, ValueError):
        return "", frozenset(), text


@cache
def _names(language: Language) -> Mapping[str, str]:
    """A question as it is written in any language, without marks and in lower case → its key."""
    names: dict[str, str] = {}
    for spoken in (language, *map(language_or_english, available_languages())):
        for asked in (*DETAILS, *DEBRIEF):
            names.setdefault(_bare(spoken.gettext(asked.text)), asked.key)
        for key, text in _MORE.items():
            names.setdefault(_bare(spoken.gettext(text)), key)
    return names
