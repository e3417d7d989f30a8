"""Plain words: names in code and texts for people use none of the private words of words.yml.

Files in words-pending.txt are still to be corrected; the list only gets shorter. `python tests/test_words.py` prints
every offence, those of pending files too; with `--prune` it first removes corrected files from the list.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PENDING = ROOT / "tests" / "words-pending.txt"
PLACES = (
    "plugins/knowledge_garden/**/*.py",
    "plugins/knowledge_garden/pages/templates/**/*.html",
    "plugins/knowledge_garden/theme/**/*.html",
    "plugins/knowledge_garden/theme/assets/knowledge-garden/*.js",
    "plugins/knowledge_garden/theme/assets/knowledge-garden/*.css",
    "scripts/*",
    "content/handbook/*.md",
    "content/index.md",
    "docs/**/*.md",
    "*.md",
    ".github/**/*.md",
    ".github/**/*.yml",
    "mkdocs.yml",
)
_NOT_SHOWN = re.compile(r"""\b(?:class|id|for|name|aria-labelledby)=(?:"[^"]*"|'[^']*')""")  # names for machines
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class Allowance:
    """Where a word is right."""

    path: str
    text: str
    reason: str


@dataclass(frozen=True)
class Word:
    """One entry of words.yml."""

    say: str
    text: re.Pattern[str] | None
    names: frozenset[str]
    variable: frozenset[str]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    allow: tuple[Allowance, ...]


@dataclass(frozen=True)
class Part:
    """A piece of a file: a text, the name of a module, class or function, or the name of a variable."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Offence:
    line: int
    word: str
    say: str
    excerpt: str


@cache
def words() -> tuple[Word, ...]:
    entries = yaml.safe_load((ROOT / "tests" / "words.yml").read_text(encoding="utf-8"))
    return tuple(
        Word(
            say=entry["say"],
            text=re.compile(entry["text"], re.I) if "text" in entry else None,
            names=frozenset(entry.get("names", ())),
            variable=frozenset(entry.get("variable", ())),
            bad=tuple(entry.get("bad", ())),
            good=tuple(entry.get("good", ())),
            allow=tuple(Allowance(**exception) for exception in entry.get("allow", ())),
        )
        for entry in entries
    )


def parts_of_python(source: str, module: str) -> Iterator[Part]:
    """The names and the texts of a module: docstrings, messages (with {} for each value) and comments."""
    yield Part("name", module, 1)
    tree = ast.parse(source)
    inside_f_strings = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield Part("name", node.name, node.lineno)
        elif isinstance(node, ast.arg):
            yield Part("variable", node.arg, node.lineno)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Part("variable", node.id, node.lineno)
        elif isinstance(node, ast.JoinedStr):
            values = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield Part("text", "".join(map(str, values)), node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside_f_strings:
            yield Part("text", node.value, node.lineno)
    yield from _comments(source)


def _comments(source: str) -> Iterator[Part]:
    """Comments, those of neighbouring lines as one text."""
    lines: list[str] = []
    first = last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if lines and token.start[0] != last + 1:
                yield Part("text", "\n".join(lines), first)
                lines = []
            first = first if lines else token.start[0]
            last = token.start[0]
            lines.append(token.string.lstrip("# "))
    if lines:
        yield Part("text", "\n".join(lines), first)


def parts_of(path: Path) -> Iterator[Part]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from parts_of_python(text, path.stem)
    elif path.suffix == ".html":
        yield Part("text", _NOT_SHOWN.sub("", text), 1)
        # The text between two tags, by itself: a label is a whole text.
        for match in re.finditer(r">([^<>{}]+)<", text):
            yield Part("text", match[1].strip(), text.count("\n", 0, match.start(1)) + 1)
    elif path.suffix == ".css":  # selectors are names that others depend on
        for match in re.finditer(r"/\*.*?\*/", text, re.S):
            yield Part("text", match[0], text.count("\n", 0, match.start()) + 1)
    else:
        yield Part("text", text, 1)


def name_parts(name: str) -> set[str]:
    """The words of a name: `load_garden` → load, garden; `PageCredit` → page, credit."""
    return {part.lower() for part in _PARTS.findall(name)}


def offences_in(parts: Iterator[Part], path: str) -> list[Offence]:
    """Each private word, once for a line, sorted by line."""
    offences: set[Offence] = set()
    for part in parts:
        for word in words():
            for start, match in matches(word, part):
                line = part.line + part.text.count("\n", 0, start)
                excerpt = " ".join(part.text[max(0, start - 30) : start + len(match) + 30].split())
                allowed = any(path == one.path and one.text in excerpt for one in word.allow)
                if not allowed:
                    offences.add(Offence(line, " ".join(match.lower().split()), word.say, excerpt))
    return sorted(offences, key=lambda offence: (offence.line, offence.word))


def matches(word: Word, part: Part) -> Iterator[tuple[int, str]]:
    """Where a part has the word: position and what is there."""
    if part.kind == "text" and word.text:
        for match in word.text.finditer(part.text.replace("\n", " ")):
            yield match.start(), match[0]
    elif part.kind == "name":
        for name in sorted(name_parts(part.text) & word.names):
            yield 0, name
    elif part.kind == "variable" and part.text in word.variable:
        yield 0, part.text


@cache
def files() -> tuple[str, ...]:
    paths = {path for pattern in PLACES for path in ROOT.glob(pattern) if path.is_file()}
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in paths if "__pycache__" not in path.parts))


@cache
def offences(path: str) -> tuple[Offence, ...]:
    return tuple(offences_in(parts_of(ROOT / path), path))


@cache
def pending() -> frozenset[str]:
    """The files that are still to be corrected."""
    lines = PENDING.read_text(encoding="utf-8").splitlines() if PENDING.exists() else []
    return frozenset(line for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("path", files())
def test_no_private_word(path: str) -> None:
    if path in pending():
        assert offences(path), f"{path} is corrected: remove it from tests/words-pending.txt"
        return
    lines = [f"{path}:{one.line}: “{one.word}”: say “{one.say}”. … {one.excerpt} …" for one in offences(path)]
    assert not lines, "\n" + "\n".join(lines)


def test_files_that_are_to_be_corrected_are_there() -> None:
    gone = sorted(pending() - set(files()))
    assert not gone, f"remove from tests/words-pending.txt: {gone}"


def test_pruning_removes_corrected_files_and_adds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [path for path in files() if offences(path)]
    right = next(path for path in files() if not offences(path))
    listed = tmp_path / "pending.txt"
    listed.write_text("\n".join(["# why", *wrong[:1], right, "gone.py", ""]), encoding="utf-8")
    monkeypatch.setattr(sys.modules[__name__], "PENDING", listed)
    prune()
    assert listed.read_text(encoding="utf-8").splitlines() == ["# why", *wrong[:1]]


def test_there_are_files_of_every_kind() -> None:
    for pattern in PLACES:
        assert any(path.is_file() for path in ROOT.glob(pattern)), f"{pattern} fits nothing: correct it in PLACES"


@pytest.mark.parametrize("word", words(), ids=lambda word: word.say)
def test_each_pattern_tells_bad_from_good(word: Word) -> None:
    assert word.text or word.names or word.variable
    assert bool(word.text) == bool(word.bad) == bool(word.good)
    for phrase in word.bad:
        assert list(matches(word, Part("text", phrase, 1))), phrase
    for phrase in word.good:
        assert not list(matches(word, Part("text", phrase, 1))), phrase


@pytest.mark.parametrize("word", words(), ids=lambda word: word.say)
def test_each_exception_has_a_reason_and_is_needed(word: Word) -> None:
    for exception in word.allow:
        assert len(exception.reason.split()) >= 4, exception
        assert exception.path in files(), exception
        excerpts = [
            " ".join(part.text[max(0, start - 30) : start + len(match) + 30].split())
            for part in parts_of(ROOT / exception.path)
            for start, match in matches(word, part)
        ]
        assert any(exception.text in excerpt for excerpt in excerpts), f"nothing needs {exception}"


SAMPLE = '''"""Grows a garden.

The rooms of the house.
"""
# A comment about
# the life of a page.
class _GrownThing:
    def mend_it(self, each, life):
        raise ValueError(f"{each} has a slip in it; Say {life}: 2 times")
'''


def test_names_and_texts_of_a_module_are_read() -> None:
    expected = {
        (1, "grows a garden"),
        (3, "rooms"),
        (3, "the house"),
        (6, "life of a page"),
        (7, "grown"),
        (8, "each"),
        (8, "life"),
        (8, "mend"),
        (9, "slip"),
        (9, "say {"),
        (9, "2 times"),
        (1, "room"),
    }
    assert {(one.line, one.word) for one in offences_in(parts_of_python(SAMPLE, "room"), "x.py")} == expected


def test_comments_of_a_style_sheet_are_read(tmp_path: Path) -> None:
    sheet = tmp_path / "x.css"
    sheet.write_text(".kg-corners {}\n/* all\n   corners, and silent corners */\n", encoding="utf-8")
    assert [(one.line, one.word) for one in offences_in(parts_of(sheet), "x.css")] == [(3, "corners")]


def test_labels_and_sentences_of_a_template_are_read(tmp_path: Path) -> None:
    template = tmp_path / "x.html"
    template.write_text('<p class="the-foot mend">\n<a href="x">Look</a>\nTended by {{ who }}</p>\n', encoding="utf-8")
    assert [(one.line, one.word) for one in offences_in(parts_of(template), "x.html")] == [(2, "look"), (3, "tended")]


def prune() -> None:
    """Remove from words-pending.txt the files that are corrected or gone. Nothing is ever added."""
    lines = PENDING.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.startswith("#") or (line in files() and offences(line))]
    PENDING.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")


if __name__ == "__main__":
    if "--prune" in sys.argv:
        prune()
    for path in files():
        for one in offences(path):
            print(f"{path}:{one.line}: {one.word} → {one.say}")  # noqa: T201
