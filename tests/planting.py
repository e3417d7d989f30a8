"""Plants the small gardens of tests/gardens/ in a folder of the test, so that nothing is written into the repository.

Each garden is a folder with `content/` and `expected.yml`. Its files are laid over those of the garden `good`, so that a
broken garden holds only what is broken. `expected.yml` says:

    what: a sentence
    without: [files and folders of `good` that it does not have]
    symlinks: {path in content: target}
    large: {path in content: size in bytes}
    problems: [{code, path in content, line, hint, message}]
"""

import datetime
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_garden import LoadedGarden, load_garden

GARDENS = Path(__file__).parent / "gardens"
ROOT = Path(__file__).parent.parent
STARTER = ROOT / "content"
TODAY = datetime.date(2026, 6, 1)
NAMES = sorted(each.name for each in GARDENS.iterdir() if each.is_dir())

__all__ = ["GARDENS", "NAMES", "ROOT", "STARTER", "TODAY", "expected", "plant", "plant_and_grow"]


@cache
def expected(name: str) -> dict[str, Any]:
    """What is expected of a garden."""
    return yaml.safe_load((GARDENS / name / "expected.yml").read_text(encoding="utf-8"))


def plant(name: str, folder: Path) -> Path:
    """Put a garden into `folder`; its content folder."""
    content = folder / "content"
    said = expected(name)
    shutil.copytree(GARDENS / "good" / "content", content)
    for path in said.get("without", []):
        place = content / path
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    for part in ("content", "outside"):
        if (GARDENS / name / part).is_dir():
            shutil.copytree(GARDENS / name / part, folder / part, dirs_exist_ok=True)
    for path, target in said.get("symlinks", {}).items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).symlink_to(target)
    for path, size in said.get("large", {}).items():
        (content / path).write_bytes(b"a" * size)
    return content


def plant_and_grow(name: str, folder: Path) -> LoadedGarden:
    """Grow a garden without a history, on a fixed day."""
    return load_garden(plant(name, folder), today=TODAY, with_history=False)
