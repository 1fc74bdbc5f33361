"""How long a config's writes are meant to last, by its set_value_expiry."""

from dataclasses import dataclass

from harness.protocols.udmi.words.messages import Config
from simulator.udmi.write_progress import Cause, StateReason


@dataclass(frozen=True, slots=True)
class WriteExpiry:
    """The writes end at `ends`; or they are refused, for a reason; or the config is late, and changes nothing."""

    ends: float | None = None
    refused: StateReason | None = None
    late: bool = False


def write_expiry(config: Config, now: float) -> WriteExpiry:
    """UDMI 1.5, writeback, value expiration."""
    expiry = config.pointset.set_value_expiry if config.pointset else None
    timestamp = config.timestamp
    if not isinstance(expiry, int | float) or not isinstance(timestamp, int | float):
        return WriteExpiry(refused=StateReason(Cause.EXPIRY, "the config has no set_value_expiry"))
    if expiry <= timestamp:
        return WriteExpiry(refused=StateReason(Cause.EXPIRY, "set_value_expiry is not after the config's timestamp"))
    if expiry <= now:
        return WriteExpiry(late=True)
    return WriteExpiry(ends=expiry)
