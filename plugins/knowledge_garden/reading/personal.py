"""Finds in a text what may tell who somebody is, or what lets others in: names, addresses, numbers, passwords and keys.

Each rule is so narrow that it is silent on the names and numbers of public reports. No message repeats what was found:
it is read in logs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge_garden.model.messages import message
from knowledge_garden.model.names import AT_SIGNS, address_spans
from knowledge_garden.reading.secrets import secret_spans

_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')\]]+|\]\([^)\s]*|\b10\.\d{4,}/\S+", re.I)
_UPPER = "[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_UPPER}[\w'’]+(?:[ -]{_UPPER}[\w'’]+)?"
_FORMS = "Mr|Mrs|Ms|Mx|Messrs|Miss|Herr|Herrn|Frau|Señor|Señora|Monsieur|Madame|Mme|Mlle"
_ADDRESSED = re.compile(rf"(?<![Nn]ear[ -])\b(?:{_FORMS})\b\.?[ \u00a0]+(?:(?:Dr|Prof)\.?[ \u00a0]+)*{_NAME}")
_ROLES = (
    "colleague|boss|manager|supervisor|foreman|nurse|patient|apprentice|trainee|intern|neighbou?r|secretary|assistant"
)
_OUR = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir) (?:{_ROLES}) {_UPPER}[a-zß-ÿ]{{2,}}\b|\bKolleg(?:en?|in) {_UPPER}[a-zß-ÿ]{{2,}}\b"
)
_PHONE = re.compile(
    r"(?<![\w/.+-])(?:"
    r"\+\d{1,3}(?:[ \u00a0./()-]{0,3}\d){7,13}"  # +44 20 7946 0000
    r"|\(?0\d{2,5}\)?[ \u00a0/-]{1,3}\d(?:[ \u00a0-]?\d){4,9}"  # 0171 2345678
    r"|\(?\d{3}\)?[ -]\d{3}-\d{4}"  # (555) 123-4567
    r")(?![\w/])"
)
_CALLED = re.compile(r"\b(?:tel|telephone|phone|mobile|telefon|handy)\b\.?[ :]{1,3}(\d(?:[ /-]?\d){5,14})", re.I)
_NOT_A_PHONE = re.compile(r"(?:ISBN|ISSN|No\.|Nr\.)[ :]*\Z", re.I)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}"  # AB12 CDE
    r"|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?(?!19\d\d|20\d\d)\d{1,4}[EH]?)(?![\w-])"  # HH-AB 123
)
_PLATE_SAID = re.compile(
    r"\b(?i:licen[cs]e plate|number plate|registration|kennzeichen|nummernschild)\W{1,3}(?:(?:number|was|is|war|ist)\W{1,3})?"
    r"(?=[A-Z0-9 -]{0,9}\d)(?=[0-9 -]{0,9}[A-Z])([A-Z0-9]{1,4}(?:[ -][A-Z0-9]{1,5}){0,3})\b",
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?(?!\w)")
_CARD = re.compile(r"(?<![\w.,-])(?:3[04678]|4\d|5[1-5]|2[2-7]|6[25])\d\d(?:[ -]?\d){9,12}(?![\w-])")
# One set of letters at the beginning, so that the search skips to them.
_LIKE_A_NUMBER = re.compile(
    r"[0-9A-ZÄÖÜ](?:(?<=[0-9])(?:[ \u00a0()./-]{0,3}\d){5}|(?<=[A-Z])[A-Z]\d\d|(?<=[A-ZÄÖÜ])-[A-Z]{1,2} ?\d)"
)
_FORM_WORDS = tuple(_FORMS.split("|"))
_ROLE_WORDS = (*_ROLES.replace("u?", "").split("|"), "neighbour", "kolleg")
_SAID_WORDS = ("plate", "registration", "kennzeichen", "nummernschild", "tel.", "phone", "mobile", "handy", "telefon")
_LEAST = 4  # letters and digits that an entry of `meant` must have to stand for a longer text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something personal in a text, from `start` to `end`, with the code and the message of its problem."""

    start: int
    end: int
    code: str
    message: str


class Meant:
    """What a lesson says is meant to be there, in its field `meant`."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._keys = {key for entry in entries if (key := _key(entry))}

    def covers(self, text: str) -> bool:
        """Whether an entry is the text, holds it, or is a part of it; spaces, signs and case make no difference."""
        key = _key(text)
        return any(key in entry or (len(entry) >= _LEAST and entry in key) for entry in self._keys)


def personal(text: str, meant: Meant) -> list[Finding]:
    """What is personal or secret in a text and is not meant to be there, in its order; of overlapping ones the first."""
    findings: list[Finding] = []
    end = 0
    for finding in sorted(_findings(text), key=lambda finding: (finding.start, -finding.end)):
        if finding.start >= end and not meant.covers(text[finding.start : finding.end]):
            findings.append(finding)
            end = finding.end
    return findings


def _findings(text: str) -> Iterator[Finding]:
    for start, end in secret_spans(text):
        yield Finding(start, end, "secret", message("The text holds what looks like a password or a key."))
    # Most texts have nothing of the kind; to see that costs a tenth of what all the patterns would.
    lower = text.lower()
    patterns = [
        *([_ADDRESSED] if any(form in text for form in _FORM_WORDS) else ()),
        *([_OUR] if any(role in lower for role in _ROLE_WORDS) else ()),
    ]
    has_address = any(sign in text for sign in AT_SIGNS)
    has_number = _LIKE_A_NUMBER.search(text) or any(word in lower for word in _SAID_WORDS)
    if not patterns and not has_number and not has_address:
        return
    text = _URL.sub(lambda url: " " * len(url[0]), text)
    for start, end in address_spans(text) if has_address else ():
        yield Finding(start, end, "personal-data", message("The text holds an e-mail address."))
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Finding(match.start(), match.end(), "personal-name", message("The text seems to name a person."))
    if has_number:
        yield from _numbers(text)


def _numbers(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        if _is_iban(match[0]):
            yield Finding(*match.span(), "personal-data", message("The text holds an account number (IBAN)."))
    for match in _CARD.finditer(text):
        if _is_card(match[0]):
            yield Finding(*match.span(), "personal-data", message("The text holds the number of a payment card."))
    for pattern, group in ((_PLATE, 0), (_PLATE_SAID, 1)):
        for match in pattern.finditer(text):
            what = message("The text holds what looks like a licence plate.")
            yield Finding(*match.span(group), "personal-data", what)
    for pattern, group in ((_PHONE, 0), (_CALLED, 1)):
        for match in pattern.finditer(text):
            if not _NOT_A_PHONE.search(text[: match.start()][-10:]) and sum(map(str.isdigit, match[group])) >= 6:
                what = message("The text holds what looks like a telephone number.")
                yield Finding(*match.span(group), "personal-data", what)


def _is_iban(text: str) -> bool:
    """Whether the check digits of an account number are right."""
    letters = "".join(text.split())
    return len(letters) >= 15 and int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1


def _is_card(text: str) -> bool:
    """Whether the last digit of a card's number is right (Luhn)."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    doubled = [sum(divmod(digit * 2, 10)) if number % 2 else digit for number, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 16 and sum(doubled) % 10 == 0


def _key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
