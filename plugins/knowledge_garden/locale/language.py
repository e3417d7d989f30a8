"""One language of the interface. Catalogues are in the folders beside this module; English is in the code itself."""

from __future__ import annotations

import datetime
import gettext
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from knowledge_garden.locale.phrases import DOMAIN, FOLDER, fits
from knowledge_garden.model.dates import When
from knowledge_garden.model.messages import Message, fill, message

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Language:
    """Translates and formats for one language.

    `tag` is as in HTML ("en", "de", "pt-BR"). `phrases`: English template → this garden's own wording, which goes
    before the catalogue's. A text that the catalogue lacks stays English.
    """

    def __init__(self, tag: str = "en", phrases: Mapping[str, str] = _NOTHING) -> None:
        """Raises ValueError for a tag that names no language."""
        self.tag = tag.replace("_", "-")
        try:
            self.locale = Locale.parse(tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(message("{tag} is not a language; write one such as en, de or pt-BR.", tag=tag)) from error
        self.phrases = {text: phrase for text, phrase in phrases.items() if fits(text, phrase)}
        self._dates: dict[When | datetime.date, str] = {}  # every page has some, and most are those of other pages too
        names = [str(self.locale), self.locale.language]
        self._catalogue = gettext.translation(DOMAIN, str(FOLDER), languages=names, fallback=True)

    def gettext(self, template: str) -> str:
        """A template in this language, without its values."""
        # The catalogue keeps notes about itself under the empty text.
        return self.phrases.get(template) or (self._catalogue.gettext(template) if template else "")

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The template that fits a number in this language."""
        own = self.phrases.get(singular if number == 1 else plural)
        return own or self._catalogue.ngettext(singular, plural, number)

    def text(self, text: str) -> str:
        """A text in this language: a `Message` translated with its values, any other text as it is."""
        if not isinstance(text, Message):
            return text
        template = (
            self.ngettext(text.template, text.plural, text.number) if text.plural else self.gettext(text.template)
        )
        values = {name: self._value(value) for name, value in text.values.items()}
        return fill(template, values) if values else template

    def _value(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, When | datetime.date):
            return self.date(value)
        return self.number(value) if type(value) is int else value

    def date(self, date: When | datetime.date | None) -> str:
        """A day, a month or a year for a reader: "1 August 2012", "August 2012", "2012"; "" for None."""
        if date is None:
            return ""
        written = self._dates.get(date)
        if written is None:
            written = self._dates[date] = self._written_date(When.parse(date))
        return written

    def _written_date(self, when: When) -> str:
        if when.month is None:
            return str(when.year)
        if when.day is None:
            return format_skeleton("yMMMM", when.first, locale=self.locale)
        form = "d MMMM y" if self.locale.language == "en" and self.locale.territory is None else "long"
        return format_date(when.first, format=form, locale=self.locale)

    def weekday(self, day: datetime.date) -> str:
        """The day of the week: "Tuesday"."""
        return format_date(day, format="EEEE", locale=self.locale)

    def month(self, day: datetime.date) -> str:
        """The month of a day: "August 2012"."""
        return self.date(When(day.year, day.month))

    def number(self, number: int) -> str:
        """A whole number with the language's sign between thousands."""
        return format_decimal(number, locale=self.locale) if abs(number) >= 1000 else str(number)

    def list(self, items: Iterable[str]) -> str:
        """ "one, two and three"."""
        return format_list(list(items), locale=self.locale)

    def sort_key(self, text: str) -> tuple[str, str]:
        """Orders texts as a reader looks for them: letters with marks beside those without, whatever their case."""
        folded = text.casefold()
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
        return plain, folded


@cache
def _language(tag: str, phrases: tuple[tuple[str, str], ...]) -> Language:
    return Language(tag, dict(phrases))


def language_of(tag: str, phrases: Mapping[str, str] = _NOTHING) -> Language:
    """The language with this tag; the same one each time. Raises ValueError for a tag that names no language."""
    return _language(tag, tuple(sorted(phrases.items())))


ENGLISH = language_of("en")


def language_or_english(tag: str, phrases: Mapping[str, str] = _NOTHING) -> Language:
    """The language with this tag, or English where the tag names none; the check reports that."""
    try:
        return language_of(tag, phrases)
    except ValueError:
        return language_of("en", phrases)


@cache
def available_languages() -> tuple[str, ...]:
    """The tags of the languages whose interface is translated, English first."""
    others = sorted(path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ("en", *(name.replace("_", "-") for name in others))
