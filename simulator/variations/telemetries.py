"""Devices that send telemetry of other kinds: more often, in parts, or flagged."""

from collections.abc import Callable
from dataclasses import replace

from harness.wire.udmi import Telemetry
from simulator import sampling
from simulator.rules import KEPT, Rules
from simulator.sampling import Sampling
from simulator.variations.variation import quirk


def _paced(pace: Callable[[float], float], *, tells_of_any_change: bool = False) -> Rules:
    """Complete telemetry at another rate than it was asked for."""
    paced = Sampling(rate=lambda asked: pace(sampling.rate(asked)), tells_of_any_change=tells_of_any_change)
    return replace(KEPT, sampling=paced)


def _every_other(part: Callable[[Telemetry], Telemetry | None]) -> Rules:
    """Twice as often, and every other telemetry is something else than the whole."""

    def told(telemetry: Telemetry) -> Telemetry | None:
        assert isinstance(telemetry.timestamp, int | float)  # noqa: S101 - the device has stamped it
        return part(telemetry) if int(telemetry.timestamp) % 2 else telemetry

    return replace(_paced(lambda rate: rate / 2), tell=told)


def _half(telemetry: Telemetry) -> Telemetry:
    names = [*telemetry.readings][::2]
    return replace(telemetry, readings={name: telemetry.readings[name] for name in names}, partial=True)


def _one(telemetry: Telemetry) -> Telemetry:
    names = [*telemetry.readings][-1:]
    return replace(telemetry, readings={name: telemetry.readings[name] for name in names}, partial=True)


def _in_reverse(telemetry: Telemetry) -> Telemetry:
    return replace(telemetry, readings=dict(reversed([*telemetry.readings.items()])))


TELEMETRIES = (
    quirk("telemetry-a-little-early", _paced(lambda rate: rate - 0.25)),
    quirk("telemetry-four-times-as-often", _paced(lambda rate: rate / 4)),
    quirk("telemetry-at-odd-intervals", _paced(lambda rate: rate * 0.7)),
    quirk("half-of-the-points-in-between", _every_other(_half)),
    quirk("one-point-in-between", _every_other(_one)),
    quirk("says-that-it-is-whole", replace(KEPT, tell=lambda telemetry: replace(telemetry, partial=False))),
    quirk("calls-the-whole-a-part", replace(KEPT, tell=lambda telemetry: replace(telemetry, partial=True))),
    quirk("telemetry-in-reverse", replace(KEPT, tell=_in_reverse)),
    quirk("changes-at-once-and-often", _paced(lambda rate: rate / 2, tells_of_any_change=True)),
)
