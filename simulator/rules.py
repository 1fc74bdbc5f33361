"""The decisions of a device, each on its own, so that a deviation can change one and leave the rest."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from harness.provoke import Provocation
from harness.wire.udmi import Config, Field, Mode, Odd, PointConfig, State, Status, Telemetry, Value, ValueState
from simulator import attempt, etag, units
from simulator.attempt import Plan, Step
from simulator.events import Reconnected
from simulator.link_rules import KEPT_LINK, LinkRules
from simulator.membership import Members, members
from simulator.points import Condition, Point
from simulator.sampling import KEPT_SAMPLING, Sampling
from simulator.system_rules import SystemRules
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the device stands when a config comes: the config before, whether that was refused, and its own etag."""

    before: Config
    was_refused: bool
    etag: str


@dataclass(frozen=True, slots=True)
class Values:
    """What a point could show: its own value, or one that it was given and that was in force, or was only asked for.

    `in_force` is forgotten when the point is released; the others are not. `pending` was on its way when the latest
    value was asked for.
    """

    base: Value
    in_force: Value | None = None
    was_in_force: Value | None = None
    asked_for: Value | None = None
    pending: Value | None = None


Cause: TypeAlias = Provocation | Expired | Reconnected
PlanOf: TypeAlias = Callable[[Point, Condition, Value, float], Plan]


def is_stale(config: Config, standing: Standing) -> bool:
    """A config without an etag is taken: the specification does not say."""
    etag = config.pointset.etag if config.pointset else None
    return etag is not None and etag != standing.etag


def wanted(config: PointConfig) -> Value | None:
    """The value that a point is to take; a field that no specification knows is no wish."""
    return None if isinstance(config.set_value, Odd) else config.set_value


def explained(name: str, step: Step, since: float) -> Status | None:
    """The status of a point that has reached the step."""
    if step.state not in _EXPLAINED:
        return None
    return Status(f"Point {name} {step.why}", f"pointset.point.{step.state}", LEVELS[step.state], since)


def mode(before: Mode, at_rest: Mode, *, updating: bool) -> Mode:
    """What the whole device says that it is at; it said `before` the last time."""
    del before
    return Mode.UPDATING if updating and at_rest is not Mode.RESTART else at_rest


@dataclass(frozen=True, slots=True)
class Rules:
    """What a device decides. Times are Unix seconds, spans are seconds."""

    system: SystemRules = field(default_factory=SystemRules)
    link: LinkRules = KEPT_LINK

    # A config comes.
    is_redelivery: Callable[[Config, Config], bool] = lambda config, before: config == before
    is_stale: Callable[[Config, Standing], bool] = is_stale
    term: Callable[[Config, float], Term] = term
    adopts: Callable[[Config, Config], Config] = lambda _before, config: config
    ignores: Callable[[Term], bool] = lambda _term: False
    last_config: Callable[[float, float], float] = lambda timestamp, _now: timestamp
    acknowledges_after: float = 0.0
    still_owed: Callable[[Sequence[Owed]], Sequence[Owed]] = lambda owed: owed[-1:]

    members: Callable[[Mapping[str, PointConfig] | None, Sequence[str], Members], Members] = members
    takes_units: Callable[[Point, str], bool] = lambda point, wanted: (
        wanted in {point.units, *units.others(point.units)}
    )
    mirrors: bool = False  # no pointset in the state where the config has none

    # A point is written.
    wanted: Callable[[PointConfig], Value | None] = wanted
    refuses: Callable[[Point, str], str | None] = lambda _point, reason: reason
    reads_in: Callable[[Point, Condition], Condition] = lambda _point, condition: condition
    plan: PlanOf = attempt.plan
    begins_anew: Callable[[Value, Value], bool] = lambda before, value: before != value
    timer: Callable[[float | None, float | None, Standing], float | None] = lambda _running, ends, _standing: ends
    end_with_the_timer: Callable[[Mapping[str, ValueState | None]], Iterable[str]] = lambda written: written

    # Something happens on the device.
    notices_after: Callable[[Provocation], float] = lambda _provocation: 0.0
    tries_again: Callable[[ValueState | None, Provocation], bool] = lambda _state, _provocation: True
    speaks_up: Callable[[Cause], bool] = lambda _cause: True

    # What it says and shows.
    fingerprint: Callable[[str, str | None, Value | None, Field[ValueState]], int] = etag.fingerprint
    etag: Callable[[int, int], str] = etag.etag
    explained: Callable[[str, Step, float], Status | None] = explained
    mode: Callable[..., Mode] = mode
    converts: Callable[[Value, str | None, str | None], Value] = units.converted
    is_in_force: Callable[[Point, Step], bool] = lambda _point, step: step.state is ValueState.APPLIED
    shown_when_refused: Callable[[Values], Value] = lambda values: values.base
    shown_when_free: Callable[[Point, Values], Value] = lambda _point, values: values.base
    between_states: float = 1.0
    repeats_after: float = math.inf
    telemetry_waits: bool = True  # for the state that it would run ahead of
    sampling: Sampling = KEPT_SAMPLING
    shows: Callable[[Telemetry, Sequence[str]], Telemetry] = lambda telemetry, _unknown: telemetry
    say: Callable[[State, State | None], State | None] = lambda state, _said: state
    tell: Callable[[Telemetry], Telemetry | None] = lambda telemetry: telemetry
    topics: Callable[[str], Iterable[str]] = lambda topic: (topic,)  # on which a message goes out


KEPT = Rules()
