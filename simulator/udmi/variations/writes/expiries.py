"""Devices that break a clause on set_value_expiry."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from harness.protocols.udmi.words.messages import Config, ValueState
from simulator.udmi.rules import ConfigRules, EventRules, Expired, Standing, WriteRules
from simulator.udmi.rules.write_expiry import WriteExpiry, write_expiry
from simulator.udmi.variations.narrowing import writes
from simulator.udmi.variations.variation import deviation
from simulator.udmi.write_progress import Cause, StateReason

TimerOf: TypeAlias = Callable[[float | None, float | None, Standing], float | None]


def _expiry_rules(alter: Callable[[WriteExpiry, Config, float], WriteExpiry]) -> ConfigRules:
    return ConfigRules(write_expiry=lambda config, now: alter(write_expiry(config, now), config, now))


def _missing_is_fine(write_expiry: WriteExpiry, config: Config, _now: float) -> WriteExpiry:
    missing = config.pointset is None or config.pointset.set_value_expiry is None
    return WriteExpiry() if missing else write_expiry


def _never_nonsense(allowed: Callable[[float], bool]) -> Callable[[WriteExpiry, Config, float], WriteExpiry]:
    """Writes that expire with their config, or before it, are taken for good."""

    def altered(write_expiry: WriteExpiry, config: Config, _now: float) -> WriteExpiry:
        expiry = config.pointset.set_value_expiry if config.pointset else None
        stamp = config.timestamp
        if not write_expiry.refused or not isinstance(expiry, int | float) or not isinstance(stamp, int | float):
            return write_expiry
        return WriteExpiry() if allowed(expiry - stamp) else write_expiry

    return altered


def _late_is_invalid(write_expiry: WriteExpiry, _config: Config, _now: float) -> WriteExpiry:
    return WriteExpiry(refused=StateReason(Cause.EXPIRY, "came too late")) if write_expiry.late else write_expiry


def _late_ends_all(write_expiry: WriteExpiry, _config: Config, now: float) -> WriteExpiry:
    return WriteExpiry(ends=now) if write_expiry.late else write_expiry


def _late_is_fine(write_expiry: WriteExpiry, _config: Config, _now: float) -> WriteExpiry:
    return WriteExpiry() if write_expiry.late else write_expiry


def _sooner(write_expiry: WriteExpiry, _config: Config, _now: float) -> WriteExpiry:
    return replace(write_expiry, ends=write_expiry.ends - 1) if write_expiry.ends else write_expiry


def _keeps_the_first(running: float | None, ends: float | None, _standing: Standing) -> float | None:
    return ends if running is None or ends is None else running


def _forgets_to_stop(running: float | None, ends: float | None, standing: Standing) -> float | None:
    """A timer whose write was taken back goes on, and the next write does not replace it."""
    if ends is None:
        return running
    return ends if running is None or writes(standing.before) else min(running, ends)


def _forgets_the_timer_of_another_value(running: float | None, ends: float | None, standing: Standing) -> float | None:
    """The timer of a write goes on where another value takes its place; the same value with another expiry sets it."""
    before, now = writes(standing.before), writes(standing.coming)
    replaced = any(name in before and before[name] != value for name, value in now.items())
    return min(running, ends) if replaced and running is not None and ends is not None else ends


def _keeps_the_longest(running: float | None, ends: float | None, _standing: Standing) -> float | None:
    return ends if running is None or ends is None else max(running, ends)


def _four_seconds_late(timer: TimerOf) -> TimerOf:
    """As late as it may be where it is right; so nobody can tell by the delay alone."""
    return lambda running, ends, standing: timer(running, ends and ends + 4, standing)


_PENDING = "expiry.ends-a-pending-write"
_ENDS = ("expiry.ends-the-write", "expiry.ends-every-write", _PENDING)  # where the sooner expiry never comes

EXPIRIES = (
    deviation("takes-missing-expiry", _expiry_rules(_missing_is_fine), breaks="expiry.missing-is-invalid"),
    deviation(
        "takes-expiry-at-its-timestamp",
        _expiry_rules(_never_nonsense(lambda after: after == 0)),
        breaks="expiry.not-after-config-is-invalid",
    ),
    deviation(
        "takes-expiry-before-its-timestamp",
        _expiry_rules(_never_nonsense(lambda after: after < 0)),
        breaks="expiry.not-after-config-is-invalid",
    ),
    deviation("late-is-invalid", _expiry_rules(_late_is_invalid), breaks="expiry.already-past-changes-nothing"),
    deviation("late-ends-all", _expiry_rules(_late_ends_all), breaks="expiry.already-past-changes-nothing"),
    deviation("late-is-written", _expiry_rules(_late_is_fine), breaks="expiry.already-past-changes-nothing"),
    deviation(
        "keeps-first-timer", ConfigRules(timer=_keeps_the_first), breaks="expiry.replaces-earlier", implies=_ENDS
    ),
    deviation(
        "keeps-first-timer-and-is-late",
        ConfigRules(timer=_four_seconds_late(_keeps_the_first)),
        breaks="expiry.replaces-earlier",
        implies=_ENDS,
    ),
    deviation(
        "keeps-longest-timer", ConfigRules(timer=_keeps_the_longest), breaks="expiry.replaces-earlier", implies=_ENDS
    ),
    deviation(
        "never-expires",
        ConfigRules(timer=lambda _running, _ends, _standing: None),
        breaks="expiry.ends-the-write",
        implies=("expiry.ends-every-write", "expiry.replaces-earlier", _PENDING),
    ),
    deviation("expires-early", _expiry_rules(_sooner), breaks="expiry.ends-the-write"),
    deviation(
        "expires-silently",
        EventRules(speaks_up=lambda cause: not isinstance(cause, Expired)),
        breaks="expiry.ends-the-write",
        implies=("expiry.ends-every-write", "expiry.replaces-earlier", _PENDING),
    ),
    deviation(
        "ends-one-of-two",
        WriteRules(end_with_the_timer=lambda written: tuple(islice(written, 1))),
        breaks="expiry.ends-every-write",
        implies=(_PENDING,),
    ),
    deviation(
        "forgets-the-timer-of-another-value",
        ConfigRules(timer=_forgets_the_timer_of_another_value),
        breaks="expiry.replaces-earlier",
    ),
    deviation(
        "lets-pending-writes-outlive-their-time",
        WriteRules(
            end_with_the_timer=lambda written: [n for n, state in written.items() if state is not ValueState.UPDATING]
        ),
        breaks="expiry.ends-a-pending-write",
    ),
    deviation(
        "forgets-to-stop-the-timer",
        ConfigRules(timer=_forgets_to_stop),
        breaks="expiry.after-release-changes-nothing",
    ),
    deviation(
        "forgets-to-stop-the-timer-and-is-late",
        ConfigRules(timer=_four_seconds_late(_forgets_to_stop)),
        breaks="expiry.after-release-changes-nothing",
    ),
)
