"""Devices that break a clause on how configs are answered."""

from dataclasses import replace

from harness.provoke import ChangeUnits
from harness.wire.udmi import Config, Mode, State, Value, ValueState
from simulator.points import Point, Slow
from simulator.rules import KEPT, Values
from simulator.variations.altering import with_points, with_system, writes
from simulator.variations.variation import deviation


def _not_while_something_is_invalid(state: State, said: State | None) -> State:
    refused = any(point.value_state is ValueState.INVALID for point in state.points.values())
    if not refused or said is None:
        return state
    return with_system(state, lambda system: replace(system, last_config=said.last_config))


def _once_updating_always(before: Mode, *, updating: bool) -> Mode:
    return Mode.UPDATING if updating or before is Mode.UPDATING else Mode.ACTIVE


def _merged(before: Config, config: Config) -> Config:
    """What a config lacks is taken from the one before, as long as it wants anything at all."""
    if not writes(config) or not before.pointset or not config.pointset:
        return config
    old, new = before.pointset.points or {}, config.pointset.points or {}
    points = {name: old.get(name, point) if point.set_value is None else point for name, point in new.items()}
    return replace(config, pointset=replace(config.pointset, points=points))


def _only_written_points(state: State, _said: State | None) -> State:
    return with_points(state, {name: point for name, point in state.points.items() if point.value_state})


def _system_only_where_nothing_changed(state: State, said: State | None) -> State:
    return replace(state, pointset=None) if said and said.points == state.points else state


def _lands_anyway(point: Point, values: Values) -> Value:
    """What was asked for of a slow point gets there, though nobody wants it any more."""
    return values.asked_for if isinstance(point.behaviour, Slow) and values.asked_for is not None else values.base


CONFIGS = (
    deviation(
        "answers-only-changes",
        replace(KEPT, still_owed=lambda _owed: ()),
        breaks="config.is-answered",
        implies=("config.is-answered-in-5-s", "config.burst-is-coalesced", "config.last-config-is-its-timestamp"),
    ),
    deviation("answers-after-5-1-s", replace(KEPT, acknowledges_after=5.1), breaks="config.is-answered-in-5-s"),
    deviation(
        "own-clock-as-last-config",
        replace(KEPT, last_config=lambda _timestamp, now: now),
        breaks="config.last-config-is-its-timestamp",
    ),
    deviation(
        "last-config-a-millisecond-off",
        replace(KEPT, last_config=lambda timestamp, _now: timestamp + 0.001),
        breaks="config.last-config-is-its-timestamp",
    ),
    deviation(
        "takes-no-config-with-a-bad-write",
        replace(KEPT, say=_not_while_something_is_invalid),
        breaks="config.soft-error-acknowledges",
    ),
    deviation("updating-for-ever", replace(KEPT, mode=_once_updating_always), breaks="config.updating-flag-clears"),
    deviation(
        "keeps-new-units-to-itself",
        replace(KEPT, speaks_up=lambda cause: not isinstance(cause, ChangeUnits)),
        breaks="config.unsolicited-state",
    ),
    deviation(
        "merges-configs",
        replace(KEPT, adopts=_merged),
        breaks="config.replaces-the-one-before",
        implies=("config.new-config-abandons-old",),
    ),
    deviation("lists-only-written-points", replace(KEPT, say=_only_written_points), breaks="config.state-is-whole"),
    deviation(
        "system-block-alone", replace(KEPT, say=_system_only_where_nothing_changed), breaks="config.state-is-whole"
    ),
    deviation("states-in-bursts", replace(KEPT, between_states=0.2), breaks="config.at-most-one-state-a-second"),
    deviation("queues-answers", replace(KEPT, still_owed=lambda owed: owed), breaks="config.burst-is-coalesced"),
    deviation("lands-anyway", replace(KEPT, shown_when_free=_lands_anyway), breaks="config.new-config-abandons-old"),
)
