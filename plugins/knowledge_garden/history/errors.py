"""The one error of this package: a repository or a question about it that can't be answered."""


class HistoryError(Exception):
    """No history can be read from what Git or the caller gave; the text says why, and how to fix it."""
