"""The one form that sanitised HTML has, and how it is read: values in double quotes, `<` and `>` escaped but in tags.

It is what an HTML serialiser writes (`reading.html`), so these patterns read all of it; they read no other HTML.
"""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s[^\s=\"<>/]+=\"[^\"<>]*\")*)\s?/?>")
ATTRIBUTE = re.compile(r"\s([^\s=\"<>/]+)=\"([^\"]*)\"")


def plain(text: str) -> str:
    """Text, or an attribute's value, without its escapes."""
    return unescape(text) if "&" in text else text
