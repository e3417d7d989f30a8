"""What a person who has never seen YAML should change where a parser gives up: a sentence, and the line as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge_garden.model.messages import message
from knowledge_garden.reading.quotes import quoted

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.M)
_LONGEST = 120  # characters of a line that a hint repeats
_INDENT = re.compile(r"[ \t]*\t[ \t]*")
# A line of the form "key: value" or "- value", perhaps with both: what comes before the value, and the value.
_LINE = re.compile(r"(?P<before>[ \t]*(?:- +)?(?:[\w-]+:[ \t]+|- +)|[ \t]*- +)(?P<value>\S.*)\Z")
_NO_SPACE = re.compile(r"([ \t]*(?:- +)?[A-Za-z_]\w*):(\S.*)\Z")
_TAB_AFTER = re.compile(r"([ ]*(?:- +)*(?:-|[\w-]+:)) *\t\s*(\S.*)\Z")
_NO_COLON = re.compile(r"([ ]*(?:- +)?[A-Za-z_]+) ?[：=꞉]\s*(\S.*)\Z")
_BULLET = re.compile(r"([ ]*)[*•·–—]\s+(\S.*)\Z")
_CURLY = "“”„«»‘’‚"
HARD_SPACES = "\u00a0\u2007\u202f\u3000"  # no-break and wide spaces, which YAML does not take for one
_PARTS = re.compile(
    rf"(?P<indent>[ {HARD_SPACES}]*)(?P<dash>-[ {HARD_SPACES}]+)?(?P<key>[\w-]+[ {HARD_SPACES}]*:(?:[ {HARD_SPACES}]+|\Z))?"
)
_OPENING = {"[": "]", "{": "}"}

HARD_SPACE = message("There is a no-break space where YAML takes only a usual one.")
CONFLICT = message("The file holds the marks of a merge conflict.")

Advice = tuple[str, str]


def conflict_line(text: str) -> int:
    """The line, from 1, of the first mark of a merge conflict in a text; 0 where there is none."""
    match = _CONFLICT.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def advice(text: str, line: int, reason: str) -> tuple[int, str, str]:
    """The line to change (from 0), what is wrong with it, and how it should be written.

    `line` is where the parser stopped and `reason` what it said. Where nothing better is known, the reason is repeated.
    A mistake often shows on a later line than it was made on, so the lines before are looked at too.
    """
    lines = text.split("\n")
    for number, looks in ((line, _LOOKS), (line - 1, _LOOKS_BEFORE), (line, (_indentation,))):
        if 0 <= number < len(lines):
            for look in looks:
                if advice := look(lines[number], reason):
                    return number, *advice
    return line, message("The YAML can't be read: {reason}.", reason=reason), ""


def _tab(line: str, reason: str) -> Advice | None:
    indent = _INDENT.match(line)
    if not indent:
        after = _TAB_AFTER.match(line) if "start any token" in reason else None
        if not after:
            return None
        return message("There is a tab after the hyphen or the colon; YAML takes only spaces."), _write(
            f"{after[1]} {after[2]}"
        )
    spaces = indent[0].replace("\t", "  ")
    fixed = spaces + line[indent.end() :].rstrip()
    hint = (
        message("Write spaces instead of the tab: “{fixed}”.", fixed=fixed)
        if len(fixed) <= _LONGEST
        else message("Write spaces instead of the tab.")
    )
    return message("The line is indented with a tab; YAML takes only spaces."), hint


def key_and_value(line: str) -> tuple[str, str] | None:
    """What comes before the value of a line, and the value; None where it has none."""
    match = _LINE.match(line.rstrip())
    return (match["before"], match["value"]) if match else None


def _curly_quotes(line: str, _: str) -> Advice | None:
    parts = key_and_value(line)
    if not parts or parts[1][0] not in _CURLY:
        return None
    return message("The value is in curly quotes; YAML knows only straight ones."), _write(
        parts[0] + quoted(parts[1].strip(_CURLY))
    )


def _open_quote(line: str, reason: str) -> Advice | None:
    parts = key_and_value(line)
    if not parts or parts[1][0] not in "\"'" or "end of stream" not in reason or parts[1].count(parts[1][0]) != 1:
        return None
    return message("The quote that opens here is not closed."), _write(f"{line.rstrip()}{parts[1][0]}")


def _quote_left_open(line: str, reason: str) -> Advice | None:
    """A quote of a line before, which ends only at the next quote that somebody wrote."""
    parts = key_and_value(line)
    if not parts or parts[1][0] not in "\"'" or parts[1].count(parts[1][0]) != 1:
        return None
    return message("The quote that opens here is not closed."), _write(f"{line.rstrip()}{parts[1][0]}")


def _hard_space(line: str, _: str) -> Advice | None:
    soft = usual_spaces(line)
    if soft == line:
        return None
    return HARD_SPACE, _write(soft)


def usual_spaces(line: str) -> str:
    """A line with usual spaces before and after its hyphen and its key; what follows is left as it is."""
    match = _PARTS.match(line)
    before = "".join(part or "" for part in match.group("indent", "dash", "key")) if match else ""
    return re.sub(f"[{HARD_SPACES}]", " ", before) + line[len(before) :]


def _other_sign(line: str, _: str) -> Advice | None:
    match = _NO_COLON.match(line.rstrip())
    if not match:
        return None
    return message("The name of a field is followed by a colon (:) and a space."), _write(f"{match[1]}: {match[2]}")


def _bullet(line: str, _: str) -> Advice | None:
    match = _BULLET.match(line.rstrip())
    if not match:
        return None
    return message("An item of a list begins with a hyphen (-) and a space."), _write(f"{match[1]}- {match[2]}")


def _inner_quote(line: str, _: str) -> Advice | None:
    parts = key_and_value(line)
    if not parts or parts[1][0] not in "\"'" or parts[1].count(parts[1][0]) < 2:
        return None
    quote = parts[1][0]
    closed = re.match(rf"{quote}[^{quote}]*{quote}\s*(?:#.*)?\Z", parts[1])
    if closed:
        return _backslash(parts) if quote == '"' and "\\" in parts[1] else None
    inner = parts[1][1:-1] if parts[1].endswith(quote) else parts[1]
    return message("A quote ({quote}) inside the value ends it too early.", quote=quote), _write(
        parts[0] + quoted(inner)
    )


def _backslash(parts: tuple[str, str]) -> Advice:
    fault = message(
        "A backslash between double quotes begins a special character; between single quotes it is a backslash."
    )
    return fault, _write(f"{parts[0]}'{parts[1][1:-1]}'")


def colon_quoted(line: str) -> str:
    """A line with quotes around its value, which holds a colon; "" where it holds none, or begins with a sign of YAML."""
    parts = key_and_value(line)
    if not parts or not re.search(r":(?:\s|\Z)", parts[1]) or parts[1][0] in "\"'[{|>":
        return ""
    return parts[0] + quoted(parts[1])


def _colon(line: str, reason: str) -> Advice | None:
    fixed = colon_quoted(line)
    if not fixed or "mapping values" not in reason:
        return None
    return message("The value holds a colon, so it needs quotes."), _write(fixed)


def _first_sign(line: str, reason: str) -> Advice | None:
    parts = key_and_value(line)
    if not parts or parts[1][0] not in "@`%*&!," or ("start any token" not in reason and "expected" not in reason):
        return None
    return message("A value that begins with {sign} needs quotes.", sign=parts[1][0]), _write(
        parts[0] + quoted(parts[1])
    )


def _open_bracket(line: str, reason: str) -> Advice | None:
    parts = key_and_value(line)
    if not parts or parts[1][0] not in _OPENING:
        return None
    closing = _OPENING[parts[1][0]]
    odd = next((quote for quote in "\"'" if parts[1].count(quote) % 2 and parts[1].endswith(closing)), "")
    if odd:
        return message("A quote ({quote}) within the list is not closed.", quote=odd), message(
            "Close it before the next comma."
        )
    if parts[1].count(parts[1][0]) <= parts[1].count(closing):
        return None
    in_quotes = parts[1].count('"') % 2 or parts[1].count("'") % 2
    hint = "" if in_quotes else _write(f"{line.rstrip().rstrip(',')}{closing}")
    return message("The list that opens with {sign} is not closed.", sign=parts[1][0]), hint


def _no_space(line: str, reason: str) -> Advice | None:
    match = _NO_SPACE.match(line.rstrip())
    # Where the next line is the first with a space, YAML takes both for one text.
    told = "could not find expected" in reason or "mapping values" in reason
    if not match or match[2].startswith("//") or not told:
        return None
    return message("There is no space after the colon."), _write(f"{match[1]}: {match[2]}")


def _no_colon(line: str, reason: str) -> Advice | None:
    if "could not find expected ':'" not in reason or not line.strip() or ":" in line:
        return None
    return message("The line is neither a field (key: value) nor indented under one."), ""


def _indentation(line: str, reason: str) -> Advice | None:
    if not line.strip() or not any(
        part in reason for part in ("did not find expected", "expected <block end>", "mapping values")
    ):
        return None
    return message("The line is not indented like those that belong with it."), (
        message("Begin a field of the record at the start of the line; indent what belongs under it by two spaces.")
    )


_LOOKS: tuple[Callable[[str, str], Advice | None], ...] = (
    _tab,
    _hard_space,
    _curly_quotes,
    _open_quote,
    _inner_quote,
    _open_bracket,
    _colon,
    _first_sign,
    _no_space,
    _other_sign,
    _bullet,
    _no_colon,
)
# What a line can leave open, so that the parser stops only at the next one.
_LOOKS_BEFORE = (
    _hard_space,
    _open_quote,
    _quote_left_open,
    _inner_quote,
    _open_bracket,
    _no_space,
    _other_sign,
    _no_colon,
)


def _write(line: str) -> str:
    return message("Write: {line}", line=line.strip()) if len(line) <= _LONGEST else ""
