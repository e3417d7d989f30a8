"""The rules between the packages, read from the imports: who may use whom, and who touches Git, MkDocs, clock and network."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "knowledge_garden"
SOURCE = Path(__file__).parent.parent / "plugins" / PACKAGE
LONGEST_MODULE = 250  # lines

# What each package may import of the package. The adapters (cli, mkdocs) may import anything.
PACKAGES = {
    "model": {"model"},
    "hints": {"hints", "model"},
    "clock": {"clock", "model"},
    "store": {"store"},
    "versions": {"versions", "store"},
    "reading": {"reading", "locale", "hints", "store", "versions", "model"},
    "fixing": {"fixing", "reading", "locale", "hints", "model"},
    "history": {"history", "model"},
    "indexes": {"indexes", "hints", "model"},
    "search": {"search", "indexes", "model"},
    "forges": {"forges"},
    "locale": {"locale", "model"},
    "pages": {"pages", "locale", "search", "forges", "indexes", "model"},
    "outputs": {"outputs", "locale", "search", "indexes", "model"},
    # hooks names the types of what plugins give; features are the garden's own plugins.
    "hooks": {"hooks", "forges", "pages", "outputs", "indexes", "model"},
    "features": {"features", "hints", "hooks", "locale", "forges", "pages", "outputs", "search", "indexes", "model"},
    "loading": {"loading", "locale", "features", "hooks", "history", "reading", "pages", "indexes", "model", "store"},
    "__init__": {"loading", "hooks", "features", "forges", "outputs", "pages", "search", "indexes", "model"},
}
ADAPTERS = {"cli", "mkdocs"}
# What else the inner packages may import beside the standard library.
LIBRARIES = {
    "model": {"pydantic", "pydantic_core"},
    "hints": {"rapidfuzz"},
    "clock": set(),
    "store": set(),
    "versions": set(),
    "reading": {"defusedxml", "detect_secrets", "frontmatter", "markdown", "nh3", "pydantic", "pydantic_core", "yaml"},
    "fixing": {"pydantic", "yaml"},
    "history": {"git"},
    "indexes": {"markdown"},
    "pages": {"jinja2", "markdown", "markupsafe", "pydantic"},
    "outputs": {"icalendar"},
    "search": {"rapidfuzz", "snowballstemmer"},
    "forges": set(),
    "locale": {"babel"},
    "hooks": {"click", "pluggy"},
    "features": set(),
    "loading": set(),
    "__init__": set(),
}
# Libraries that one package alone may know.
# MkDocs hands its plugins the theme's Jinja environment.
ONLY_IN = {"git": {"history"}, "mkdocs": {"mkdocs"}, "jinja2": {"pages", "mkdocs"}}

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("os", "environ")}
CLOCKS |= {("os", "getenv"), ("os", "putenv")}
OUTSIDE = {"time", "socket", "ssl", "requests", "httpx", "urllib.request", "http.client", "ftplib", "smtplib"}
TAGS = "a abbr article aside b body br button code dd details div dl dt em footer form h1 h2 h3 h4 h5 h6 head header hr"
TAGS += " html i iframe img input label li link main mark meta nav object ol option p pre script section select small"
TAGS += " span strong style sub summary sup svg table tbody td template th thead time title tr u ul video"
HTML = re.compile(rf"(?<!\?P)</?(?:{'|'.join(TAGS.split())})(?:\s[^<>]*|/)?>", re.I)

MODULES = sorted(SOURCE.rglob("*.py"))
SCRIPTS = sorted((SOURCE.parents[1] / "scripts").glob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Dotted names of every import of a module, wherever it is; for `from a import b` both a and a.b."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = f"{PACKAGE}.{package_of(path)}" if node.level else ""
            base = ".".join(filter(None, [package, node.module]))
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


def test_there_are_modules_to_check() -> None:
    assert {"model", "reading", "history", "indexes", "pages", "mkdocs"} <= {package_of(path) for path in MODULES}


@modules
def test_a_package_imports_only_the_packages_before_it(path: Path) -> None:
    package = package_of(path)
    if package in ADAPTERS:
        return
    assert package in PACKAGES, f"{package} is a new package: say in PACKAGES what it may import"
    used = {name.split(".")[1] for name in imports(path) if name.startswith(f"{PACKAGE}.")}
    assert used <= PACKAGES[package]


@modules
def test_a_package_imports_only_its_own_libraries(path: Path) -> None:
    package = package_of(path)
    used = {name.split(".")[0] for name in imports(path)} - {PACKAGE} - sys.stdlib_module_names
    if package in LIBRARIES:
        assert used <= LIBRARIES[package]
    for library, owners in ONLY_IN.items():
        assert library not in used or package in owners, f"only {owners} import {library}"


@modules
def test_only_clock_py_reads_clock_and_environment_and_nothing_the_network(path: Path) -> None:
    if name_of(path) == "clock.py":
        return
    assert not OUTSIDE & set(imports(path))
    assert not {"os.environ", "os.getenv"} & set(imports(path))
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            of = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            assert (of, node.attr) not in CLOCKS, f"line {node.lineno}: {of}.{node.attr}"


@modules
def test_html_is_in_templates_only(path: Path) -> None:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    patterns = {  # to read HTML, not to write it
        id(part)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
        for part in ast.walk(node)
    }
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | patterns:
            assert not HTML.search(node.value), f"line {node.lineno}: {node.value!r}"


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=lambda path: path.name)
def test_a_module_says_first_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(tree_of(path)) or ""
    assert text.startswith('"""'), "the first line is the docstring"
    assert said.splitlines()[0].rstrip().endswith((".", "?")), "its first line is a sentence"
    assert text.count("\n") <= LONGEST_MODULE


@pytest.mark.parametrize("path", [module for module in MODULES if package_of(module) == "model"], ids=name_of)
def test_the_model_opens_no_file(path: Path) -> None:
    called = {
        node.func.id
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"open", "print", "input"}
    assert not {"pathlib.Path", "os", "subprocess", "logging"} & set(imports(path))


@pytest.mark.parametrize("path", [module for module in MODULES if package_of(module) not in ADAPTERS], ids=name_of)
def test_functions_return_problems_and_do_not_log_them(path: Path) -> None:
    assert "logging" not in set(imports(path))


def test_the_public_names_are_there() -> None:
    import knowledge_garden

    assert knowledge_garden.__all__ == sorted(knowledge_garden.__all__)
    for name in knowledge_garden.__all__:
        assert getattr(knowledge_garden, name).__doc__
