"""The one reading of the clock, for the commands and the MkDocs plugins; everything else is handed the day."""

import datetime
import os

from knowledge_garden.model.dates import moment_of_epoch


def now() -> datetime.datetime:
    """The present moment, or that of SOURCE_DATE_EPOCH where it is set, so that a build can be repeated to the byte.

    Raises ValueError where SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return moment_of_epoch(epoch) if epoch else datetime.datetime.now(datetime.UTC)
