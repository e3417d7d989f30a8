"""Addresses that hand a text over: to the editor of a forge, to a new issue, or to a letter. Never cut: see `Prefilled`.

theme/assets/knowledge-garden/prefilled.js does the same in the browser; tests/cases/prefilled/ holds both to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

LETTER_LIMIT = 1_900  # characters of a mailto: address: Windows hands programs some 2,000
_AS_IN_SCRIPTS = "!~*'()"  # what encodeURIComponent leaves as it is, beside what quote does
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Prefilled:
    """An address with {names} for values. `empty` is the address for a text that makes it longer than `limit` bytes.

    Where a text does not fit, it is copied for the reader to paste. `line_break`: how lines of a value are ended.
    """

    template: str
    empty: str
    limit: int
    line_break: str = "\n"

    def fits(self, values: Mapping[str, str]) -> bool:
        """Whether the whole address is short enough."""
        return len(self._filled(self.template, values)) <= self.limit

    def address(self, values: Mapping[str, str]) -> str:
        """The address with its values, and without the long ones where they do not fit."""
        whole = self._filled(self.template, values)
        return whole if len(whole) <= self.limit else self._filled(self.empty, values)

    def with_texts(self, texts: Mapping[str, str]) -> Prefilled:
        """The same address with some of its {names} replaced by texts that are encoded now, once; they may hold other {names}."""

        def around_names(text: str) -> str:
            parts = _NAME.split(text)  # text and names in turn
            return "".join(
                f"{{{part}}}" if position % 2 else encoded(part, self.line_break) for position, part in enumerate(parts)
            )

        done = {name: around_names(text) for name, text in texts.items()}
        template, empty = (
            _NAME.sub(lambda match: done.get(match[1], match[0]), address) for address in (self.template, self.empty)
        )
        return Prefilled(template, empty, self.limit, self.line_break)

    def _filled(self, template: str, values: Mapping[str, str]) -> str:
        return _NAME.sub(lambda match: encoded(values.get(match[1], ""), self.line_break), template)


def letter(address: str) -> Prefilled:
    """A letter to an e-mail address: {title} is its subject."""
    to = f"mailto:{quote(address, safe='@+')}?subject={{title}}"
    return Prefilled(f"{to}&body={{text}}", to, LETTER_LIMIT, "\r\n")


@lru_cache(maxsize=256)  # the addresses of a page have its title and file in common
def encoded(text: str, line_break: str = "\n") -> str:
    """A text as a part of an address."""
    return quote(line_break.join(text.replace("\r\n", "\n").split("\n")), safe=_AS_IN_SCRIPTS)
