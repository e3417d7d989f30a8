"""What the documents say is there, and what is there is said: commands, options, fields, problems, roles, scripts, files."""

import datetime
import html
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import click
import pytest
import yaml
from click.testing import CliRunner
from mkdocs.plugins import BasePlugin
from pydantic import BaseModel

import knowledge_garden
from knowledge_garden import LoadedGarden, load_garden, plugins_of
from knowledge_garden.cli import main
from knowledge_garden.cli.reference import COMMANDS as COMMANDS_PAGE
from knowledge_garden.features import PLUGINS as PLUGINS_OF_THE_GARDEN
from knowledge_garden.hooks import Hooks
from knowledge_garden.indexes.ledger import DECLARED, TOLD
from knowledge_garden.mkdocs.features import CreditsPlugin, FailuresPlugin
from knowledge_garden.mkdocs.garden import GardenPlugin
from knowledge_garden.mkdocs.links import LinksPlugin
from knowledge_garden.model import addresses
from knowledge_garden.model.community import SEATS
from knowledge_garden.model.contributions import CONFIRMED, DEFAULT_ROLES
from knowledge_garden.model.declarations import Declarations
from knowledge_garden.model.lesson import HEADINGS, RELATIONS
from knowledge_garden.model.person import PersonFields
from knowledge_garden.model.problems import CODES, Severity
from knowledge_garden.model.records import FIELDS
from knowledge_garden.model.settings import Settings
from knowledge_garden.outputs.ledger import COLUMNS
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.generated import page_html

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
HANDBOOK = sorted((CONTENT / "handbook").glob("*.md"))
RUN = CONTENT / "handbook" / "run.md"
CREDIT = CONTENT / "handbook" / "credit.md"
PROJECT = [
    ROOT / f"{name}.md"
    for name in ("README", "CONTRIBUTING", "ARCHITECTURE", "CHANGELOG", "SECURITY", "CODE_OF_CONDUCT")
]
DOCUMENTS = [*PROJECT, CONTENT / "index.md", CONTENT / "principles.md", *HANDBOOK]
SCRIPTS = sorted(path for path in (ROOT / "scripts").iterdir() if not path.name.startswith("_") and not path.suffix)
PACKAGES = sorted(
    path.name for path in (ROOT / "plugins" / "knowledge_garden").iterdir() if path.is_dir() and path.name[0] != "_"
)
PLUGINS: dict[str, "type[BasePlugin[Any]]"] = {
    "garden": GardenPlugin,
    "garden-links": LinksPlugin,
    "garden-failures": FailuresPlugin,
    "garden-credits": CreditsPlugin,
}

DISPLAY = CONTENT / "handbook" / "display.md"
FORMATS = CONTENT / "handbook" / "formats.md"
EXTENDING = ROOT / "docs" / "extending.md"
DOCS = sorted((ROOT / "docs").rglob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
GENERATED_PAGES = (addresses.FIELDS, addresses.PROBLEMS, COMMANDS_PAGE)

documents = pytest.mark.parametrize("path", [*DOCUMENTS, *DOCS], ids=lambda path: path.relative_to(ROOT).as_posix())
pages_of_handbook = pytest.mark.parametrize("path", HANDBOOK, ids=lambda path: path.stem)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    """The text under a heading, up to the next heading of its level or above."""
    found = re.search(rf"(?m)^(#+) {re.escape(heading)}\n", text_of(path))
    assert found, f"{path.name} has no heading “{heading}”"
    level = len(found[1])
    return re.split(rf"(?m)^#{{1,{level}}} ", text_of(path)[found.end() :])[0]


def says(text: str, word: str) -> bool:
    """Whether `word` stands in the text, and not only as a part of a longer word or option."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def commands(group: click.Group = main, name: str = "garden") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    context = click.Context(group)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command, part
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {part}")
        else:
            yield f"{name} {part}", command


COMMANDS = dict(commands())
every_command = pytest.mark.parametrize("name", COMMANDS)


def options(command: click.Command) -> list[str]:
    """The long names of a command's options."""
    found = [each for each in command.params if isinstance(each, click.Option)]
    return [name for each in found for name in (*each.opts, *each.secondary_opts) if name.startswith("--")]


@cache
def starter() -> LoadedGarden:
    return load_garden(CONTENT, today=datetime.date(2026, 1, 1), with_history=False)


@cache
def generated(address: str) -> str:
    """The HTML of a generated page of this garden."""
    loaded = starter()
    return next(page_html(page, loaded.indexes, Frame()) for page in loaded.pages if page.path == address)


# Commands


@cache
def told_of(name: str) -> str:
    """The text of the handbook's generated page about one command."""
    page = generated(COMMANDS_PAGE)
    start = page.index(f'id="{name.replace(" ", "-")}"')
    return html.unescape(page[start:].partition("</section>")[0])


@every_command
def test_each_command_is_described_with_its_options_and_arguments(name: str) -> None:
    text = told_of(name)
    for param in COMMANDS[name].params:
        if isinstance(param, click.Argument):
            usage = re.search(r'<pre lang="en"><code>(.*)</code></pre>', text)
            assert usage
            assert param.make_metavar(click.Context(COMMANDS[name])) in usage[1]
        else:
            assert isinstance(param, click.Option)
            assert param.help, param.name
            assert " ".join(param.help.split()) in " ".join(text.split())
    missing = [option for option in options(COMMANDS[name]) if not says(text, option)]
    assert not missing


@every_command
def test_each_command_helps(name: str) -> None:
    help_text = COMMANDS[name].help
    assert help_text
    assert " ".join(help_text.split("\n\n")[0].split()) in told_of(name)


def test_the_reference_of_commands_has_every_command_and_no_other() -> None:
    assert set(re.findall(r'<h2 id="[^"]*">([^<]+)</h2>', generated(COMMANDS_PAGE))) == set(COMMANDS)


@documents
def test_options_that_are_shown_with_a_command_exist(path: Path) -> None:
    for line in re.findall(r"(?m)(?:`|^\.venv/bin/|^)(garden [a-z][^`\n]*)", text_of(path)):
        name = next((name for name in sorted(COMMANDS, reverse=True) if line.startswith(name)), "")
        shown = set(re.findall(r"--[a-z][a-z-]+", line))
        assert shown <= {*options(COMMANDS[name]), "--help"} if name else not shown, f"{path.name}: {line}"


def test_exit_codes_are_described(tmp_path: Path) -> None:
    text = html.unescape(generated(COMMANDS_PAGE))
    for code in ("0 no errors", "1 errors found", "2 wrong use or no garden there"):
        assert code in text
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == 2
    assert CliRunner().invoke(main, ["check", "--nonsense"]).exit_code == 2


@documents
def test_no_command_is_named_that_is_not_there(path: Path) -> None:
    known = {*COMMANDS, *(name.rpartition(" ")[0] for name in COMMANDS)}
    for line in re.findall(r"(?m)(?:`|^\.venv/bin/|^)(garden [a-z][a-z |]*[a-z])", text_of(path)):
        words = line.split()
        assert any(" ".join(words[:length]) in known for length in range(2, len(words) + 1)), f"{path.name}: {line}"


# Plugins


@pytest.mark.parametrize("name", PLUGINS)
def test_each_plugin_and_its_options_are_described(name: str) -> None:
    told = section(RUN, "Plugins")
    assert f"`{name}`" in told
    for option, kind in PLUGINS[name].config_class._schema:
        assert f"`{option}`" in told, f"option {option} of {name}"
        row = next(line for line in told.splitlines() if f"| `{option}` |" in line)
        default = {True: "true", False: "false"}.get(kind.default, kind.default) or "empty"
        assert str(default) in row, f"default of {option}"


def test_every_plugin_of_the_package_is_looked_at() -> None:
    project = text_of(ROOT / "pyproject.toml")
    listed = project.partition('[project.entry-points."mkdocs.plugins"]')[2].partition("\n[")[0]
    assert set(re.findall(r"(?m)^([\w-]+) =", listed)) == set(PLUGINS)


def test_each_variable_that_the_configuration_reads_is_described() -> None:
    read = re.findall(r"!ENV \[?(\w+)", text_of(ROOT / "mkdocs.yml"))
    assert read
    for name in (*read, "SOURCE_DATE_EPOCH"):
        assert f"`{name}`" in text_of(RUN), name


# Fields


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside its fields."""

    def inside(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from models(annotation)
        for part in get_args(annotation):
            yield from inside(part)

    yield model
    for info in model.model_fields.values():
        yield from inside(info.annotation)


MODELS = sorted(
    {each for top in [*FIELDS.values(), Settings, Declarations] for each in models(top)},
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_field_is_described(model: type[BaseModel]) -> None:
    page = generated(addresses.FIELDS)
    assert model.__doc__
    assert html.escape(model.__doc__, quote=False) in html.unescape(page) or model.__doc__ in html.unescape(page)
    for name, info in model.model_fields.items():
        assert info.description, f"{model.__name__}.{name}"
        assert f"<code>{info.alias or name}</code>" in page, f"{model.__name__}.{name}"
        assert info.description in html.unescape(page), f"{model.__name__}.{name}"


def test_the_handbook_tells_what_seats_relations_outcomes_and_headings_are() -> None:
    community, lesson = (text_of(CONTENT / "handbook" / f"{name}.md") for name in ("community", "lesson"))
    assert all(f"| `{seat}` |" in community for seat in SEATS)
    assert all(f"| `{relation}` |" in lesson for relation in RELATIONS)
    assert all(f"| `{outcome}` |" in lesson for outcome in Settings().outcomes)
    assert all(f"**{heading}**" in lesson for heading in HEADINGS)


def test_each_way_of_being_shown_is_described() -> None:
    ways = [way for way in get_args(PersonFields.model_fields["display"].annotation) if way]
    assert len(ways) == 4
    told = section(DISPLAY, "Choose how you are shown")
    assert all(f"| `{way}` |" in told for way in ways)


# Problems


@pytest.mark.parametrize("name", CODES)
def test_each_problem_is_described(name: str) -> None:
    code = CODES[name]
    page = generated(addresses.PROBLEMS)
    assert f'id="{name}"' in page
    row = html.unescape(page.partition(f'id="{name}"')[2].partition("</tr>")[0])
    assert code.severity.value in row
    assert code.meaning in row
    assert code.fix in row


def test_each_severity_is_described() -> None:
    told = " ".join(map(text_of, HANDBOOK))
    assert all(says(told, severity.value) for severity in Severity)


# Credit


@pytest.mark.parametrize("trailer", DEFAULT_ROLES)
def test_each_trailer_and_its_role_are_described(trailer: str) -> None:
    rows = [line for line in section(CREDIT, "What earns credit").splitlines() if line.startswith("|")]
    row = next((line for line in rows if f"`{trailer}`" in line.casefold()), "")
    assert row, trailer
    told = next(line for line in rows if line.startswith(f"| {DEFAULT_ROLES[trailer]} |"))
    assert f"`{trailer}`" in told.casefold()


@pytest.mark.parametrize("role", ["wrote", "maintained", "told", *sorted(set(DEFAULT_ROLES.values()))])
def test_each_role_is_described(role: str) -> None:
    assert f"| {role} |" in section(CREDIT, "What earns credit")


@pytest.mark.parametrize("rule", ["author", "trailer", "body", CONFIRMED, DECLARED, TOLD])
def test_each_rule_is_described(rule: str) -> None:
    assert f"`{rule}`" in section(CREDIT, "What earns credit")


# What machines read


def keys(value: object) -> Iterator[str]:
    """Every key of a JSON document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{each}_{part}": value for each in ("AUTHOR", "COMMITTER") for part, value in WHO.items()}
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **who, **nothing}, check=True, capture_output=True
    )


WHO = {"NAME": "Rosa Canina", "EMAIL": "rosa@example.org", "DATE": "2026-03-01T12:00:00Z"}


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A small garden under Git, with something in every part of the ledger."""
    lessons = tmp_path / "content" / "lessons" / "2026"
    lessons.mkdir(parents=True)
    (lessons / "pump.md").write_text("# Pump\n\nIt [stood still](nowhere.md).\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Tell of the pump")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message=Nothing")
    sha = subprocess.run(["git", "rev-parse", "HEAD~"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    entry = {"person": "Fern Osmunda", "role": "hosted", "date": "2026-03", "evidence": "https://example.org/"}
    mended = {
        "commit": sha.strip()[:12],
        "give_to": "Fern Osmunda",
        "reason": "It was hers.",
        "decided_by": "Rosa Canina",
    }
    declarations = {"declared": [entry], "corrections": [mended]}
    (tmp_path / "content" / "credits.yml").write_text(yaml.safe_dump(declarations), encoding="utf-8")
    (tmp_path / "content" / "garden.yml").write_text(
        "credit: {moves: {content/gone.md: content/lessons/2026/other.md}}\n", encoding="utf-8"
    )
    return tmp_path


def test_each_key_of_the_check_is_described(garden: Path) -> None:
    done = CliRunner().invoke(main, ["check", str(garden), "--format", "json", "--today", "2026-06-01"])
    assert done.exit_code == 1
    document = json.loads(done.stdout)
    assert document["problems"]
    shown = json.loads(re.findall(r"```json\n(.*?)```", section(FORMATS, "JSON of the check"), re.S)[0])
    assert set(keys(document)) == set(keys(shown))
    assert document["version"] == shown["version"]


def test_each_key_of_what_is_due_is_described(garden: Path) -> None:
    action = {"what": "Look.", "owner": "Rosa Canina", "due": "2026-05"}
    lesson = {"title": "T", "summary": "S.", "outcome": "success", "communities": ["yard"], "actions": [action]}
    charter = {"title": "Yard", "purpose": "P.", "leads": ["rosa-canina"], "status": "forming"}
    for path, fields in {"lessons/2026/look.md": lesson, "communities/yard.md": charter}.items():
        (garden / "content" / path).parent.mkdir(exist_ok=True)
        (garden / "content" / path).write_text(f"---\n{yaml.safe_dump(fields)}---\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["due", str(garden), "--format", "json", "--today", "2026-06-01"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    told = section(FORMATS, "JSON of what is due")
    assert f"`version` is {document['version']}" in told
    assert document["communities"][0]["items"]
    assert not {key for key in keys(document) if key != "version" and f"`{key}`" not in told}


def test_each_key_of_the_ledger_is_described(garden: Path) -> None:
    done = CliRunner().invoke(main, ["credits", "ledger", "--repository", str(garden)])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    told = section(FORMATS, "JSON of the ledger")
    assert f"`version` is {document['version']}" in told
    for part in ("pages", "elsewhere", "people", "excluded", "corrected", "notices"):
        assert document[part], f"this garden was to have something under {part}"
    free = {*document["pages"], *document["excluded"]["counts"], *document["configuration"]}
    free |= {role for person in document["people"] for role in person["roles"]}
    missing = {key for key in keys(document) if key not in free and f"`{key}`" not in told}
    assert not missing
    assert {each["reason"] for each in document["excluded"]["commits"]} == {"empty"}
    assert "`empty`" in told


def test_each_column_of_the_ledger_is_described() -> None:
    told = section(FORMATS, "CSV of the ledger")
    assert re.findall(r"`([a-z]+)`", told.partition("The columns are")[2]) == list(COLUMNS)


# Scripts and files


def test_every_script_is_described() -> None:
    """What runs a garden is described in the handbook, what only developers use in CONTRIBUTING.md."""
    told = set(re.findall(r"(?m)^\| `scripts/([a-z-]+)` \|", section(RUN, "Scripts")))
    told |= set(re.findall(r"(?m)^scripts/([a-z-]+)", text_of(ROOT / "CONTRIBUTING.md")))
    assert told == {path.name for path in SCRIPTS}


@documents
def test_scripts_that_are_named_can_be_run(path: Path) -> None:
    for name in re.findall(r"\bscripts/([a-z-]+)\b(?!/)", text_of(path)):
        assert os.access(ROOT / "scripts" / name, os.X_OK), f"{path.name}: scripts/{name}"


def table_of_changes() -> list[str]:
    """The rows of README's "Where do I change X?"; none where whoever uses the template wrote a README of their own."""
    parts = re.split(r"(?m)^## ", text_of(ROOT / "README.md"))
    told = [part for part in parts if part.startswith("Where do I change X?")]
    return [line for part in told for line in part.splitlines() if line.startswith("| ")][2:]


def test_where_do_i_change_x_names_files_that_are_there() -> None:
    for row in table_of_changes():
        names = re.findall(r"`([^`]+)`", row.split("|")[2])
        assert names, row
        folder = ROOT
        for name in names:
            place = ROOT / name if "/" in name or (ROOT / name).exists() else folder / name
            assert place.exists(), row
            folder = place.parent


def links(path: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", text_of(path), flags=re.S)
    yield from re.findall(r"\]\(<?([^)>\s]+)>?\)", text)


@pytest.mark.parametrize("path", [*PROJECT, *DOCS, *(ROOT / ".github").glob("*.md")], ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    for target in links(path):
        if not target.startswith(("https://", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), f"{path.name}: {target}"


def test_the_architecture_describes_every_package() -> None:
    text = text_of(ROOT / "ARCHITECTURE.md")
    assert len(text.splitlines()) < 200
    assert {"model", "history", "mkdocs"} <= set(PACKAGES)
    assert all(f"| `{name}` |" in text or f"| `{name}.py` |" in text for name in PACKAGES)


@pytest.mark.skipif(not table_of_changes(), reason="this README has no such table: the template is in use")
def test_where_do_i_change_x_answers_what_is_asked_most() -> None:
    """Each of these was asked, and each answer is a place where the change is made, not one that only mentions it."""
    rows = {row.split("|")[1].strip(): row.split("|")[2] for row in table_of_changes()}
    answers = {
        "an outcome": "content/garden.yml",
        "an Atom feed": "tests/plugins/atom_feed.py",
        "a page for each year": "tests/plugins/by_year.py",
        "a link syntax": "plugins/knowledge_garden/reading/",
        "translations": "plugins/knowledge_garden/locale/",
        "another front end": "plugins/knowledge_garden/__init__.py",
        "the message of a broken link": "plugins/knowledge_garden/indexes/links.py",
        "a command of `garden`": "plugins/knowledge_garden/cli/",
    }
    for question, answer in answers.items():
        assert [row for row, where in rows.items() if question in row and answer in where], question
    assert "broken-link" in text_of(ROOT / "plugins/knowledge_garden/indexes/links.py")


# Docs for developers


def test_each_decision_says_when_what_and_why_not_otherwise() -> None:
    index = text_of(ROOT / "docs/decisions/README.md")
    files = [path for path in DECISIONS if path.name != "README.md"]
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    for path in files:
        text = text_of(path)
        title, date = re.fullmatch(r"# (\d{4}: .+)\n\nDate: (\d{4}-\d\d-\d\d)\n", text.partition("\n## ")[0]).groups()  # type: ignore[union-attr]
        assert title.startswith(path.name[:4])
        assert re.findall(r"(?m)^## (.+)$", text) == ["Context", "Decision", "Rejected", "Consequences"], path.name
        assert all(part.partition("\n\n")[2].strip() for part in re.split(r"(?m)^## ", text)[1:]), path.name
        assert len(text.splitlines()) < 40, path.name
        assert f"| {title[:4]} | {datetime.date.fromisoformat(date)} | [{title[6:]}]({path.name}) |" in index


def test_each_hook_is_described_with_its_arguments() -> None:
    rows = [line.split("|") for line in section(EXTENDING, "Hooks").splitlines() if line.startswith("| `")]
    described = {row[1].strip(" `"): set(re.findall(r"`(\w+)`", row[2])) for row in rows}
    hooks = {name: hook for name, hook in vars(Hooks).items() if name.startswith("garden_")}
    assert described == {name: set(inspect.signature(hook).parameters) - {"self"} for name, hook in hooks.items()}


def test_the_api_reference_has_each_public_name_and_nothing_else() -> None:
    text = text_of(ROOT / "docs/api.md")
    shown = set(re.findall(r"(?m)^::: knowledge_garden\.(.+)$", text)) | set(re.findall(r"`(\w+)`", text))
    assert shown - {"knowledge_garden", "hooks.Hooks"} == set(knowledge_garden.__all__)


def test_the_plugin_of_the_documentation_works() -> None:
    code = re.findall(r"```python\n(# our_package/.*?)```", text_of(EXTENDING), re.S)
    assert len(code) == 1
    plugin = ModuleType("by_year")
    exec(code[0], vars(plugin))
    plugins = plugins_of({**PLUGINS_OF_THE_GARDEN, "by-year": plugin})
    loaded = load_garden(CONTENT, today=datetime.date(2026, 1, 1), with_history=False, plugins=plugins)
    page = next(page for page in loaded.pages if page.path == "years/1986.md")
    assert "challenger-o-rings" in page_html(page, loaded.indexes, Frame())


def test_the_example_without_mkdocs_runs() -> None:
    code = re.findall(r"```python\n(.*?)```", section(EXTENDING, "Without MkDocs"), re.S)
    done = subprocess.run([sys.executable, "-c", code[0]], cwd=ROOT, check=True, capture_output=True, text=True)
    assert re.search(r"(?m)^\d+ lessons; \d+ failures", done.stdout)


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "\n## [Unreleased]\n" in text_of(ROOT / "CHANGELOG.md")


# The handbook's own form


@pages_of_handbook
def test_a_page_of_the_handbook_has_a_title_and_says_for_whom_it_is(path: Path) -> None:
    _, front, body = text_of(path).split("---\n", 2)
    assert yaml.safe_load(front)["title"]
    assert not re.search(r"(?m)^# ", re.sub(r"```.*?```", "", body, flags=re.S)), (
        "the title is its only first-level heading"
    )
    assert " is for " in body.strip().partition(". ")[0]


def test_the_handbook_is_in_the_navigation_and_each_page_in_its_index() -> None:
    nav = text_of(ROOT / "mkdocs.yml")
    index = text_of(CONTENT / "handbook" / "index.md")
    for path in (*HANDBOOK, *(CONTENT / address for address in GENERATED_PAGES)):
        assert f"handbook/{path.name}" in nav
        assert path.name == "index.md" or f"({path.name})" in index


@pytest.mark.parametrize(
    "path", [CONTENT / "index.md", CONTENT / "principles.md", *HANDBOOK], ids=lambda path: path.stem
)
def test_what_outlives_the_samples_links_to_no_record(path: Path) -> None:
    known = {page.path for page in starter().pages} | {
        each.relative_to(CONTENT).as_posix() for each in DOCUMENTS if CONTENT in each.parents
    }
    for target in links(path):
        if not target.startswith("https://"):
            place = (path.parent / target.partition("#")[0]).resolve().relative_to(CONTENT.resolve()).as_posix()
            assert place in known, f"{path.name}: {target}"
    assert "[[" not in re.sub(r"```.*?```|`[^`\n]*`", "", text_of(path), flags=re.S)


@documents
def test_no_document_names_this_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|home|root|Users|tmp)/", text_of(path))
