"""From a file's bytes to its text: without byte-order mark, with Unix line ends, without characters that have no width."""

from __future__ import annotations

from knowledge_garden.fixing.edits import Fix, Text
from knowledge_garden.model.messages import message, messages
from knowledge_garden.reading.files import SIZE_LIMIT
from knowledge_garden.reading.hidden import without_widthless_characters
from knowledge_garden.reading.yaml_advice import conflict_line

_MARK = b"\xef\xbb\xbf"


def fix_encoding(data: bytes) -> Text | None:
    """The text of a file; None for one that is to be left alone: no UTF-8, too large, binary or with a merge conflict."""
    if len(data) > SIZE_LIMIT or b"\x00" in data:
        return None
    fixes: list[Fix] = []
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if data.startswith(_MARK):
        fixes.append(Fix(1, message("Removed the byte-order mark.")))
    windows, old = text.count("\r\n"), text.replace("\r\n", "").count("\r")
    if windows or old:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        ends = windows + old
        fixes.append(Fix(1, messages("Changed {number} line end to LF.", "Changed {number} line ends to LF.", ends)))
    if conflict_line(text):
        return None
    text, offsets = without_widthless_characters(text)
    if offsets:
        line = text.count("\n", 0, offsets[0]) + 1
        fault = messages(
            "Deleted characters without width, in {number} place from this line on.",
            "Deleted characters without width, in {number} places from this line on.",
            len(offsets),
        )
        fixes.append(Fix(line, fault))
    return Text(text, tuple(fixes))
