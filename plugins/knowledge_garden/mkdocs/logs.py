"""What MkDocs and its plugins log, without what a terminal would obey and without those who are not shown by name."""

from __future__ import annotations

import logging

from mkdocs.utils import CountHandler

from knowledge_garden.model.names import visible
from knowledge_garden.model.publication import Publication

_LOGGER = "mkdocs"
_OURS = "mkdocs.plugins.garden"


def count_when_quiet() -> None:
    """Let a quiet build count its warnings: `--quiet` makes MkDocs pass over them, and a strict build publish in spite
    of them. What is printed stays the same."""
    logger = logging.getLogger(_LOGGER)
    if logger.level > logging.WARNING:
        for handler in logger.handlers:
            if not isinstance(handler, CountHandler):
                handler.setLevel(max(handler.level, logger.level))
        logger.setLevel(logging.WARNING)


class LogFilter(logging.Filter):
    """Rewrites messages. `publication` is that of the garden once it is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.publication: Publication | None = None

    def install(self) -> None:
        """Put this filter, in the place of one of an earlier build, before everything that prints what MkDocs logs."""
        for handler in logging.getLogger(_LOGGER).handlers:
            for old in [old for old in handler.filters if isinstance(old, LogFilter)]:
                handler.removeFilter(old)
            handler.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        # The garden's own problems name nobody; the path of a profile is where its own problem is to be fixed.
        if self.publication is not None and record.name != _OURS:
            text = self.publication.for_log(text)
        record.msg, record.args = "\n".join(map(visible, text.split("\n"))), ()
        return True
