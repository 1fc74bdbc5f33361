"""Devices that break a clause on the etag."""

from dataclasses import replace

from harness.wire.udmi import Config, Field, Odd, PointState, State, Value, ValueState
from simulator import etag, rules
from simulator.attempt import Step
from simulator.points import Point, Writable
from simulator.rules import KEPT, Standing
from simulator.variations.altering import with_points, writes
from simulator.variations.variation import deviation, quirk

INVALID = ValueState.INVALID
_STALE = "etag is not current"


def _without_etag(state: State, _said: State | None) -> State:
    return replace(state, pointset=replace(state.pointset, etag=None)) if state.pointset else state


def _without_etag_in_trouble(state: State, said: State | None) -> State:
    trouble = any(point.status for point in state.points.values())
    return _without_etag(state, said) if trouble else state


def _as_number(state: State, _said: State | None) -> State:
    number = int(state.etag, 16) % 10**9 if isinstance(state.etag, str) else 0
    return replace(state, pointset=replace(state.pointset, etag=Odd(number))) if state.pointset else state


def _knows_no_strings(config: Config, standing: Standing) -> bool:
    etag = config.pointset.etag if config.pointset else None
    return isinstance(etag, Odd) and etag.raw != int(standing.etag, 16) % 10**9


def _without_units(name: str, _units: str | None, value: Value | None, state: Field[ValueState]) -> int:
    return etag.fingerprint(name, None, value, state)


def _without_values(name: str, units: str | None, _value: Value | None, state: Field[ValueState]) -> int:
    return etag.fingerprint(name, units, None, state)


def _without_states(name: str, units: str | None, value: Value | None, _state: Field[ValueState]) -> int:
    return etag.fingerprint(name, units, value, None)


def _refuses_a_second_value(config: Config, standing: Standing) -> bool:
    before = writes(standing.before)
    changes = any(before.get(name, value) != value for name, value in writes(config).items())
    return changes or rules.is_stale(config, standing)


def _spares_whole_numbers(point: Point, reason: str) -> str | None:
    return None if _STALE in reason and isinstance(point.base, int) else reason


def _shows_stale(point: Point, step: Step) -> bool:
    stale = isinstance(point.behaviour, Writable) and _STALE in step.why
    return step.state is ValueState.APPLIED or stale


def _blames_all(state: State, _said: State | None) -> State:
    stale = [p for p in state.points.values() if _message(p).endswith(_STALE)]
    if not stale:
        return state
    points = {n: p if p.value_state else replace(stale[0], units=p.units) for n, p in state.points.items()}
    return with_points(state, points)


def _message(point: PointState) -> str:
    """The message of the point's status; empty where there is none."""
    message = getattr(point.status, "message", None)
    return message if isinstance(message, str) else ""


def _only_while_written(config: Config, standing: Standing) -> bool:
    return bool(writes(standing.before)) and rules.is_stale(config, standing)


def _bears_a_grudge(config: Config, standing: Standing) -> bool:
    return standing.was_refused or rules.is_stale(config, standing)


_AN_ETAG_A_MESSAGE = replace(KEPT, etag=lambda fingerprints, said: etag.etag(fingerprints + said, said))

ETAGS = (
    deviation("no-etag", replace(KEPT, say=_without_etag), breaks="etag.is-reported"),
    deviation("no-etag-in-trouble", replace(KEPT, say=_without_etag_in_trouble), breaks="etag.is-reported"),
    deviation("long-etag", replace(KEPT, etag=lambda f, _n: f"{f % 2**64:033x}"), breaks="etag.is-a-short-string"),
    deviation(
        "number-as-etag",
        replace(KEPT, say=_as_number, is_stale=_knows_no_strings),
        breaks="etag.is-a-short-string",
        implies=("etag.stale-is-invalid",),
    ),
    deviation(
        "one-etag-for-all",
        replace(KEPT, etag=lambda _fingerprints, _n: "etag"),
        breaks="etag.changes-with-state",
        implies=("etag.changes-after-accepted-config",),
    ),
    deviation("etag-without-units", replace(KEPT, fingerprint=_without_units), breaks="etag.changes-with-state"),
    deviation(
        "etag-without-value-states", replace(KEPT, fingerprint=_without_states), breaks="etag.changes-with-state"
    ),
    deviation("etag-per-message", _AN_ETAG_A_MESSAGE, breaks="etag.stays-with-state"),
    quirk("etag-of-every-message", _AN_ETAG_A_MESSAGE, unless="etag.stays-with-state"),
    deviation(
        "refuses-a-second-value",
        replace(KEPT, is_stale=_refuses_a_second_value),
        breaks="etag.fresh-is-accepted",
        implies=("writeback.new-value-supersedes", "writeback.value-in-current-units"),
    ),
    deviation(
        "ignores-etag",
        replace(KEPT, is_stale=lambda _config, _standing: False),
        breaks="etag.stale-is-invalid",
        implies=("etag.local-change-outdates",),
    ),
    deviation("refuses-one-of-two", replace(KEPT, refuses=_spares_whole_numbers), breaks="etag.stale-is-invalid"),
    deviation(
        "writes-stale",
        replace(KEPT, is_in_force=_shows_stale),
        breaks="etag.stale-writes-nothing",
        implies=("etag.local-change-outdates", "writeback.refused-value-is-not-shown"),
    ),
    deviation(
        "blames-all-points",
        replace(KEPT, say=_blames_all),
        breaks="etag.unwritten-points-untouched",
        implies=("status.message-names-its-point",),
    ),
    deviation(
        "etag-without-values", replace(KEPT, fingerprint=_without_values), breaks="etag.changes-after-accepted-config"
    ),
    deviation(
        "checks-etag-only-while-written",
        replace(KEPT, is_stale=_only_while_written),
        breaks="etag.local-change-outdates",
    ),
    deviation(
        "bears-a-grudge",
        replace(KEPT, is_stale=_bears_a_grudge),
        breaks="etag.fresh-after-rejected",
        implies=("writeback.value-in-current-units",),
    ),
)
