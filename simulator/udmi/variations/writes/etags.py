"""Devices that break a clause on the etag."""

from dataclasses import replace

from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.words.messages import Config, PointState, State, ValueState
from simulator.udmi import etag
from simulator.udmi.declared.points import SimulatedPoint, Writable
from simulator.udmi.rules import ConfigRules, PointRules, Standing, StateRules, WriteRules
from simulator.udmi.rules.configs import is_stale
from simulator.udmi.variations.narrowing import with_points, writes
from simulator.udmi.variations.variation import deviation, quirk
from simulator.udmi.write_progress import STALE, Cause, ProgressStep, StateReason

INVALID = ValueState.INVALID


def _without_etag(state: State, _said: State | None) -> State:
    return replace(state, pointset=replace(state.pointset, etag=None)) if state.pointset else state


def _without_etag_in_trouble(state: State, said: State | None) -> State:
    trouble = any(point.status for point in state.points.values())
    return _without_etag(state, said) if trouble else state


def _as_number(state: State, _said: State | None) -> State:
    number = int(state.etag, 16) % 10**9 if isinstance(state.etag, str) else 0
    return replace(state, pointset=replace(state.pointset, etag=IllTyped(number))) if state.pointset else state


def _knows_no_strings(config: Config, standing: Standing) -> bool:
    etag = config.pointset.etag if config.pointset else None
    return isinstance(etag, IllTyped) and etag.raw != int(standing.etag, 16) % 10**9


def _without_units(name: str, _units: str | None, value: Value | None, state: Field[ValueState]) -> int:
    return etag.fingerprint(name, None, value, state)


def _without_values(name: str, units: str | None, _value: Value | None, state: Field[ValueState]) -> int:
    return etag.fingerprint(name, units, None, state)


def _without_states(name: str, units: str | None, value: Value | None, _state: Field[ValueState]) -> int:
    return etag.fingerprint(name, units, value, None)


def _refuses_a_second_value(config: Config, standing: Standing) -> bool:
    before = writes(standing.before)
    changes = any(before.get(name, value) != value for name, value in writes(config).items())
    return changes or is_stale(config, standing)


def _spares_whole_numbers(point: SimulatedPoint, reason: StateReason) -> StateReason | None:
    return None if reason.cause is Cause.STALE_ETAG and isinstance(point.base, int) else reason


def _shows_stale(point: SimulatedPoint, step: ProgressStep) -> bool:
    stale = isinstance(point.behaviour, Writable) and step.why is not None and step.why.cause is Cause.STALE_ETAG
    return step.state is ValueState.APPLIED or stale


def _blames_all(state: State, _said: State | None) -> State:
    stale = [p for p in state.points.values() if _message(p).endswith(STALE.words)]
    if not stale:
        return state
    points = {n: p if p.value_state else replace(stale[0], units=p.units) for n, p in state.points.items()}
    return with_points(state, points)


def _message(point: PointState) -> str:
    """The message of the point's status; empty where there is none."""
    message = getattr(point.status, "message", None)
    return message if isinstance(message, str) else ""


def _only_while_written(config: Config, standing: Standing) -> bool:
    return bool(writes(standing.before)) and is_stale(config, standing)


def _bears_a_grudge(config: Config, standing: Standing) -> bool:
    return standing.was_refused or is_stale(config, standing)


_AN_ETAG_A_MESSAGE = StateRules(etag=lambda fingerprints, said: etag.etag(fingerprints + said, said))

ETAGS = (
    deviation("no-etag", StateRules(say=_without_etag), breaks="etag.is-reported"),
    deviation("no-etag-in-trouble", StateRules(say=_without_etag_in_trouble), breaks="etag.is-reported"),
    deviation("long-etag", StateRules(etag=lambda f, _n: f"{f % 2**64:033x}"), breaks="etag.is-a-short-string"),
    deviation(
        "number-as-etag",
        StateRules(say=_as_number),
        ConfigRules(is_stale=_knows_no_strings),
        breaks="etag.is-a-short-string",
        implies=("etag.stale-is-invalid", "etag.stale-writes-nothing"),
    ),
    deviation(
        "one-etag-for-all",
        StateRules(etag=lambda _fingerprints, _n: "etag"),
        breaks="etag.changes-with-state",
        implies=("etag.changes-after-accepted-config",),
    ),
    deviation("etag-without-units", StateRules(fingerprint=_without_units), breaks="etag.changes-with-state"),
    deviation("etag-without-value-states", StateRules(fingerprint=_without_states), breaks="etag.changes-with-state"),
    deviation("etag-per-message", _AN_ETAG_A_MESSAGE, breaks="etag.stays-with-state"),
    quirk("etag-of-every-message", _AN_ETAG_A_MESSAGE, unless="etag.stays-with-state"),
    deviation(
        "refuses-a-second-value",
        ConfigRules(is_stale=_refuses_a_second_value),
        breaks="etag.fresh-is-accepted",
        implies=("writeback.new-value-supersedes", "writeback.value-in-current-units"),
    ),
    deviation(
        "ignores-etag",
        ConfigRules(is_stale=lambda _config, _standing: False),
        breaks="etag.stale-is-invalid",
        implies=("etag.stale-writes-nothing", "etag.local-change-outdates"),
    ),
    deviation(
        "refuses-one-of-two",
        WriteRules(refuses=_spares_whole_numbers),
        breaks="etag.stale-is-invalid",
        implies=("etag.stale-writes-nothing",),
    ),
    deviation(
        "writes-stale",
        PointRules(is_in_force=_shows_stale),
        breaks="etag.stale-writes-nothing",
        implies=("etag.local-change-outdates", "writeback.refused-value-is-not-shown"),
    ),
    deviation(
        "blames-all-points",
        StateRules(say=_blames_all),
        breaks="etag.unwritten-points-untouched",
        implies=("status.message-names-its-point",),
    ),
    deviation(
        "etag-without-values", StateRules(fingerprint=_without_values), breaks="etag.changes-after-accepted-config"
    ),
    deviation(
        "checks-etag-only-while-written",
        ConfigRules(is_stale=_only_while_written),
        breaks="etag.local-change-outdates",
    ),
    deviation(
        "bears-a-grudge",
        ConfigRules(is_stale=_bears_a_grudge),
        breaks="etag.fresh-after-rejected",
        implies=("writeback.value-in-current-units",),
    ),
)
