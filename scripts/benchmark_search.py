"""Measures what the search adds to a build of a garden: processor seconds of every step, and memory.

    python scripts/benchmark_search.py CONTENT    prints a line of JSON: {"seconds": {step: seconds}, "memory": MiB}

The garden is loaded before; the steps are those of a build: documents and index, files, writing, similar lessons for
every lesson, and the check for copies. `memory` is by how much they raise the peak of the process.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from knowledge_garden import load_garden
from knowledge_garden.features.search import SEARCH, garden_outputs
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.frame import Frame
from knowledge_garden.pages.similar import similar_lessons
from knowledge_garden.search import copies

T = TypeVar("T")


def main() -> None:
    """Load the garden of the folder that is named, measure, print."""
    loaded = load_garden(Path(sys.argv[1]), today=datetime.date(2026, 1, 1), with_history=False)
    indexes = loaded.indexes
    lessons = list(indexes.garden.lessons.values())
    if lessons:
        indexes.links.to(lessons[0].path)  # links belong to the pages, not to the search
    before = peak()
    seconds: dict[str, float] = {}

    def measured(step: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        done = work()
        seconds[step] = time.process_time() - start
        return done

    index = measured("documents and index", lambda: SEARCH.build(indexes))
    files = measured("files", lambda: list(garden_outputs(indexes=indexes, frame=Frame())))
    with tempfile.TemporaryDirectory() as folder:
        measured("writing", lambda: write(files, Path(folder)))
    measured("similar lessons", lambda: [similar_lessons(indexes, lesson) for lesson in lessons])
    measured("copies", lambda: copies(index))
    print(json.dumps({"seconds": seconds, "memory": peak() - before}))


def peak() -> float:
    """The peak of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(files: list[OutputFile], folder: Path) -> None:
    """Write the files of the index as a build does."""
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content())


if __name__ == "__main__":
    main()
