"""Plants known faults in copies of the repository and says which of them the tests catch.

tests/faults.yml is a list; each fault says

    id: a word of its own
    what: what would go wrong, in a sentence
    file: path from the repository's root
    find: text that occurs in that file exactly once
    replace: the text that takes its place
    tests: [what pytest is to run; at least one of them must fail]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".cache", ".pytest_cache", "__pycache__", "site", "public", "mutants"
)


class PlantingError(Exception):
    """A fault that says something wrong, or tests that fail without it."""


@dataclass(frozen=True)
class Fault:
    """One fault, as tests/faults.yml describes it."""

    id: str
    what: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]

    def planted(self, root: Path) -> str:
        """The text of the file with the fault in it. Raises PlantingError where it has no single place."""
        try:
            text = (root / self.file).read_text(encoding="utf-8")
        except OSError as error:
            raise PlantingError(f"{self.id}: {self.file} cannot be read: {error.strerror}") from error
        if (times := text.count(self.find)) != 1:
            raise PlantingError(
                f"{self.id}: the text to find occurs {times} times in {self.file}; it must occur there once"
            )
        if self.find == self.replace:
            raise PlantingError(f"{self.id}: the fault changes nothing")
        return text.replace(self.find, self.replace)


def read(path: Path) -> list[Fault]:
    """The faults of a file. Raises PlantingError where one lacks a field or has the id of another."""
    faults: list[Fault] = []
    for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
        if not isinstance(entry, dict) or set(entry) != {field.name for field in fields(Fault)} or not entry["tests"]:
            raise PlantingError(
                f"{path.name}: fault {number} needs id, what, file, find, replace and tests, and nothing else"
            )
        if entry["id"] in {fault.id for fault in faults}:
            raise PlantingError(f"{path.name}: two faults are called {entry['id']}")
        faults.append(Fault(**entry | {"tests": tuple(entry["tests"])}))
    return faults


def failing(root: Path, tests: Sequence[str]) -> bool:
    """Whether tests fail in a tree. Raises PlantingError where pytest cannot run them."""
    # The tree's own package comes before the one that is installed. A plain .pyc could be older than the planted text.
    environment = os.environ | {"PYTHONPATH": str(root / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "--quiet", "--exitfirst", "--no-header", *tests]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise PlantingError(
            f"pytest {' '.join(tests)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return done.returncode == 1


def caught(fault: Fault, root: Path) -> bool:
    """Whether the fault's tests fail once it is planted in a copy of a tree."""
    text = fault.planted(root)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(root, copy, symlinks=True, ignore=LEFT_OUT)
        if failing(copy, fault.tests):
            raise PlantingError(f"{fault.id}: {' '.join(fault.tests)} fail without the fault too")
        (copy / fault.file).write_text(text, encoding="utf-8")
        return failing(copy, fault.tests)


def main() -> int:
    """Plant the faults that were asked for; 1 where one survived, 2 where one cannot be planted."""
    parser = argparse.ArgumentParser(
        prog="scripts/plant-faults", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    parser.add_argument("ids", nargs="*", help="faults to plant (all)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the tree to copy (this repository)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="faults planted at a time")
    asked = parser.parse_args()
    try:
        faults = read(asked.root / "tests" / "faults.yml")
        if unknown := set(asked.ids) - {fault.id for fault in faults}:
            raise PlantingError(f"No fault is called {', '.join(sorted(unknown))}")
        chosen = [fault for fault in faults if not asked.ids or fault.id in asked.ids]
        with ThreadPoolExecutor(asked.jobs) as pool:
            results = list(pool.map(lambda fault: caught(fault, asked.root), chosen))
    except PlantingError as problem:
        print(problem, file=sys.stderr)
        return 2
    width = max((len(fault.id) for fault in chosen), default=0)
    for fault, good in zip(chosen, results, strict=True):
        print(f"{'caught  ' if good else 'SURVIVED'}  {fault.id:{width}}  {fault.what}")
    print(f"{sum(results)} caught, {len(results) - sum(results)} survived")
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
