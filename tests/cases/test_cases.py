"""Golden cases: each YAML file below this folder is one input with what is expected of it. To add a case, add a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import lifecycles
from knowledge_garden import load_garden
from knowledge_garden.forges import FORGES, Prefilled, Repository, forge_of
from knowledge_garden.forges.prefilled import letter
from knowledge_garden.model.dates import When
from knowledge_garden.model.settings import Settings
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.text import published_text
from knowledge_garden.reading import MarkdownReader
from knowledge_garden.reading.frontmatter import split_document
from knowledge_garden.reading.yaml import read_yaml
from planting import TODAY

CASES = Path(__file__).parent


def markdown(case: dict[str, Any]) -> dict[str, Any]:
    """A text → its headings (level, words, anchor), other anchors, links with the sentence around them, what is refused."""
    found = MarkdownReader().read(case["text"], case.get("first_line", 1))
    links = [
        {
            "form": link.form.value,
            "to": link.target + (f"#{link.anchor}" if link.anchor else ""),
            "words": link.text,
            "line": link.line,
            "sentence": f"{link.sentence[: link.mark[0]]}»{link.sentence[slice(*link.mark)]}«{link.sentence[link.mark[1] :]}",
        }
        for link in found.links
    ]
    headings = [[each.level, each.text, each.anchor] for each in found.headings]
    return {
        "headings": headings,
        "anchors": sorted(found.anchors - {each.anchor for each in found.headings}),
        "links": links,
        "refused": [f"{each.line} {each.code}: {each.message}" for each in found.unsafe],
    }


def yaml_text(case: dict[str, Any]) -> dict[str, Any]:
    """YAML → plain values, the line of each, and problems."""
    values = read_yaml(case["text"], "here", case.get("first_line", 1))
    return {
        "data": values.data,
        "lines": values.lines,
        "problems": [f"{each.line} {each.code}: {each.message}" for each in values.problems],
    }


def front_matter(case: dict[str, Any]) -> dict[str, Any]:
    """A file's text → its front matter and its body, with the line on which the body begins."""
    document = split_document(case["text"], "here")
    return {
        "front": document.values.data if document.values else "none",
        "body": document.body,
        "line": document.line,
        "problems": [f"{each.line} {each.code}" for each in document.problems],
    }


def date(case: dict[str, Any]) -> dict[str, Any]:
    """A date as it is written → the days it can mean, as it is kept and as it is read out; or why it is none."""
    try:
        when = When.parse(case["text"])
    except ValueError as error:
        return {"refused": str(error)}
    return {"kept": str(when), "text": when.text, "first": when.first.isoformat(), "last": when.last.isoformat()}


def prefilled_way(case: dict[str, Any]) -> tuple[Prefilled, dict[str, str]]:
    """The way of a case, and the values that it is to hand over."""
    text = case["text"] * case.get("times", 1)
    if case["way"] == "letter":
        return letter(case["to"]), {"title": case["title"], "text": text}
    forge = forge_of(case["repository"], FORGES, case.get("kind", ""))
    assert forge is not None
    repository = Repository(forge, case["repository"], case["branch"], case["folder"])
    way = {"editor": repository.new_file, "issue": repository.issue}[case["way"]]()
    assert way is not None
    return way, {"title": case["title"], "path": case["path"], "text": text}


def prefilled(case: dict[str, Any]) -> dict[str, Any]:
    """A text, and the way on which it leaves the device → the address, and whether it holds the text."""
    way, values = prefilled_way(case)
    return {"characters": len(values["text"]), "fits": way.fits(values), "address": way.address(values)}


def wiki(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A text on the page `here` of a garden of `pages` (path → text) → what the site shows of the text."""
    for path, text in case["pages"].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    indexes = load_garden(folder, today=TODAY, with_history=False).indexes
    html = MarkdownReader().read(case["text"]).html
    return {"html": published_text(html, case["text"], indexes, Frame(), case["here"])}


def levels(case: dict[str, Any]) -> dict[str, Any]:
    """A dimension of garden.yml, and values as records write them → the path of each, ending with its own key."""
    dimension = Settings.model_validate({"dimensions": {"d": tuples(case["dimension"])}}).dimensions["d"]
    tree = dimension.tree
    return {
        "paths": {written: list(tree.path(tree.key(written))) for written in case["written"]},
        "unknown": [written for written in case["written"] if not tree.has(tree.key(written))],
        "titles": [tree.title(tree.key(written)) for written in case["written"]],
    }


def tuples(value: Any) -> Any:
    """Plain values with tuples for lists, as the reading of a file makes them."""
    if isinstance(value, dict):
        return {key: tuples(item) for key, item in value.items()}
    return tuple(map(tuples, value)) if isinstance(value, list) else value


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "markdown": markdown,
    "yaml": yaml_text,
    "front-matter": front_matter,
    "dates": date,
    "prefilled": prefilled,
    "levels": levels,
}
IN_FOLDER: dict[str, Callable[[dict[str, Any], Path], dict[str, Any]]] = {"wiki": wiki, "lifecycle": lifecycles.values}
FILES = sorted(CASES.glob("*/*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).with_suffix("").as_posix())
def test_case(path: Path, tmp_path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    kind = path.parent.name
    found = IN_FOLDER[kind](case, tmp_path) if kind in IN_FOLDER else KINDS[kind](case)
    assert {key: found[key] for key in case["expected"]} == case["expected"]
    assert case["what"]


def test_every_kind_has_cases() -> None:
    assert {path.parent.name for path in FILES} == {*KINDS, *IN_FOLDER}
