"""The one error of this package: a repository or a question about it that can't be answered."""


class HistoryError(Exception):
    """Git or the caller gave something no history can be read from; the text says what, and how to mend it."""
