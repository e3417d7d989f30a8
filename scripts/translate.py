"""Collects the texts of the interface, and keeps the catalogues of its languages complete and compiled."""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "knowledge_garden"
LOCALE = PACKAGE / "locale"
DOMAIN = "knowledge_garden"
_CODE_TEXTS = slice(2, 4)  # of Code(name, severity, meaning, fix)

Text = str | tuple[str, str]


@dataclass(frozen=True)
class Use:
    """A text of the interface, or the pair of one and many, with the file and line that use it."""

    text: Text
    path: str
    line: int


class NotWrittenOutError(ValueError):
    """A text that can't be collected, because it is not written out where it is used."""


def python_texts(source: str) -> Iterator[tuple[Text, int]]:
    """The texts of a module: of message() and messages(), descriptions of fields and forms, and problems' codes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and any(
            isinstance(base, ast.Name) and base.id == "Fields" for base in node.bases
        ):
            if description := ast.get_docstring(node):
                yield description, node.lineno
        elif isinstance(node, ast.Call):
            yield from _call_texts(node)


def _call_texts(node: ast.Call) -> Iterator[tuple[Text, int]]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name == "message" and node.args and (text := _written_out(node.args[0])):
        yield text, node.lineno
    elif name == "messages":
        one, many = (_written_out(argument) for argument in node.args[:2])
        if one and many:
            yield (one, many), node.lineno
    elif name == "Code":
        yield from ((text, node.lineno) for argument in node.args[_CODE_TEXTS] if (text := _written_out(argument)))
    elif name == "Field":
        yield from (
            (text, node.lineno)
            for keyword in node.keywords
            if keyword.arg == "description" and (text := _written_out(keyword.value))
        )


def _written_out(node: ast.expr) -> str:
    """The text of a constant; "" for a variable, whose text is collected where it is set. Raises NotWrittenOutError."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name | ast.Attribute):
        return ""
    raise NotWrittenOutError(f"line {node.lineno}: write the text out, with {{names}} for its values")


def template_texts(source: str) -> Iterator[tuple[Text, int]]:
    """The texts of a template: of _() and n_()."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        function = call.node.name if isinstance(call.node, nodes.Name) else ""
        forms = {"_": 1, "n_": 2}.get(function, 0)
        texts = [argument.value for argument in call.args[:forms] if isinstance(argument, nodes.Const)]
        if len(texts) < forms:
            raise NotWrittenOutError(f"line {call.lineno}: write the text of {function}() out")
        if forms:
            yield texts[0] if forms == 1 else (texts[0], texts[1]), call.lineno


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml; what its tags stand for is not looked up."""


_Settings.add_multi_constructor("", lambda loader, suffix, node: None)  # type: ignore[no-untyped-call]


def site_texts(source: str) -> Iterator[tuple[Text, int]]:
    """The titles of the starter's navigation, and the names of its colour schemes."""
    settings = yaml.load(source, _Settings)  # noqa: S506 (a SafeLoader)
    yield from ((title, 1) for title in _titles(settings["nav"]))
    for scheme in settings["theme"]["palette"]:
        yield scheme["toggle"]["name"], 1


def _titles(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for title, inner in entry.items() if isinstance(entry, dict) else ():
            yield title
            if isinstance(inner, list):
                yield from _titles(inner)


def collect() -> list[Use]:
    """All texts of the interface, in the order of files and lines."""
    readers = [(path, python_texts) for path in sorted(PACKAGE.rglob("*.py"))]
    readers += [
        (path, template_texts)
        for folder in ("pages/templates", "theme")
        for path in sorted((PACKAGE / folder).rglob("*.html"))
    ]
    readers.append((ROOT / "mkdocs.yml", site_texts))
    uses: list[Use] = []
    for path, reader in readers:
        name = path.relative_to(ROOT).as_posix()
        try:
            texts = sorted(reader(path.read_text(encoding="utf-8")), key=lambda text: text[1])
        except NotWrittenOutError as error:
            raise NotWrittenOutError(f"{name}: {error}") from error
        uses += [Use(text, name, line) for text, line in texts]
    return uses


def template_catalogue() -> Catalog:
    """The texts in English, as the template of every catalogue."""
    catalogue = Catalog(project=DOMAIN, fuzzy=False)
    for item in collect():
        catalogue.add(item.text, locations=[(item.path, 0)])
    return catalogue


def languages() -> list[str]:
    """The languages that have a catalogue, as their folders are called."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def po_file(language: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language; an empty one where it has none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, project=DOMAIN, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(catalogue: Catalog) -> Catalog:
    """The catalogue with the texts of today; those that are gone are dropped, new ones have no translation yet."""
    template = template_catalogue()
    template.creation_date = catalogue.creation_date  # else each run would change the file
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as translators edit it, without line numbers, which would change with each edit of the code."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def placeholders(template: str) -> set[str]:
    """The {names} in a text. Raises ValueError where its braces are wrong."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name and name.isidentifier()}


def faults(catalogue: Catalog) -> list[str]:
    """What is wrong with the translations: missing, uncertain (fuzzy), or with other {names} than the English text."""
    return [f"{message.id!r}: {fault}" for message in catalogue if message.id and (fault := _fault(message))]


def _fault(message: Message) -> str:
    translations = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(translations):
        return "not translated"
    if message.fuzzy:
        return "marked as fuzzy"
    english = message.id if isinstance(message.id, tuple | list) else (message.id,)
    expected = set().union(*map(placeholders, english))
    for translation in translations:
        given = placeholders(translation)
        # The form for one may write the number out.
        if not (given == expected or (len(english) > 1 and given == expected - {"number"})):
            return f"has {sorted(given)}, not {sorted(expected)}"
    return ""


def main(arguments: list[str]) -> int:
    """Update or check the catalogues; 1 where something is out of date or not translated."""
    check = "--check" in arguments
    wrong: list[str] = []
    for language in sorted({*languages(), *(name for name in arguments if not name.startswith("--"))}):
        catalogue = updated(read_catalogue(language))
        wrong += [f"{language}: {fault}" for fault in faults(catalogue)]
        for path, content in (
            (po_file(language), po_bytes(catalogue)),
            (po_file(language).with_suffix(".mo"), mo_bytes(catalogue)),
        ):
            if check and (not path.exists() or path.read_bytes() != content):
                wrong.append(f"{path.relative_to(ROOT)} is out of date: run scripts/translate.")
            elif not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    print("\n".join(wrong) or "All catalogues are complete.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
