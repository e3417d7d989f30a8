"""Keeps what a build made for later builds, by keys that name all it was made from: one file, bounded, safe to lose.

Whoever asks puts everything that a value depends on into its key, or checks the value by what it says itself, so
nothing has to be told that it is out of date. What nobody asks for any more goes when the file is full or old.

The file is an SQLite database. Its transactions make a build that is killed at any moment leave the old values or the
new ones. It is never inside a work tree, which anybody's pull request may fill (see `history.store_folder`).
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

NAME: Final = "builds.sqlite"
_FORM: Final = 1  # raise it when the tables change: a file of another form is begun anew
_LIMIT: Final = 1_000_000_000  # bytes of all values
_OLD: Final = 500  # builds since a value was last asked for
_REFRESH: Final = 10  # builds after which it is noted again that a value is in use; each time costs a write
_DIGEST: Final = 8  # bytes before each value that tell whether it is what was written
_TABLES: Final = """
CREATE TABLE entries (id INTEGER PRIMARY KEY, area TEXT, key BLOB, used INTEGER, size INTEGER);
CREATE UNIQUE INDEX by_key ON entries (area, key);
CREATE TABLE contents (id INTEGER PRIMARY KEY, value BLOB);
"""


class Store:
    """The values of one folder, for one build. Without a folder, or where its file can't be used, it holds nothing.

    `fault` says why the file can't be used, "" where it can.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.fault = ""
        self._database: sqlite3.Connection | None = None
        self._new: dict[tuple[str, bytes], bytes] = {}
        self._used: set[int] = set()
        self._build = 0
        if folder is not None:
            self._open(folder / NAME)

    @property
    def is_on(self) -> bool:
        """Whether anything is kept."""
        return self._database is not None

    def get(self, area: str, key: bytes) -> bytes | None:
        """The value of a key, or None. `area` keeps apart what different parts of a build keep."""
        if self._database is None:
            return None
        kept = self._new.get((area, key))
        if kept is not None:
            return kept
        try:
            row = self._database.execute(
                "SELECT entries.id, used, value FROM entries JOIN contents USING (id) WHERE area = ? AND key = ?",
                (area, key),
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None:
            return None
        if row[1] < self._build - _REFRESH:
            self._used.add(row[0])
        value: bytes = row[2]
        digest, value = value[:_DIGEST], value[_DIGEST:]
        return value if digest == _digest(value) else None  # else the disk has changed it

    def put(self, area: str, key: bytes, value: bytes) -> None:
        """Keep a value, in the place of an earlier one; it is written by `save`."""
        if self._database is not None:
            self._new[area, key] = value

    def save(self) -> None:
        """Write what was put since the last time, in one transaction, and remove what is too old or too much."""
        if self._database is None:
            return
        try:
            with self._database:
                self._write(self._database)
        except sqlite3.Error as error:
            self._give_up(error)
        self._new.clear()
        self._used.clear()

    def close(self) -> None:
        """Save, and let the file go."""
        self.save()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self, file: Path) -> None:
        for last in (False, True):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                self._database = sqlite3.connect(file, timeout=5, check_same_thread=False)
                self._begin(self._database)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
                # Another build may hold the file, or it may not be ours to write; one that is damaged is begun anew.
                if last or isinstance(error, sqlite3.OperationalError | OSError):
                    return
                file.unlink(missing_ok=True)
            else:
                self.fault = ""
                return

    def _begin(self, database: sqlite3.Connection) -> None:
        # Written pages reach the disk in the order that a rollback needs, without waiting for more than that.
        database.execute("PRAGMA synchronous = NORMAL")
        (form,) = database.execute("PRAGMA user_version").fetchone()
        if form not in (0, _FORM):
            raise sqlite3.DatabaseError(f"its form is {form}")
        if form == 0:
            with database:
                database.execute("BEGIN IMMEDIATE")
                if database.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in filter(str.strip, _TABLES.split(";")):
                        database.execute(statement)
                    database.execute(f"PRAGMA user_version = {_FORM}")
        (latest,) = database.execute("SELECT coalesce(max(used), 0) FROM entries").fetchone()
        self._build = latest + 1

    def _write(self, database: sqlite3.Connection) -> None:
        database.executemany("UPDATE entries SET used = ? WHERE id = ?", [(self._build, id_) for id_ in self._used])
        for (area, key), value in self._new.items():
            entry = (area, key)
            if there := database.execute("SELECT id FROM entries WHERE area = ? AND key = ?", entry).fetchone():
                row = (self._build, len(value), there[0])
                database.execute("UPDATE entries SET used = ?, size = ? WHERE id = ?", row)
                database.execute("UPDATE contents SET value = ? WHERE id = ?", (_digest(value) + value, there[0]))
                continue
            columns = "INSERT INTO entries (area, key, used, size) VALUES (?, ?, ?, ?)"
            written = database.execute(columns, (*entry, self._build, len(value)))
            new = (written.lastrowid, _digest(value) + value)
            database.execute("INSERT INTO contents (id, value) VALUES (?, ?)", new)
        if not self._new:
            return
        leaving = database.execute("SELECT id FROM entries WHERE used < ?", (self._build - _OLD,)).fetchall()
        (size,) = database.execute("SELECT coalesce(sum(size), 0) FROM entries").fetchone()
        if size > _LIMIT:
            # Down to half, so that not each build has to do so.
            for id_, bytes_ in database.execute("SELECT id, size FROM entries ORDER BY used, id"):
                leaving.append((id_,))
                size -= bytes_
                if size <= _LIMIT // 2:
                    break
        database.executemany("DELETE FROM entries WHERE id = ?", leaving)
        database.executemany("DELETE FROM contents WHERE id = ?", leaving)

    def _give_up(self, error: Exception) -> None:
        self.fault = f"{type(error).__name__}: {error}"
        if self._database is not None:
            self._database.close()
        self._database = None


def _digest(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_DIGEST).digest()


def key_of(*parts: str | bytes) -> bytes:
    """One key of some parts, in their order; parts that are divided in other places give another."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


class Packer:
    """Objects as bytes and back. Only classes of the given modules, or beneath them, are made again.

    Whoever could write the file could rewrite the history as well; even so, reading it runs nothing else.
    """

    def __init__(self, modules: Iterable[str]) -> None:
        self._modules = tuple(modules)

    def pack(self, value: object) -> bytes:
        """Raises PicklingError, TypeError or AttributeError for what has no form as bytes."""
        return pickle.dumps(value, protocol=5)

    def unpack(self, data: bytes) -> Any:
        """Raises UnpicklingError for a class of another module."""
        return _Unpickler(data, self._modules).load()


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, modules: tuple[str, ...]) -> None:
        super().__init__(BytesIO(data))
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        if self._allowed(module):
            kind = super().find_class(module, name)
            if isinstance(kind, type) and self._allowed(kind.__module__):
                return kind
        raise pickle.UnpicklingError(f"{module}.{name} is not a class that is kept")

    def _allowed(self, module: str) -> bool:
        return any(module == allowed or module.startswith(f"{allowed}.") for allowed in self._modules)
