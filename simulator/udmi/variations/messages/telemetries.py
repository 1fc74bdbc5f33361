"""Devices that send telemetry of other kinds: more often, in parts, or flagged."""

from collections.abc import Callable
from dataclasses import replace

from harness.protocols.udmi.words.messages import Telemetry
from simulator.udmi import sampling
from simulator.udmi.rules import TelemetryRules
from simulator.udmi.sampling import Readings, Sampling
from simulator.udmi.variations.variation import quirk


def _paced(pace: Callable[[float], float], *, tells_of_any_change: bool = False) -> Sampling:
    """Complete telemetry at another rate than it was asked for."""
    return Sampling(rate=lambda asked: pace(sampling.rate(asked)), tells_of_any_change=tells_of_any_change)


def _every_other(part: slice) -> Sampling:
    """Twice as often, and every other telemetry is of these points alone."""

    def held(number: int, readings: Readings) -> Readings:
        return {name: readings[name] for name in [*readings][part]} if number % 2 else readings

    return Sampling(rate=lambda asked: sampling.rate(asked) / 2, holds=held)


def _says_that_it_is_whole(telemetry: Telemetry) -> Telemetry:
    """Complete telemetry says that it is not partial."""
    return telemetry if telemetry.partial else replace(telemetry, partial=False)


def _in_reverse(telemetry: Telemetry) -> Telemetry:
    return replace(telemetry, readings=dict(reversed([*telemetry.readings.items()])))


TELEMETRIES = (
    quirk("telemetry-a-little-early", _paced(lambda rate: rate - 0.25)),
    quirk("telemetry-four-times-as-often", _paced(lambda rate: rate / 4)),
    quirk("telemetry-at-odd-intervals", _paced(lambda rate: rate * 0.7)),
    quirk("half-of-the-points-in-between", _every_other(slice(None, None, 2))),
    quirk("one-point-in-between", _every_other(slice(-1, None))),
    quirk("says-that-it-is-whole", TelemetryRules(tell=_says_that_it_is_whole)),
    quirk("calls-the-whole-a-part", TelemetryRules(tell=lambda telemetry: replace(telemetry, partial=True))),
    quirk("telemetry-in-reverse", TelemetryRules(tell=_in_reverse)),
    quirk("changes-at-once-and-often", _paced(lambda rate: rate / 2, tells_of_any_change=True)),
)
