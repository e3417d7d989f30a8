"""The package and its locks: what is installed, from where, and that nothing is left out."""

import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-docs.txt", "requirements-benchmark.txt"]


def locked(name: str) -> Iterator[tuple[Requirement, list[str]]]:
    """The requirements of a lock, each with its hashes."""
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line.strip())
            yield Requirement(requirement), hashes


def entry_points() -> list[str]:
    project = PROJECT["project"]
    return [*project["scripts"].values(), *project["entry-points"]["mkdocs.plugins"].values()]


@pytest.mark.parametrize("name", LOCKS)
def test_each_locked_requirement_is_exact_and_hashed(name: str) -> None:
    requirements = list(locked(name))
    assert len(requirements) > 20
    for requirement, hashes in requirements:
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", each) for each in hashes), requirement
        assert requirement.url is None


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_place_to_install_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    options = [line for line in text.splitlines() if line.startswith("-")]
    assert options == []
    assert "://" not in text
    assert "file:" not in text
    assert not re.search(r"(?m)(^|[\s=])/", text), "a path of some machine"


def test_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {
        "requirements.txt": [
            *PROJECT["project"]["dependencies"],
            *groups["build"],
            *PROJECT["build-system"]["requires"],
        ],
        "requirements-dev.txt": groups["dev"],
        "requirements-docs.txt": groups["docs"],
        "requirements-benchmark.txt": groups["benchmark"],
    }
    assert sorted(asked) == sorted(LOCKS)
    for name, requirements in asked.items():
        versions = {canonicalize_name(each.name): str(each.specifier)[2:] for each, _ in locked(name)}
        for text in requirements:
            wanted = Requirement(text)
            version = versions.get(canonicalize_name(wanted.name))
            assert version, f"{wanted} is not in {name}: run scripts/lock"
            assert wanted.specifier.contains(version), f"{name} has {version} for {wanted}: run scripts/lock"


@pytest.mark.parametrize("name", LOCKS[1:])
def test_the_other_locks_agree_with_that_of_a_build(name: str) -> None:
    def versions(lock: str) -> set[tuple[str, ...]]:
        # Without extras, of which a lock may ask for more.
        return {(each.name, str(each.specifier), str(each.marker), *hashes) for each, hashes in locked(lock)}

    assert versions("requirements.txt") <= versions(name), "run scripts/lock"


def test_a_tampered_file_is_refused(tmp_path: Path) -> None:
    requirement, hashes = next(each for each in locked("requirements.txt") if each[0].name == "mergedeep")
    version = str(requirement.specifier)[2:]
    with zipfile.ZipFile(tmp_path / f"mergedeep-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr("mergedeep.py", "raise SystemExit('tampered')")
    lock = tmp_path / "lock.txt"
    lock.write_text(" ".join([str(requirement), *(f"--hash={each}" for each in hashes)]), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--isolated", "install", "--require-hashes", "--no-index"]
    done = subprocess.run(
        [*command, "--target", tmp_path / "out", "--find-links", tmp_path, "--requirement", lock],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "out" / "mergedeep.py").exists()


@pytest.mark.parametrize("target", entry_points())
def test_entry_points_import(target: str) -> None:
    module, _, name = target.partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_the_wheel_holds_the_whole_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (file,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(file) as wheel:
        names = set(wheel.namelist())
    package = ROOT / "plugins" / "knowledge_garden"
    wanted = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and not {"__pycache__", ".cache"} & set(path.parts)
    }
    assert wanted, "the package is empty"
    assert wanted <= names, "left out of the wheel"
    assert {name.split("/")[0] for name in names} == {
        "knowledge_garden",
        f"knowledge_garden-{PROJECT['project']['version']}.dist-info",
    }


def release(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts" / "release.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_dry_run_of_a_release_builds_and_checks_wheel_and_source_archive() -> None:
    done = release()
    assert done.returncode == 0, done.stderr
    stem = f"knowledge_garden-{PROJECT['project']['version']}"
    names = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert names == [f"dist/{stem}-py3-none-any.whl", f"dist/{stem}.tar.gz"]
    assert all((ROOT / name).is_file() for name in names)


def test_a_tag_of_another_version_is_no_release() -> None:
    done = release("v9.9.9")
    assert done.returncode == 1
    assert "The tag is v9.9.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_version_that_the_changelog_does_not_describe_is_no_release() -> None:
    version = PROJECT["project"]["version"]
    if f"\n## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"):
        version = "9.9.9"
    code = f"import sys; sys.path[0] = 'scripts'; import release; release.check_tag('v{version}', '{version}')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"CHANGELOG.md has no section [{version}]" in done.stderr
