"""garden schema: the schemas take what the checks take, and refuse what they refuse."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from knowledge_garden.cli import main
from knowledge_garden.outputs.schemas import MODELS, schema_of
from planting import ROOT, plant


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["schema", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def front_matters(kind: str) -> list[Path]:
    folder = {"lesson": "lessons", "community": "communities", "person": "people", "partner": "partners"}[kind]
    return sorted((ROOT / "content" / folder).rglob("*.md"))


def plain(place: Path) -> object:
    """A front matter as JSON sees it."""
    return json.loads(json.dumps(yaml.safe_load(place.read_text().split("---\n")[1]), default=str))


@pytest.mark.parametrize("kind", ["lesson", "community", "person", "partner"])
def test_the_starter_garden_fits_its_schemas(kind: str) -> None:
    schema = json.loads(run(kind, "--directory", str(ROOT)))
    validator = jsonschema.Draft202012Validator(schema)
    for place in front_matters(kind):
        assert not list(validator.iter_errors(plain(place))), place


def test_garden_yml_fits_its_schema() -> None:
    settings = yaml.safe_load((ROOT / "content/garden.yml").read_text())
    jsonschema.Draft202012Validator(schema_of("garden")).validate(settings)


@pytest.mark.parametrize("name", MODELS)
def test_every_schema_is_a_schema_and_describes_every_field(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert all(field.get("description") for field in schema["properties"].values())


def test_a_wrong_lesson_does_not_fit(tmp_path: Path) -> None:
    plant("good", tmp_path)
    schema = json.loads(run("lesson", "--directory", str(tmp_path)))
    wrong = {"title": "A", "summary": "b", "outcome": "sideways", "communities": ["none"], "causes": ["none"]}
    found = {error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(wrong)}
    assert found == {"$.outcome", "$.communities[0]", "$.causes[0]"}


def test_all_schemas_at_once_printed_or_written(tmp_path: Path) -> None:
    assert set(json.loads(run("--directory", str(tmp_path)))) == set(MODELS)
    run("--directory", str(tmp_path), "--output", str(tmp_path / "out"))
    assert {each.stem for each in (tmp_path / "out").iterdir()} == set(MODELS)
