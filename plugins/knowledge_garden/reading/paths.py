"""What files and folders of the content may be called, and which of them would have one address on the site."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from knowledge_garden.model.addresses import FOLDER_PAGES, RESERVED, is_slug, make_slug, site_file
from knowledge_garden.model.messages import message

_FILE = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*\Z")
# Names that are wrong and can do no harm: the file is read, so that its other problems are reported too.
_HARMLESS = re.compile(r"[\w .()-]+\Z")


def is_harmless(name: str) -> bool:
    """Whether a name holds only letters, digits, spaces, dots, hyphens, underscores and parentheses."""
    return bool(_HARMLESS.match(name))


def wrong_file_name(path: str) -> tuple[str, str] | None:
    """What is wrong with the name of a file, and a hint with a better one; None where nothing is."""
    name = PurePosixPath(path)
    if name.suffix == ".md":
        if name.stem in FOLDER_PAGES or is_slug(name.stem):
            return None
        if name.stem in RESERVED:
            hint = message(
                "{stem} is kept for a folder's own page, index.md or README.md. Choose another name.", stem=name.stem
            )
            return message("{name} can't be the name of a page.", name=name.name), hint
        return message("{name} can't be the name of a page.", name=name.name), _rename(
            make_slug(name.stem.replace(".", "-")), ".md"
        )
    if _FILE.match(name.name):
        return None
    return message("{name} can't be the name of a file.", name=name.name), _rename(
        make_slug(name.stem.replace(".", "-")), name.suffix.lower()
    )


def wrong_folder_name(path: str) -> tuple[str, str] | None:
    """What is wrong with the name of a folder, and a hint with a better one; None where nothing is."""
    name = PurePosixPath(path).name
    if _FILE.match(name):
        return None
    return message("{name} can't be the name of a folder.", name=name), _rename(make_slug(name), "")


def _rename(stem: str, suffix: str) -> str:
    return (
        message("Rename it to {stem}{suffix}.", stem=stem, suffix=suffix) if stem and _FILE.match(stem + suffix) else ""
    )


class Addresses:
    """The addresses on the site that files of the content have, upper and lower case being the same.

    Two files have one address where they become the same file of the site's folder, or where one of them would be a
    folder there: a page of the name a.png.md becomes a.png/index.html, which can't be written beside a picture a.png.
    """

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def take(self, path: str) -> str:
        """Give a content path its address. Where another path has it, that path is returned and nothing is given."""
        address = site_file(path).casefold()
        folders = [str(folder) for folder in PurePosixPath(address).parents][:-1]
        other = self._files.get(address) or self._folders.get(address)
        other = other or next((self._files[folder] for folder in folders if folder in self._files), "")
        if not other:
            self._files[address] = path
            for folder in folders:
                self._folders.setdefault(folder, path)
        return other

    def owns(self, path: str) -> bool:
        """Whether a content path was given its address."""
        return self._files.get(site_file(path).casefold()) == path
