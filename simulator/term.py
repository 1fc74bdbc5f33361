"""How long a config's writes are meant to last, by its set_value_expiry."""

from dataclasses import dataclass

from harness.wire.udmi import Config


@dataclass(frozen=True, slots=True)
class Term:
    """The writes end at `ends`; or they are refused, for a reason; or the config is late, and changes nothing."""

    ends: float | None = None
    refused: str | None = None
    late: bool = False


def term(config: Config, now: float) -> Term:
    """UDMI 1.5, writeback, value expiration."""
    expiry = config.pointset.set_value_expiry if config.pointset else None
    timestamp = config.timestamp
    if not isinstance(expiry, int | float) or not isinstance(timestamp, int | float):
        return Term(refused="the config has no set_value_expiry")
    if expiry <= timestamp:
        return Term(refused="set_value_expiry is not after the config's timestamp")
    if expiry <= now:
        return Term(late=True)
    return Term(ends=expiry)
