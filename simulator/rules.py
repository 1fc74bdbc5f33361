"""The decisions of a device, each on its own, so that a deviation can change one and leave the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from harness.provoke import Provocation
from harness.wire.udmi import Config, Field, Mode, Odd, PointConfig, State, Status, Telemetry, Value, ValueState
from simulator import attempt, etag
from simulator.attempt import Plan, Step
from simulator.points import Condition, Point
from simulator.term import Term, term

LEVELS = {
    ValueState.APPLIED: 200,
    ValueState.UPDATING: 300,
    ValueState.OVERRIDDEN: 400,
    ValueState.INVALID: 500,
    ValueState.FAILURE: 500,
}
_EXPLAINED = (ValueState.OVERRIDDEN, ValueState.INVALID, ValueState.FAILURE)


@dataclass(frozen=True, slots=True)
class Expired:
    """The writes' time is up."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A config that is to be answered, no sooner than `due`, by a state that names it."""

    due: float
    last_config: float


Cause: TypeAlias = Provocation | Expired


def wanted(config: PointConfig) -> Value | None:
    """The value that a point is to take; a field that no specification knows is no wish."""
    return None if isinstance(config.set_value, Odd) else config.set_value


def explained(name: str, step: Step, since: float) -> Status | None:
    """The status of a point that has reached the step."""
    if step.state not in _EXPLAINED:
        return None
    return Status(f"Point {name} {step.why}", f"pointset.point.{step.state}", LEVELS[step.state], since)


def mode(before: Mode, *, updating: bool) -> Mode:
    """The whole device's mode, which knew another one before."""
    del before
    return Mode.UPDATING if updating else Mode.ACTIVE


@dataclass(frozen=True, slots=True)
class Rules:
    """What a device decides. Times are Unix seconds, spans are seconds."""

    # A config comes.
    is_redelivery: Callable[[Config, Config], bool] = lambda config, before: config == before
    is_stale: Callable[[Field[str], str], bool] = etag.is_stale
    term: Callable[[Config, float], Term] = term
    adopts: Callable[[Config, Config], Config] = lambda _before, config: config
    last_config: Callable[[float, float], float] = lambda timestamp, _now: timestamp
    acknowledges_after: float = 0.0
    still_owed: Callable[[Sequence[Owed]], Sequence[Owed]] = lambda owed: owed[-1:]

    # A point is written.
    wanted: Callable[[PointConfig], Value | None] = wanted
    refuses: Callable[[Point, str], str | None] = lambda _point, reason: reason
    reads_in: Callable[[Point, Condition], Condition] = lambda _point, condition: condition
    plan: Callable[[Point, Condition, Value, float], Plan] = attempt.plan
    begins_anew: Callable[[Value, Value], bool] = lambda before, value: before != value
    replaces_timer: Callable[[float | None, float | None], float | None] = lambda _running, ends: ends
    end_with_the_timer: Callable[[Sequence[str]], Sequence[str]] = lambda points: points

    # Something happens on the device.
    tries_again: Callable[[ValueState | None, Provocation], bool] = lambda _state, _provocation: True
    speaks_up: Callable[[Cause], bool] = lambda _cause: True

    # What it says and shows.
    fingerprint: Callable[[str, str | None, Value | None, Field[ValueState]], int] = etag.fingerprint
    etag: Callable[[int, int], str] = etag.etag
    explained: Callable[[str, Step, float], Status | None] = explained
    mode: Callable[..., Mode] = mode
    is_in_force: Callable[[Point, ValueState], bool] = lambda _point, state: state is ValueState.APPLIED
    shown_instead: Callable[[Value, Value | None], Value] = lambda base, _last: base
    between_states: float = 1.0
    say: Callable[[State, State | None], State] = lambda state, _said: state
    tell: Callable[[Telemetry, State | None], Telemetry] = lambda telemetry, _said: telemetry


KEPT = Rules()
