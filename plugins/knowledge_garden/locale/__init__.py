"""The languages of the interface: gettext catalogues, and how each language writes dates, numbers, lists and order."""

from knowledge_garden.locale.language import ENGLISH, Language, available_languages, language_of, language_or_english
from knowledge_garden.locale.phrases import fits, interface_texts

__all__ = [
    "ENGLISH",
    "Language",
    "available_languages",
    "fits",
    "interface_texts",
    "language_of",
    "language_or_english",
]
