"""The versions of its document that a device was told: which of them it may still go by when it updates."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from harness.payload.values import JSON
from harness.protocols.replica.judging.device.history import DeviceRequest, ReplicaDeviceHistory, ReplicaMessage
from harness.text import brief

T = TypeVar("T")

_by_place = itemgetter(0)


@dataclass(frozen=True, slots=True)
class VersionsTold:
    """Of one history, in the order in which they were told. `own`: in answers to requests of the device's own."""

    all: Sequence[tuple[int, int]]  # place, version
    own: Sequence[tuple[int, int | None]]  # likewise; an answer may have none
    times: Mapping[float, Sequence[tuple[int, float]]]  # place and time, by version

    @classmethod
    def of(cls, history: ReplicaDeviceHistory) -> "VersionsTold":
        """Read once; a device with a loop in it was told thousands."""
        tokens = {brief(one.content.get("clientToken")) for one in history.requests if one.content}
        told = [(one, version) for one in history.told if (version := _version(one)) is not None]
        times = defaultdict[float, list[tuple[int, float]]](list)
        for one, version in told:
            times[version].append((one.place, one.time))
        own = [
            (one.place, _version(one))
            for one in history.told
            if "clientToken" in one.content and brief(one.content["clientToken"]) in tokens
        ]
        return cls([(one.place, version) for one, version in told], own, times)

    def has(self, asked: JSON, update: DeviceRequest, lately: float) -> bool:
        """Whether it is one of so many seconds before the update, the latest, or in the latest answer to the device."""
        own = _latest_before(update.place, self.own)
        if asked == (own[1] if own else None):
            return True
        if not isinstance(asked, int | float):
            return False
        latest = _latest_before(update.place, self.all)
        times = self.times.get(asked, ())
        since = update.time - lately
        return bool(latest and latest[1] == asked) or any(
            place < update.place and time >= since for place, time in reversed(times)
        )

    def latest(self, update: DeviceRequest) -> str:
        """The latest version that was told before the update, for people."""
        latest = _latest_before(update.place, self.all)
        return str(latest[1]) if latest else "none"


def _latest_before(place: int, told: Sequence[tuple[int, T]]) -> tuple[int, T] | None:
    before = bisect_left(told, place, key=_by_place)
    return told[before - 1] if before else None


def _version(message: ReplicaMessage) -> int | None:
    version = message.content.get("version")
    return version if isinstance(version, int) else None
