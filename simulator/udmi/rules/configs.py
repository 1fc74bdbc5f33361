"""The decisions of a device about a config that has come: whether it is worked on, and when that is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.protocols.udmi.words.messages import Config
from simulator.udmi.rules.write_expiry import WriteExpiry, write_expiry


@dataclass(frozen=True, slots=True)
class Owed:
    """A config that is to be answered, no sooner than `due`, by a state that names it."""

    due: float
    last_config: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The situation when a config comes: the config before, whether that was refused, and the device's own etag.

    `coming`: the config itself.
    """

    before: Config
    was_refused: bool
    etag: str
    coming: Config


def is_stale(config: Config, standing: Standing) -> bool:
    """A config without an etag is taken: the specification does not say."""
    etag = config.pointset.etag if config.pointset else None
    return etag is not None and etag != standing.etag


@dataclass(frozen=True, slots=True)
class ConfigRules:
    """How a config is taken in. Times are Unix seconds, spans are seconds."""

    is_redelivery: Callable[[Config, Config], bool] = lambda config, before: config == before
    is_stale: Callable[[Config, Standing], bool] = is_stale
    write_expiry: Callable[[Config, float], WriteExpiry] = write_expiry
    timer: Callable[[float | None, float | None, Standing], float | None] = lambda _running, ends, _standing: ends
    adopts: Callable[[Config, Config], Config] = lambda _before, config: config
    ignores: Callable[[WriteExpiry], bool] = lambda _expiry_rules: False
    last_config: Callable[[float, float], float] = lambda timestamp, _now: timestamp
    acknowledges_after: float = 0.0
    still_owed: Callable[[Sequence[Owed]], Sequence[Owed]] = lambda owed: owed[-1:]
