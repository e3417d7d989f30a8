"""Who is shown how is decided in one place: read from the attributes that modules read and from the templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from test_architecture import MODULES, PACKAGE, SOURCE, imports, name_of, tree_of

# Who may read what a person chose, or a full name. Everybody else asks `model.publication`, or reads the reduced garden.
CHOICES = {
    "display": {"model/people.py"},
    "pseudonym": {"model/people.py"},
    "anonymous": {"model/reduction.py", "indexes/ledger.py"},
    "fields.name": {"model/people.py", "model/reduction.py"},
    "full_name": {
        "model/people.py",
        "model/publication.py",
        "indexes/ledger.py",
        "indexes/review.py",
        "indexes/same_person.py",
        "outputs/ledger.py",
        "pages/review.py",
    },
    "told_by": {
        "model/reduction.py",
        "model/samples.py",
        "indexes/communities.py",
        "indexes/ledger.py",
        "indexes/named_people.py",
        "indexes/references.py",
        "indexes/celebrations.py",
    },
    # Handed to the publication.
    "owner": {
        "model/samples.py",
        "indexes/owned.py",
        "indexes/references.py",
        "indexes/action_checks.py",
        "indexes/due.py",
        "indexes/maintenance.py",
        "pages/asking.py",
        "outputs/dashboard.py",
    },
    # Of the reduced garden, where it is a link that may be shown.
    "contact": {"model/reduction.py", "indexes/references.py", "pages/asking.py"},
    "answered_by": {"indexes/needs.py", "indexes/leadership.py"},
    "by": {"model/samples.py", "indexes/references.py", "indexes/uses.py", "indexes/effect.py"},
    "contacts": {"indexes/references.py", "indexes/partners.py"},
    "meta": {
        "model/publication.py",
        "model/people.py",
        "indexes/privacy.py",
        "indexes/references.py",
        "search/describing.py",
        "cli/samples.py",
    },
}
INNER = [path for path in MODULES if path.relative_to(SOURCE).parts[0] not in {"reading", "history"}]


def reads(path: Path) -> Iterator[tuple[str, int]]:
    """Every attribute a module reads, also with the one before it: `name` and `fields.name`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            before = node.value
            yield node.attr, node.lineno
            if isinstance(before, ast.Attribute | ast.Name):
                yield f"{before.attr if isinstance(before, ast.Attribute) else before.id}.{node.attr}", node.lineno


@pytest.mark.parametrize("path", INNER, ids=name_of)
def test_nobody_but_the_publication_decides_who_is_shown(path: Path) -> None:
    name = name_of(path)
    if name.startswith("mkdocs/"):
        return  # reads the meta of MkDocs' own pages
    wrong = [f"line {line}: {read}" for read, line in reads(path) if name not in CHOICES.get(read, {name})]
    assert not wrong, f"{name} reads what only {wrong} may"


@pytest.mark.parametrize("path", INNER, ids=name_of)
def test_what_is_shown_is_made_from_what_may_be_published(path: Path) -> None:
    """The whole garden and the private ledger are for checks and for the command line, never for pages or for MkDocs."""
    if path.relative_to(SOURCE).parts[0] in {"pages", "mkdocs", "outputs", "search"}:
        wrong = {"whole", "loaded.garden", "_loaded.garden", "indexes.ledger"}
        assert not [f"line {line}: {read}" for read, line in reads(path) if read in wrong]
        used = set(imports(path))
        assert not {f"{PACKAGE}.model.publication.publish", f"{PACKAGE}.model.people.directory_of"} & used


PRIVATE_TEMPLATES = {"review_base.html", "review_index.html", "review_person.html"}
TEMPLATES = sorted((SOURCE / "pages" / "templates").glob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_show_people_through_the_publication(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bfields\.(name|display|pseudonym|anonymous)\b|indexes\.(whole|ledger)\b", text)
    assert not re.search(r"garden\.people\[[^]]*\]\.(?!path\b)", text), "only the path of a profile"
    assert path.name in PRIVATE_TEMPLATES or "full_name" not in text
    # Whoever a field names is handed to a macro that asks the publication, or only tested for being there.
    for shown in re.findall(r"\{\{(.*?)\}\}", text):
        bare = re.sub(r"\b(?:actor|person|seat)\([^)]*\)|\bif\b.*", "", shown)
        assert not re.search(r"\.(owner|by|appreciated_by|told_by|contacts|person)\b(?!\()", bare), shown
