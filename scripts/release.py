"""Builds the wheel and the source archive, and checks that an index and a fresh environment would take them."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

from packaging.metadata import Metadata

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PACKAGE = "knowledge_garden"


def run(*command: str, at: Path = ROOT, path: Path | None = None) -> str:
    """Standard output of Python with some arguments. Ends the script where that fails."""
    environment = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    done = subprocess.run(
        [sys.executable, *command], cwd=at, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"python {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def check_tag(tag: str, version: str) -> None:
    """A tag must be the version's, and the changelog must describe it."""
    if tag != f"v{version}":
        raise SystemExit(
            f"The tag is {tag}, but pyproject.toml has version {version}: tag v{version}, or change the version."
        )
    if f"\n## [{version}]" not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"):
        raise SystemExit(f"CHANGELOG.md has no section [{version}]: name the part under Unreleased so, with the date.")


def check_metadata(text: bytes, version: str) -> None:
    """What an index asks of the metadata: well formed, of this version, with a long description in Markdown."""
    metadata = Metadata.from_email(text, validate=True)
    if (
        str(metadata.version) != version
        or not metadata.description
        or metadata.description_content_type != "text/markdown"
    ):
        raise SystemExit("The metadata need the version, and README.md as the long description.")


def contents(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel, without the list of their sums."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/RECORD")}


def main() -> int:
    """Build and check; SystemExit says what is wrong."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if len(sys.argv) > 1:
        check_tag(sys.argv[1], version)
    shutil.rmtree(DIST, ignore_errors=True)
    run("-m", "hatchling", "build", "--directory", str(DIST))
    wheel, archive = DIST / f"{PACKAGE}-{version}-py3-none-any.whl", DIST / f"{PACKAGE}-{version}.tar.gz"
    files = contents(wheel)
    check_metadata(files[f"{PACKAGE}-{version}.dist-info/METADATA"], version)

    with tempfile.TemporaryDirectory() as folder:
        # Whoever builds from the source archive must get the same package.
        with tarfile.open(archive) as source:
            source.extractall(folder, filter="data")
        unpacked = Path(folder) / f"{PACKAGE}-{version}"
        check_metadata((unpacked / "PKG-INFO").read_bytes(), version)
        run("-m", "hatchling", "build", "--target", "wheel", "--directory", folder, at=unpacked)
        if contents(Path(folder) / wheel.name) != files:
            raise SystemExit("The wheel built from the source archive differs from the one built here.")
        # The package must run from the wheel alone.
        installed = Path(folder) / "installed"
        run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed), str(wheel))
        imported = run(
            "-c", f"import {PACKAGE}.cli; print({PACKAGE}.__file__)", at=Path(folder), path=installed
        ).strip()
        if not Path(imported).is_relative_to(installed.resolve()):
            raise SystemExit(f"{PACKAGE} was imported from {imported} instead of the wheel.")
    for path in sorted(DIST.iterdir()):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
