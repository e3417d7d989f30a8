"""The set-up installs what the locks list and looks nothing else up, whatever an index has to offer.

The scripts, their installers and the locks are the real ones. The packages are empty stand-ins with the names,
versions and needs of the real ones, since downloading those would take a minute.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from package_index import NEWER, Index
from test_packaging import ROOT, locked


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index()
    yield index
    index.close()


def prepare(folder: Path, index: Index, lock: str, *without: str) -> None:
    """A copy of the scripts with a lock of stand-ins."""
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in {"requirements.txt", lock}:
        lines = [index.lock(requirement) for requirement, _ in locked(name) if requirement.name not in without]
        (folder / name).write_text("".join(lines), encoding="utf-8")


def set_up(folder: Path, index: Index, kind: str, *tools: str) -> subprocess.CompletedProcess[str]:
    """Runs `setup` with this Python, the installers `tools`, an empty home and no setting but the index."""
    programs = folder / "bin"
    programs.mkdir()
    for tool in ["bash", "cat", "cksum", "dirname", "env", "git", "mkdir", "mv", "rm", "tail"]:
        (programs / tool).symlink_to(shutil.which(tool) or tool)
    for tool in tools:
        (programs / tool).symlink_to(Path(sys.executable).with_name(tool))
    environment = {
        "HOME": str(folder / "home"),
        "PATH": str(programs),
        "PYTHON": getattr(sys, "_base_executable", sys.executable),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_CACHE_DIR": "1",
        "PIP_INDEX_URL": index.url,
        "UV_NO_CONFIG": "1",
        "UV_CACHE_DIR": str(folder / "cache"),
        "UV_DEFAULT_INDEX": index.url,
    }
    command = ["bash", "-euo", "pipefail", "-c", f". scripts/_setup.sh; setup {kind}"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("tools", [[], ["uv"]], ids=["pip", "uv"])
def test_nothing_outside_the_lock_is_looked_up(tmp_path: Path, index: Index, tools: list[str]) -> None:
    lock = "requirements-dev.txt"
    prepare(tmp_path, index, lock)
    done = set_up(tmp_path, index, "dev", *tools)
    assert done.returncode == 0, done.stderr
    assert "could not install" not in done.stderr
    here = [each for each, _ in locked(lock) if each.marker is None or each.marker.evaluate()]
    pages = {path.split("/")[1] for path in index.asked if path.startswith("packages/")}
    files = {path for path in index.asked if path.startswith("files/") and not path.endswith(".metadata")}
    assert pages == {canonicalize_name(each.name) for each in here}
    assert len(files) == len(here), files
    assert not [path for path in files if f"-{NEWER}-" in path]


def test_a_package_that_the_lock_lacks_is_named_and_not_fetched(tmp_path: Path, index: Index) -> None:
    prepare(tmp_path, index, "requirements.txt", "mergedeep")
    done = set_up(tmp_path, index, "runtime")
    assert done.returncode == 1
    assert "mkdocs 1.6.1 requires mergedeep, which is not installed" in done.stderr
    assert "packages/mergedeep" not in index.asked
