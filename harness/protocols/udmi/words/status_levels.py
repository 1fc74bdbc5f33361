"""How grave a status is: the levels that entries have, and the one answer to whether a status tells of an error."""

from enum import IntEnum

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Status


class StatusLevel(IntEnum):
    """The levels that have names. UDMI 1.5, entries, up to ERROR; the schema of an entry allows more, up to 800."""

    DEBUG = 100
    INFO = 200
    NOTICE = 300
    WARNING = 400
    ERROR = 500
    CRITICAL = 600
    ALERT = 700
    EMERGENCY = 800


def is_error(status: Field[Status], *, least: StatusLevel = StatusLevel.WARNING) -> bool:
    """Whether it is a status of at least that level. A status whose level cannot be read is no error.

    A device with which nothing is wrong has no system.status from WARNING on (UDMI 1.5, device testing), and that is
    what every question means by an error. Where a clause means another threshold, the caller names it, and the source.
    """
    return isinstance(status, Status) and isinstance(status.level, int) and status.level >= least


def is_clear(status: Field[Status]) -> bool:
    """Whether it surely tells of no error: there is none, or its level is below WARNING.

    A status whose level cannot be read is neither clear nor an error: nobody can say what it tells of.
    """
    return status is None or (
        isinstance(status, Status) and isinstance(status.level, int) and status.level < StatusLevel.WARNING
    )
