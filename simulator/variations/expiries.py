"""Devices that break a clause on set_value_expiry."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from harness.wire.udmi import Config
from simulator.rules import KEPT, Expired, Rules, Standing
from simulator.term import Term, term
from simulator.variations.altering import writes
from simulator.variations.variation import deviation

TimerOf: TypeAlias = Callable[[float | None, float | None, Standing], float | None]


def _term(alter: Callable[[Term, Config, float], Term]) -> Rules:
    return replace(KEPT, term=lambda config, now: alter(term(config, now), config, now))


def _missing_is_fine(term: Term, config: Config, _now: float) -> Term:
    missing = config.pointset is None or config.pointset.set_value_expiry is None
    return Term() if missing else term


def _never_nonsense(allowed: Callable[[float], bool]) -> Callable[[Term, Config, float], Term]:
    """Writes that expire with their config, or before it, are taken for good."""

    def altered(term: Term, config: Config, _now: float) -> Term:
        expiry = config.pointset.set_value_expiry if config.pointset else None
        stamp = config.timestamp
        if not term.refused or not isinstance(expiry, int | float) or not isinstance(stamp, int | float):
            return term
        return Term() if allowed(expiry - stamp) else term

    return altered


def _late_is_invalid(term: Term, _config: Config, _now: float) -> Term:
    return Term(refused="came too late") if term.late else term


def _late_ends_all(term: Term, _config: Config, now: float) -> Term:
    return Term(ends=now) if term.late else term


def _late_is_fine(term: Term, _config: Config, _now: float) -> Term:
    return Term() if term.late else term


def _sooner(term: Term, _config: Config, _now: float) -> Term:
    return replace(term, ends=term.ends - 1) if term.ends else term


def _keeps_the_first(running: float | None, ends: float | None, _standing: Standing) -> float | None:
    return ends if running is None or ends is None else running


def _forgets_to_stop(running: float | None, ends: float | None, standing: Standing) -> float | None:
    """A timer whose write was taken back goes on, and the next write does not replace it."""
    if ends is None:
        return running
    return ends if running is None or writes(standing.before) else min(running, ends)


def _keeps_the_longest(running: float | None, ends: float | None, _standing: Standing) -> float | None:
    return ends if running is None or ends is None else max(running, ends)


def _four_seconds_late(timer: TimerOf) -> TimerOf:
    """As late as it may be where it is right; so nobody can tell by the delay alone."""
    return lambda running, ends, standing: timer(running, ends and ends + 4, standing)


_ENDS = ("expiry.ends-the-write", "expiry.ends-every-write")  # where the sooner expiry never comes

EXPIRIES = (
    deviation("takes-missing-expiry", _term(_missing_is_fine), breaks="expiry.missing-is-invalid"),
    deviation(
        "takes-expiry-at-its-timestamp",
        _term(_never_nonsense(lambda after: after == 0)),
        breaks="expiry.not-after-config-is-invalid",
    ),
    deviation(
        "takes-expiry-before-its-timestamp",
        _term(_never_nonsense(lambda after: after < 0)),
        breaks="expiry.not-after-config-is-invalid",
    ),
    deviation("late-is-invalid", _term(_late_is_invalid), breaks="expiry.already-past-changes-nothing"),
    deviation("late-ends-all", _term(_late_ends_all), breaks="expiry.already-past-changes-nothing"),
    deviation("late-is-written", _term(_late_is_fine), breaks="expiry.already-past-changes-nothing"),
    deviation(
        "keeps-first-timer", replace(KEPT, timer=_keeps_the_first), breaks="expiry.replaces-earlier", implies=_ENDS
    ),
    deviation(
        "keeps-first-timer-and-is-late",
        replace(KEPT, timer=_four_seconds_late(_keeps_the_first)),
        breaks="expiry.replaces-earlier",
        implies=_ENDS,
    ),
    deviation(
        "keeps-longest-timer", replace(KEPT, timer=_keeps_the_longest), breaks="expiry.replaces-earlier", implies=_ENDS
    ),
    deviation(
        "never-expires",
        replace(KEPT, timer=lambda _running, _ends, _standing: None),
        breaks="expiry.ends-the-write",
        implies=("expiry.ends-every-write", "expiry.replaces-earlier"),
    ),
    deviation("expires-early", _term(_sooner), breaks="expiry.ends-the-write"),
    deviation(
        "expires-silently",
        replace(KEPT, speaks_up=lambda cause: not isinstance(cause, Expired)),
        breaks="expiry.ends-the-write",
        implies=("expiry.ends-every-write", "expiry.replaces-earlier"),
    ),
    deviation(
        "ends-one-of-two",
        replace(KEPT, end_with_the_timer=lambda written: tuple(islice(written, 1))),
        breaks="expiry.ends-every-write",
    ),
    deviation(
        "forgets-to-stop-the-timer",
        replace(KEPT, timer=_forgets_to_stop),
        breaks="expiry.after-release-changes-nothing",
    ),
    deviation(
        "forgets-to-stop-the-timer-and-is-late",
        replace(KEPT, timer=_four_seconds_late(_forgets_to_stop)),
        breaks="expiry.after-release-changes-nothing",
    ),
)
