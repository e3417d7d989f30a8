"""Writes fixed files: whole or not at all, and only where the garden's own file is still what was read."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from knowledge_garden.fixing.garden import FixedFile


def write_fixed(content: Path, file: FixedFile) -> None:
    """Put the fixed bytes in the place of a file's. Raises OSError, and leaves the file as it was, where that fails."""
    folder = file.source.parent
    if file.source.is_symlink() or not folder.resolve().is_relative_to(content.resolve()):
        raise OSError(f"{file.path} is behind a symbolic link; it is not changed.")
    if file.source.read_bytes() != file.before:
        raise OSError(f"{file.path} was changed while it was being fixed; run the command again.")
    handle, name = tempfile.mkstemp(prefix=".fix-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(file.after)
            temporary.flush()
            os.fsync(temporary.fileno())
        shutil.copymode(file.source, name)
        Path(name).replace(file.source)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
