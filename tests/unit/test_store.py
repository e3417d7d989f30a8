"""What builds keep: by keys, written at once, bounded, and never believed when it is damaged."""

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from knowledge_garden import store as module
from knowledge_garden.history import store_folder
from knowledge_garden.model.dates import When
from knowledge_garden.store import NAME, Packer, Store, key_of
from knowledge_garden.versions import described


def keep(folder: Path, **values: str) -> None:
    store = Store(folder)
    for key, value in values.items():
        store.put("words", key.encode(), value.encode())
    store.close()


def kept(folder: Path, key: str) -> bytes | None:
    store = Store(folder)
    try:
        return store.get("words", key.encode())
    finally:
        store.close()


def test_a_value_is_there_for_the_next_build(tmp_path: Path) -> None:
    keep(tmp_path, one="1")
    keep(tmp_path, two="2", one="uno")
    assert (kept(tmp_path, "one"), kept(tmp_path, "two"), kept(tmp_path, "three")) == (b"uno", b"2", None)


def test_areas_are_apart(tmp_path: Path) -> None:
    keep(tmp_path, one="1")
    assert Store(tmp_path).get("other", b"one") is None


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store()
    store.put("words", b"one", b"1")
    assert not store.is_on
    assert store.get("words", b"one") is None
    store.close()


def test_a_value_that_the_disk_changed_is_not_given_back(tmp_path: Path) -> None:
    keep(tmp_path, one="1")
    with sqlite3.connect(tmp_path / NAME) as database:
        (value,) = database.execute("SELECT value FROM contents").fetchone()
        database.execute("UPDATE contents SET value = ?", (value[:-1] + b"2",))
    database.close()
    assert kept(tmp_path, "one") is None


@pytest.mark.parametrize("damage", [b"", b"not a database at all, and longer than the header of one" * 40])
def test_a_file_that_is_no_store_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / NAME).write_bytes(damage)
    keep(tmp_path, one="1")
    assert kept(tmp_path, "one") == b"1"


def test_a_store_of_another_form_is_begun_anew(tmp_path: Path) -> None:
    keep(tmp_path, one="1")
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert kept(tmp_path, "one") is None
    keep(tmp_path, two="2")
    assert kept(tmp_path, "two") == b"2"


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = Store(tmp_path / "file" / "folder")
    assert not store.is_on
    assert store.fault


def test_what_is_too_much_goes_oldest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LIMIT", 10)
    keep(tmp_path, old="12345")
    keep(tmp_path, new="1234567")
    assert (kept(tmp_path, "old"), kept(tmp_path, "new")) == (None, None)  # down to half of the limit
    keep(tmp_path, small="1")
    keep(tmp_path, other="2")
    assert (kept(tmp_path, "small"), kept(tmp_path, "other")) == (b"1", b"2")


def test_what_nobody_asked_for_in_many_builds_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_OLD", 6)
    monkeypatch.setattr(module, "_REFRESH", 2)
    keep(tmp_path, wanted="1", forgotten="2")
    for number in range(10):
        assert kept(tmp_path, "wanted") == b"1"
        keep(tmp_path, **{f"other{number}": "3"})
    assert kept(tmp_path, "forgotten") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_while_writing_leaves_the_old_values_or_the_new_ones(tmp_path: Path) -> None:
    keep(tmp_path, one="old")
    code = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from knowledge_garden.store import Store
        store = Store(Path(sys.argv[1]))
        store.put("words", b"one", b"new" * 2_000_000)
        write = store._write
        def killed(database):
            write(database)
            os.kill(os.getpid(), signal.SIGKILL)
        store._write = killed
        store.close()
        """
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert kept(tmp_path, "one") == b"old"


def test_parts_of_a_key_are_told_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc") != key_of("abc")


def test_only_classes_of_the_given_modules_are_unpacked() -> None:
    packer = Packer(["knowledge_garden.model"])
    assert packer.unpack(packer.pack({"when": When(2020, 3)})) == {"when": When(2020, 3)}
    with pytest.raises(pickle.UnpicklingError, match="system"):
        packer.unpack(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(pickle.UnpicklingError, match="calendar"):
        packer.unpack(b"\x80\x04\x8c\x1cknowledge_garden.model.dates\x8c\x15calendar.TextCalendar\x93.")


def test_the_store_of_a_work_tree_is_in_its_git_directory(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    asked = tmp_path / ".cache" / "kept"
    assert store_folder(tmp_path / "content", asked) is None  # nobody knows who else writes there
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert store_folder(tmp_path / "content", asked) == (tmp_path / ".git" / "knowledge-garden").resolve()
    assert store_folder(tmp_path / "content", None) is None


def test_settings_that_can_not_be_told_by_their_value_are_refused() -> None:
    assert [*described({"a": [1, True, None]})] != [*described({"a": [True, 1, None]})]
    with pytest.raises(ValueError, match="plain"):
        [*described({"a": object()})]
    with pytest.raises(ValueError, match="plain"):
        [*described(lambda: 1)]
