"""Devices that break what every message keeps."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.timestamps import rfc3339
from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.words.messages import State, Status, Telemetry
from simulator.link.link_rules import LinkRules
from simulator.udmi.rules import StateRules, TelemetryRules
from simulator.udmi.variations.narrowing import with_points, with_system
from simulator.udmi.variations.variation import Variation, deviation, other_side, quirk


def _saying(alter: Callable[[State], State]) -> StateRules:
    """Every state is said in another way."""
    return StateRules(say=lambda state, _said: alter(state))


def _telling(alter: Callable[[Telemetry], Telemetry]) -> TelemetryRules:
    """Every telemetry is told in another way."""
    return TelemetryRules(tell=alter)


def _stamped(shift: Callable[[State], float]) -> StateRules:
    """States say that they were made so many seconds later than they were."""

    def stamped(state: State) -> State:
        made = state.timestamp
        return replace(state, timestamp=made + shift(state)) if isinstance(made, int | float) else state

    return _saying(stamped)


def _ten_minutes_behind(state: State) -> State:
    """All its timestamps are ten minutes behind, those of statuses too; its timers are right."""
    points = {name: replace(point, status=_earlier(point.status)) for name, point in state.points.items()}
    made = state.timestamp
    behind = replace(state, timestamp=made - _BEHIND) if isinstance(made, int | float) else state
    return with_system(with_points(behind, points), lambda system: replace(system, status=_earlier(system.status)))


def _earlier(status: Field[Status]) -> Field[Status]:
    if not isinstance(status, Status) or not isinstance(status.timestamp, int | float):
        return status
    return replace(status, timestamp=status.timestamp - _BEHIND)


def _in_an_offset(state: State) -> State:
    made = state.timestamp
    return replace(state, timestamp=IllTyped(_local(made))) if isinstance(made, int | float) else state


def _local(timestamp: float) -> str:
    """The same instant, as a clock on the wall an hour east of Greenwich has it."""
    return rfc3339(timestamp + 3600).replace("Z", "+01:00")


def _without_offset(telemetry: Telemetry) -> Telemetry:
    made = telemetry.timestamp
    stamp: Field[float] = IllTyped(rfc3339(made).removesuffix("Z")) if isinstance(made, int | float) else made
    return replace(telemetry, timestamp=stamp)


def _null_for_off(telemetry: Telemetry) -> Telemetry:
    readings = {n: IllTyped(None) if value is False else value for n, value in telemetry.readings.items()}
    return replace(telemetry, readings=readings)


def _filter_status(status: Field[Status]) -> StateRules:
    """Points that nobody writes carry this."""

    def dirty(state: State) -> State:
        points = {n: p if p.value_state or p.status else replace(p, status=status) for n, p in state.points.items()}
        return with_points(state, points)

    return _saying(dirty)


def _with_units_in_numbers(state: State) -> State:
    points = {n: replace(p, units=IllTyped(98)) if p.units == "Pascals" else p for n, p in state.points.items()}
    return with_points(state, points)


def _also_on(topic: str, another: str) -> LinkRules:
    """Messages on one topic go out on another as well; both are given by the ends of their names."""

    def both(wanted: str) -> list[str]:
        return [wanted, wanted.removesuffix(topic) + another] if wanted.endswith(topic) else [wanted]

    return LinkRules(topics=both)


def _with_a_gateway(state: State) -> State:
    """Blocks that concern no point."""
    return replace(state, others={"gateway": {}, "blobset": {"blobs": {}}})


def _whole_seconds(state: State) -> State:
    made = state.timestamp
    return replace(state, timestamp=float(int(made))) if isinstance(made, int | float) else state


def _in_trouble(state: State) -> bool:
    return any(point.status for point in state.points.values())


_BEHIND = 600.0  # seconds
_THEN = "2026-01-01T00:00:00Z"

INVARIANTS: tuple[Variation, ...] = (
    deviation(
        "units-in-numbers",
        _saying(_with_units_in_numbers),
        breaks="message.state-is-valid",
        about="message.state-has-no-unknown-fields",  # of the older specs, not every one says what units are
    ),
    deviation(
        "version-as-a-number",
        _saying(lambda state: replace(state, version=IllTyped(1.5))),
        breaks="message.state-is-valid",
    ),
    deviation(
        "adds-a-block-of-its-own",
        _saying(lambda state: replace(state, others={"vendor": {"uptime_sec": 5}})),
        breaks="message.state-has-no-unknown-fields",
    ),
    other_side(
        "flag-of-the-documents-at-rest",
        _saying(lambda state: with_system(state, lambda system: replace(system, updating=False))),
        shows="message.state-has-fields-of-the-documents",
    ),
    deviation("null-for-off", _telling(_null_for_off), breaks="message.telemetry-is-valid"),
    deviation(
        "telemetry-without-version",
        _telling(lambda telemetry: replace(telemetry, version=None)),
        breaks="message.telemetry-is-valid",
    ),
    deviation(
        "telemetry-without-timestamp",
        _telling(lambda telemetry: replace(telemetry, timestamp=None)),
        breaks="message.timestamp-is-utc",
    ),
    deviation("telemetry-without-offset", _telling(_without_offset), breaks="message.timestamp-is-utc"),
    deviation("states-in-an-offset", _saying(_in_an_offset), breaks="message.timestamp-is-utc"),
    deviation("two-hours-ahead", _stamped(lambda _state: 7200.0), breaks="config.state-carries-its-time"),
    deviation(
        "steps-back-in-trouble",
        _stamped(lambda state: -30.0 if _in_trouble(state) else 0.0),
        breaks="config.state-carries-its-time",
        implies=("status.timestamp-is-of-its-condition",),
    ),
    deviation("telemetry-without-folder-too", _also_on("/events/pointset", "/events"), breaks="message.topic-is-known"),
    deviation("state-in-a-folder-too", _also_on("/state", "/state/pointset"), breaks="message.topic-is-known"),
    deviation(
        "status-with-a-code",
        _filter_status(
            IllTyped({"message": "Dirty", "category": "device.filter", "timestamp": _THEN, "level": 300, "code": 7})
        ),
        breaks="status.is-complete",
    ),
    deviation(
        "status-of-one-word",
        _filter_status(IllTyped("dirty")),
        breaks="status.is-complete",
    ),
    deviation(
        "category-of-nobody",
        _filter_status(Status("The filter should be changed", "filter.is_dirty", 300, 0.0)),
        breaks="status.category-is-known",
    ),
    quirk("ten-minutes-behind", _saying(_ten_minutes_behind)),
    quirk("stamps-whole-seconds", _saying(_whole_seconds)),
    quirk(
        "category-that-is-part-of-one",
        _filter_status(Status("The filter should be changed", "pointset.point", 300, 0.0)),
    ),
    quirk("tells-of-its-gateway", _saying(_with_a_gateway)),
)
