"""A package index on this machine that holds every locked package, a newer version of each, and notes what is asked."""

import hashlib
import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NEWER = "9999"

# Stands in for the build backend: an editable installation of the project with the dependencies it declares.
BACKEND = """
import pathlib, tomllib, zipfile

def build_editable(directory, config_settings=None, metadata_directory=None):
    project = tomllib.loads(pathlib.Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    stem = f"{project['name'].replace('-', '_')}-{project['version']}"
    needs = "".join(f"Requires-Dist: {each}\\n" for each in project["dependencies"])
    metadata = f"Metadata-Version: 2.1\\nName: {project['name']}\\nVersion: {project['version']}\\n{needs}"
    with zipfile.ZipFile(pathlib.Path(directory, f"{stem}-py3-none-any.whl"), "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", metadata)
        wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{stem}.dist-info/RECORD", "")
    return f"{stem}-py3-none-any.whl"
"""


def wheel(name: str, version: str) -> tuple[str, bytes]:
    """The name and bytes of an empty wheel that needs what the package of that name needs here."""
    try:
        needs = distribution(name).metadata.get_all("Requires-Dist") or []
        extras = distribution(name).metadata.get_all("Provides-Extra") or []
    except PackageNotFoundError:  # locked for another platform or Python
        needs = extras = []
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Dist: {each}" for each in needs] + [f"Provides-Extra: {each}" for each in extras]
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in {
            f"{stem}.dist-info/METADATA": "\n".join(metadata) + "\n",
            f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{stem}.dist-info/RECORD": "",
            **({"hatchling/__init__.py": "", "hatchling/build.py": BACKEND} if name == "hatchling" else {}),
        }.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return f"{stem}-py3-none-any.whl", data.getvalue()


class Index:
    """Serves wheels under /packages/; `asked` holds each path that was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.wheels: dict[str, dict[str, bytes]] = {}
        index = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.split("?")[0].strip("/")
                index.asked.append(path)
                data, kind = index.answer(path.split("/"))
                self.send_response(200 if data else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://{}:{}/packages/".format(*self.server.server_address)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: list[str]) -> tuple[bytes, str]:
        match path:
            case ["packages", name]:
                files = self.wheels.setdefault(name, dict([wheel(name, NEWER)]))
                return "".join(f'<a href="/files/{name}/{file}">{file}</a>\n' for file in files).encode(), "text/html"
            case ["files", name, file]:
                return self.wheels.get(name, {}).get(file, b""), "application/zip"
        return b"", "text/plain"

    def lock(self, requirement: Requirement) -> str:
        """Offer the locked version and a newer one; the line of a lock that holds the first to its hash."""
        name = canonicalize_name(requirement.name)
        version = next(iter(requirement.specifier)).version
        file, data = wheel(requirement.name, version)
        self.wheels.setdefault(name, dict([wheel(requirement.name, NEWER)]))[file] = data
        return f"{requirement} --hash=sha256:{hashlib.sha256(data).hexdigest()}\n"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
