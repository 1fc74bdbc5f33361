"""Devices that break a clause on when telemetry comes and what of; and some that are odd in that, and conform."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.messages import Telemetry
from simulator.udmi import sampling
from simulator.udmi.rules import TelemetryRules
from simulator.udmi.sampling import Pace, Readings, Sampling
from simulator.udmi.variations.variation import deviation, other_side, quirk

_NEVER = float("inf")


def _rated(instead: Callable[[Field[float]], float | None]) -> Sampling:
    """Another rate where `instead` has one."""

    def rate(asked: Field[float]) -> float:
        other = instead(asked)
        return sampling.rate(asked) if other is None else other

    return Sampling(rate=rate)


def _all_out(_before: Pace, pace: Pace) -> Pace:
    """The device samples as fast as it can, where every four seconds would do."""
    return replace(pace, rate=0.5, limit=0.0) if pace.rate == _FOUR else pace


def _a_faster_rate_waits(before: Pace, pace: Pace) -> Pace:
    return replace(pace, rate=before.rate) if before.rate == _FOUR and pace.rate < _FOUR else pace


def _knows_no_rate_below_zero(before: Pace, pace: Pace) -> Pace:
    return replace(pace, rate=before.rate) if pace.rate == _NEVER else pace


def _the_first_of_several(waiting: Readings, changes: Readings) -> Readings:
    return {**changes, **waiting}


def _but_for_one_value(shown: Value | None, value: Value, increment: float | None) -> bool:
    return value != _UNTOLD and sampling.is_told(shown, value, increment)


def _however_small(shown: Value | None, value: Value, increment: float | None) -> bool:
    return sampling.is_told(shown, value, None if increment is None else 0.0)


def _is_below_zero(asked: Field[float]) -> bool:
    return isinstance(asked, int | float) and asked < 0


def _unflagged(telemetry: Telemetry) -> Telemetry:
    return replace(telemetry, partial=None)


_FOUR = 4.0  # seconds
_UNTOLD = 18.0  # which is only ever written

SAMPLES = (
    deviation(
        "takes-eight-seconds-for-four",
        _rated(lambda asked: 8.0 if asked == _FOUR else None),
        breaks="telemetry.complete-every-rate",
    ),
    deviation("knows-no-limit", Sampling(limit=lambda _asked: 0.0), breaks="telemetry.keeps-its-limit"),
    deviation("samples-all-out", Sampling(pace=_all_out), breaks="telemetry.keeps-its-limit"),
    deviation(
        "tells-the-first-of-several",
        Sampling(coalesced=_the_first_of_several),
        breaks="telemetry.changes-are-coalesced",
    ),
    deviation(
        "ten-minutes-by-default",
        _rated(lambda asked: 600.0 if asked is None else None),
        breaks="telemetry.default-rate",
    ),
    deviation(
        "takes-a-faster-rate-late",
        Sampling(pace=_a_faster_rate_waits),
        breaks="telemetry.rate-comes-with-its-config",
    ),
    deviation("parts-without-a-flag", TelemetryRules(tell=_unflagged), breaks="telemetry.part-says-so"),
    deviation(
        "takes-a-part-for-the-whole",
        Sampling(due_after_changes=lambda _due, now: now + 10.0),
        breaks="telemetry.complete-in-spite-of-parts",
    ),
    deviation(
        "tells-of-no-change",
        Sampling(is_told=lambda _shown, _value, _increment: False),
        breaks="telemetry.change-is-told",
        implies=("telemetry.write-that-changes-is-told",),
    ),
    deviation("tells-of-small-changes", Sampling(is_told=_however_small), breaks="telemetry.small-change-waits"),
    deviation(
        "keeps-a-write-to-itself",
        Sampling(is_told=_but_for_one_value),
        breaks="telemetry.write-that-changes-is-told",
    ),
    deviation(
        "tells-of-every-write",
        Sampling(tells_of_write=True),
        breaks="telemetry.write-that-changes-nothing-is-not-told",
    ),
    other_side(
        "no-telemetry-at-a-rate-of-zero",
        _rated(lambda asked: _NEVER if asked == 0 else None),
        shows="telemetry.rate-of-zero",
    ),
    other_side(
        "floods-at-a-rate-of-zero",
        _rated(lambda asked: 0.1 if asked == 0 else None),
        shows="telemetry.rate-of-zero",
    ),
    other_side(
        "ten-seconds-at-a-rate-of-zero",
        _rated(lambda asked: 10.0 if asked == 0 else None),
        shows="telemetry.rate-of-zero",
    ),
    other_side(
        "floods-at-a-rate-below-zero",
        _rated(lambda asked: 0.1 if _is_below_zero(asked) else None),
        shows="telemetry.rate-below-zero",
    ),
    other_side(
        "ten-seconds-at-a-rate-below-zero",
        _rated(lambda asked: 10.0 if _is_below_zero(asked) else None),
        shows="telemetry.rate-below-zero",
    ),
    other_side(
        "knows-no-rate-below-zero",
        Sampling(pace=_knows_no_rate_below_zero),
        shows="telemetry.rate-below-zero",
    ),
    quirk("tells-all-on-every-change", Sampling(completes=lambda _complete_in, _limit: True)),
    quirk("samples-a-little-late", Sampling(due_after=lambda now, rate: now + rate + 1.4)),
)
