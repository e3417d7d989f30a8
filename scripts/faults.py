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
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from importlib.util import cache_from_source
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = (".git", ".venv", ".cache", ".pytest_cache", ".mypy_cache", ".ruff_cache", "site", "public", "mutants")


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


def _left_out(root: Path, folder: str, names: Iterable[str]) -> list[str]:
    """What is not copied: what scripts make in the tree's top folder (tests/site is no such thing), and compiled code."""
    return [name for name in names if name == "__pycache__" or (Path(folder) == root and name in LEFT_OUT)]


def run(root: Path, tests: Iterable[str]) -> tuple[bool, str]:
    """Whether tests fail in a tree, and what pytest says. Raises PlantingError where pytest cannot run them."""
    # The tree's own package comes before the one that is installed.
    environment = os.environ | {"PYTHONPATH": str(root / "plugins")}
    tests = [*tests]
    with tempfile.TemporaryDirectory() as folder:  # runs at a time must not remove each other's files
        options = ["--quiet", "--exitfirst", "--no-header", f"--basetemp={folder}/tests"]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise PlantingError(
            f"pytest {' '.join(tests)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return done.returncode == 1, done.stdout


def caught(fault: Fault, sound: Path) -> bool:
    """Whether the fault's tests fail once it is planted in a copy of a tree, in which they pass."""
    text = fault.planted(sound)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(sound, copy, symlinks=True)
        changed = copy / fault.file
        changed.write_text(text, encoding="utf-8")
        Path(cache_from_source(str(changed))).unlink(missing_ok=True)  # it could pass for that of the planted text
        return run(copy, fault.tests)[0]


def plant_all(faults: Sequence[Fault], root: Path, jobs: int) -> Iterator[bool]:
    """Whether the faults are caught, in their order. Raises PlantingError where one cannot be planted or its tests fail without it."""
    for fault in faults:
        fault.planted(root)
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "tree"
        shutil.copytree(root, sound, symlinks=True, ignore=lambda here, names: _left_out(root, here, names))
        fails, said = run(sound, dict.fromkeys(test for fault in faults for test in fault.tests))
        if fails:
            raise PlantingError(f"These tests fail without the fault too:\n{said[-2000:]}")
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda fault: caught(fault, sound), faults)


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
        width = max((len(fault.id) for fault in chosen), default=0)
        results = []
        for fault, good in zip(chosen, plant_all(chosen, asked.root, asked.jobs), strict=True):
            print(f"{'caught  ' if good else 'SURVIVED'}  {fault.id:{width}}  {fault.what}", flush=True)
            results.append(good)
    except PlantingError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"{sum(results)} caught, {len(results) - sum(results)} survived")
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
