"""The cloud as a pure machine: what it wants, what it knows, and the whole sticky config that follows from both."""

import math
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias, assert_never

from harness.payload.values import Field
from harness.protocols.udmi.driving.sampling_request import Listed, SamplingRequest
from harness.protocols.udmi.driving.settling_times import SettlingTimes
from harness.protocols.udmi.profile import Setting
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig, State, SystemConfig, Telemetry
from harness.protocols.udmi.words.site_placement import SitePlacement

_RECENT = 60  # seconds by which a config's timestamp lies in the past: a device that stamps its own clock shows


class Fresh(Enum):
    """The etag of the latest state."""

    ETAG = "fresh"


@dataclass(frozen=True, slots=True)
class In:
    """So many seconds from now."""

    seconds: float


@dataclass(frozen=True, slots=True)
class AfterTimestamp:
    """So many seconds after the config's own timestamp."""

    seconds: float


class Lifetime(Enum):
    """As long as a scenario needs its writes, and not much longer: a run that is killed leaves nothing in force."""

    NEEDED = "as long as it is needed"


Expiry: TypeAlias = In | AfterTimestamp | Lifetime | None
AN_HOUR = 3600.0  # seconds, for a machine alone: a cloud on a broker says how long before each config


@dataclass(frozen=True, slots=True)
class Manner:
    """How a config is made out. The defaults follow the specification; a scenario may ask for less."""

    etag: Fresh | Field[str] = Fresh.ETAG
    expiry: Expiry = Lifetime.NEEDED


class Counterpart:
    """The cloud's side of one device. Every config lists every point, as the config is the authority on them."""

    def __init__(self, points: Iterable[str], codec: Codec, wiring: SitePlacement = SitePlacement()) -> None:  # noqa: B008 - frozen
        self._points, self.codec, self._wiring = tuple(points), codec, wiring
        self.settling = SettlingTimes()
        self.own_configs = set[bytes]()  # the digests of what was sent, on whatever connection
        self._wanted: dict[str, Setting] = {}
        self._stamped = self._latest = -math.inf
        self.reporting = SamplingRequest(10)
        self.lifetime: float | None = AN_HOUR  # seconds for which a write is in force; None: nothing is to be written
        self.system: SystemConfig | None = None
        self._stamps = set[float]()
        self.names_configs = False
        self._seen_in_one = 0  # points of ours, in one telemetry
        self.state: State | None = None
        self.etag: Field[str] = None
        self.knows_etags = False  # whether the device ever sent one
        self.expiry: float = -math.inf  # of the latest config that had one

    def hear(self, state: State) -> None:
        """The device's latest word. Of a state without a pointset, the etag before is still the latest."""
        self.state = state
        self.names_configs = self.names_configs or state.last_config in self._stamps
        if state.pointset:
            self.etag = state.etag
            self.knows_etags = self.knows_etags or state.etag is not None

    def is_whole(self, telemetry: Telemetry) -> bool:
        """Whether it has every point that is listed: one that says that it is partial, and is, waits for no write.

        Where the spec has no word for that, whole is what has as many points as any telemetry before had.
        """
        listed = self.reporting.names(self._points)
        known = set(self._points) if listed is None else set(self._points) & set(listed)
        told = len(telemetry.readings.keys() & known)
        self._seen_in_one = max(self._seen_in_one, told)
        if self.codec.layout.partial is None:
            return told >= min(self._seen_in_one, len(known))
        return telemetry.partial is not True or told == len(known)

    @property
    def has_points(self) -> bool:
        """Whether the device has any, so that telemetry is to be expected of it."""
        return bool(self._points)

    def is_answered(self) -> bool:
        """Whether the latest state speaks of the latest config. A device that never names one is taken at any word."""
        return self.state is not None and (self.state.last_config == self._latest or not self.names_configs)

    def want(self, settings: Iterable[Setting]) -> None:
        """From now on want this of these points; of the others still the same."""
        for setting in settings:
            if setting.value is None:
                self._wanted.pop(setting.point, None)
            else:
                self._wanted[setting.point] = setting

    @property
    def sample_rate(self) -> float | None:
        """Seconds from one complete telemetry to the next, as the next config will ask for."""
        return self.reporting.rate

    @sample_rate.setter
    def sample_rate(self, seconds: float) -> None:
        """Ask for this rate, and for every point as the device would report it by itself."""
        self.reporting = SamplingRequest(seconds)

    def want_nothing(self) -> None:
        """Release every point, and leave all else to the device."""
        self._wanted.clear()
        self.system = None

    def compose(self, now: float, manner: Manner) -> Config:
        """The whole config. One that writes nothing needs neither etag nor expiry."""
        timestamp = self._latest = self._stamp(now)
        self._stamps.add(timestamp)
        expiry = _expiry(manner.expiry, timestamp, now, self.lifetime) if self._wanted else None
        self.expiry = self.expiry if expiry is None else expiry
        pointset, wiring = self._pointset(now, manner, expiry), self._wiring
        return Config(
            timestamp, self.codec.version, pointset, self.system, localnet=wiring.localnet, gateway=wiring.gateway
        )

    def _pointset(self, now: float, manner: Manner, expiry: float | None) -> PointsetConfig | None:
        """None where nothing at all is to be said of points; without a list, nothing is written either."""
        if self.reporting.points is Listed.NOTHING:
            return None
        listed = self.reporting.names(self._points)
        names = None if listed is None else dict.fromkeys((*listed, *self._wanted))
        return PointsetConfig(
            etag=(self.etag if manner.etag is Fresh.ETAG else manner.etag) if self._wanted else None,
            set_value_expiry=expiry,
            sample_rate_sec=self.reporting.rate,
            sample_limit_sec=self.reporting.limit,
            points=None if names is None else {name: self._point(name, now) for name in names},
        )

    def sketch(self, now: float, settings: Iterable[Setting], sample_rate: float) -> Config:
        """The config that would want this as well. It is none of the cloud's wishes, but its timestamp is spent."""
        aside = copy(self)
        aside._wanted = {**self._wanted, **{setting.point: setting for setting in settings}}  # noqa: SLF001 - its own
        aside.sample_rate = sample_rate
        config = aside.compose(now, Manner())
        self._stamped = aside._stamped  # noqa: SLF001 - likewise
        return config

    def _point(self, name: str, now: float) -> PointConfig:
        setting, asked = self._wanted.get(name), self.reporting.asks(name)
        if name in self._wiring.refs:
            asked = replace(asked, ref=self._wiring.refs[name])
        if setting is None or setting.value is None:
            return asked
        if setting.field == "set_value":
            stop_time = None if setting.stops_in is None else round(now + setting.stops_in, 3)
            return replace(asked, set_value=setting.value, stop_time=stop_time)
        return replace(asked, others={setting.field: setting.value})

    def _stamp(self, now: float) -> float:
        """Whole seconds, as clouds send them, and later than the one before even in a burst."""
        self._stamped = float(max(self._stamped + 1, math.floor(now) - _RECENT))
        return self._stamped


def _expiry(expiry: Expiry, timestamp: float, now: float, lifetime: float | None) -> float | None:
    match expiry:
        case None:
            return None
        case In(seconds):
            return round(now + seconds, 3)
        case AfterTimestamp(seconds):
            return timestamp + seconds
        case Lifetime.NEEDED if lifetime is None:
            raise ValueError("it writes, and its scenario does not say how long its longest wait is")
        case Lifetime.NEEDED:
            return round(now + lifetime, 3)
        case _:
            assert_never(expiry)
