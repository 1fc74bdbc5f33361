"""Devices that break a clause on how configs are answered."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.device_events import Break, ChangeUnits
from harness.protocols.udmi.words.messages import Config, Mode, PointConfig, State, ValueState
from simulator.udmi.declared.points import SimulatedPoint, Slow
from simulator.udmi.rules import ConfigRules, EventRules, PointRules, StateRules, Values, WriteRules
from simulator.udmi.variations.narrowing import settling_after, with_points, with_system, writes
from simulator.udmi.variations.variation import deviation


def _not_while_something_is_invalid(state: State, said: State | None) -> State:
    refused = any(point.value_state is ValueState.INVALID for point in state.points.values())
    if not refused or said is None:
        return state
    return with_system(state, lambda system: replace(system, last_config=said.last_config))


def _once_updating_always(before: Mode, at_rest: Mode, *, updating: bool) -> Mode:
    return Mode.UPDATING if updating or before is Mode.UPDATING else at_rest


def _merged(before: Config, config: Config) -> Config:
    """A field that a config lacks is taken from the one before, as long as the config wants anything at all."""
    if not writes(config) or not before.pointset or not config.pointset:
        return config
    old, new = before.pointset.points or {}, config.pointset.points or {}
    points = {name: old.get(name, point) if point.set_value is None else point for name, point in new.items()}
    return replace(config, pointset=replace(config.pointset, points=points))


def _only_written_points(state: State, _said: State | None) -> State:
    return with_points(state, {name: point for name, point in state.points.items() if point.value_state})


def _system_only_where_nothing_changed(state: State, said: State | None) -> State:
    return replace(state, pointset=None) if said and said.points == state.points else state


def _drops_what_is_repeated(before: Config, config: Config) -> Config:
    """A config that takes back one write ends them all."""
    old, new = writes(before), writes(config)
    if not config.pointset or old.keys() <= new.keys():
        return config
    points = {
        name: PointConfig() if old.get(name) == point.set_value else point
        for name, point in (config.pointset.points or {}).items()
    }
    return replace(config, pointset=replace(config.pointset, points=points))


def _only_what_changed(state: State, said: State | None) -> State:
    """A state that no config asked for lists the points that are no longer as they were."""
    if said is None or said.last_config != state.last_config:
        return state
    return with_points(state, {n: point for n, point in state.points.items() if said.point(n) != point})


def _names_it_once(instead: Callable[[State], Field[float]]) -> StateRules:
    """A state that follows the one which named the config has something else in that place."""

    def said_once(state: State, said: State | None) -> State:
        if said is None or said.last_config != state.last_config:
            return state
        return with_system(state, lambda system: replace(system, last_config=instead(state)))

    return StateRules(say=said_once)


def _keeps_applied_to_itself(state: State, said: State | None) -> State | None:
    """That the only write has been applied is told no sooner than the next repetition."""
    states = [point.value_state for point in state.points.values() if point.value_state]
    is_new = (
        states == [ValueState.APPLIED] and said is not None and not any(p.value_state for p in said.points.values())
    )
    is_due = said is not None and _seconds_between(said, state) >= _REPEATS_AFTER
    return None if is_new and not is_due else state


def _seconds_between(said: State, state: State) -> float:
    both = said.timestamp, state.timestamp
    return both[1] - both[0] if isinstance(both[0], int | float) and isinstance(both[1], int | float) else 0.0


def _lands_anyway(point: SimulatedPoint, values: Values) -> Value:
    """A value that was asked of a slow point gets there, though no config wants it any more."""
    return values.asked_for if isinstance(point.behaviour, Slow) and values.asked_for is not None else values.base


_REPEATS_AFTER = 5.1  # seconds

CONFIGS = (
    deviation(
        "answers-only-changes",
        ConfigRules(still_owed=lambda _owed: ()),
        breaks="config.is-answered",
        implies=("config.is-answered-in-5-s", "config.burst-is-coalesced", "config.last-config-is-its-timestamp"),
    ),
    deviation("answers-after-5-1-s", ConfigRules(acknowledges_after=5.1), breaks="config.is-answered-in-5-s"),
    deviation(
        "own-clock-as-last-config",
        ConfigRules(last_config=lambda _timestamp, now: now),
        breaks="config.last-config-is-its-timestamp",
    ),
    deviation(
        "last-config-a-millisecond-off",
        ConfigRules(last_config=lambda timestamp, _now: timestamp + 0.001),
        breaks="config.last-config-is-its-timestamp",
    ),
    deviation(
        "takes-no-config-with-a-bad-write",
        StateRules(say=_not_while_something_is_invalid),
        breaks="config.soft-error-acknowledges",
    ),
    deviation(
        "updating-for-ever",
        StateRules(mode=_once_updating_always),
        breaks="config.updating-flag-clears",
        implies=("mode.active-by-config",),
    ),
    deviation(
        "never-flags-that-it-updates",
        StateRules(mode=lambda _before, _at_rest, *, updating: Mode.ACTIVE),  # noqa: ARG005 - it does not care
        breaks="config.updating-is-flagged",
    ),
    deviation(
        "keeps-new-units-to-itself",
        EventRules(speaks_up=lambda cause: not isinstance(cause, ChangeUnits)),
        breaks="config.unsolicited-state",
    ),
    deviation(
        "merges-configs",
        ConfigRules(adopts=_merged),
        breaks="config.replaces-the-one-before",
        implies=("config.new-config-abandons-old",),
    ),
    deviation(
        "lists-only-written-points",
        StateRules(say=_only_written_points),
        breaks="config.state-is-whole",
        implies=(
            "pointset.configured-points-are-reported",
            "pointset.dropped-point-comes-back",
            "pointset.unknown-point-has-an-error",
        ),
    ),
    deviation("system-block-alone", StateRules(say=_system_only_where_nothing_changed), breaks="config.state-is-whole"),
    deviation(
        "answers-a-write-after-5-1-s",
        StateRules(say=_keeps_applied_to_itself, repeats_after=_REPEATS_AFTER),
        breaks="config.is-answered-in-5-s",
        implies=("writeback.updating-in-time",),
    ),
    deviation(
        "names-a-config-once",
        _names_it_once(lambda _state: None),
        breaks="config.last-config-is-its-timestamp",
        implies=("config.unsolicited-state-names-the-same", "erroneous.last-config-stays"),
    ),
    deviation(
        "own-clock-in-later-states",
        _names_it_once(lambda state: state.timestamp),
        breaks="config.last-config-is-its-timestamp",
        implies=("config.unsolicited-state-names-the-same", "erroneous.last-config-stays"),
    ),
    deviation(
        "lists-only-changes",
        StateRules(say=_only_what_changed),
        breaks="config.state-is-whole",
        implies=("etag.changes-with-state", "expiry.replaces-earlier"),
    ),
    deviation(
        "needs-a-write-to-let-go",
        ConfigRules(adopts=lambda before, config: config if writes(config) else before),
        breaks="writeback.release-clears-value-state",
        implies=(  # whatever else a config that writes nothing wants is not heeded either
            "connection.takes-up-what-changed",
            "pointset.other-points-are-dropped",
            "pointset.units-follow-config",
            "pointset.unknown-point-has-an-error",
            "telemetry.change-is-told",
            "telemetry.complete-every-rate",
            "telemetry.keeps-its-limit",
            "telemetry.rate-comes-with-its-config",
        ),
    ),
    deviation(
        "drops-what-is-repeated",
        ConfigRules(adopts=_drops_what_is_repeated),
        breaks="config.replaces-the-one-before",
        implies=("etag.fresh-after-rejected",),
    ),
    deviation(
        "says-changes-at-once",
        WriteRules(plan=settling_after(0.2)),
        StateRules(between_states=0.2),
        breaks="config.at-most-one-state-a-second",
    ),
    deviation(
        "notices-what-happens-after-21-s",
        EventRules(notices_after=lambda event: 0.0 if isinstance(event, Break) else 21.0),
        breaks="config.unsolicited-state",
        implies=("writeback.never-gives-up", "writeback.held-point-is-overridden"),
    ),
    deviation(
        "finishes-the-old-value-meanwhile",
        PointRules(shown_when_refused=lambda values: values.base if values.pending is None else values.pending),
        breaks="config.new-config-abandons-old",
        about="writeback.updating-in-time",  # else nobody waits for the old value to be on its way
    ),
    deviation("states-in-bursts", StateRules(between_states=0.2), breaks="config.at-most-one-state-a-second"),
    deviation("queues-answers", ConfigRules(still_owed=lambda owed: owed), breaks="config.burst-is-coalesced"),
    deviation("lands-anyway", PointRules(shown_when_free=_lands_anyway), breaks="config.new-config-abandons-old"),
)
