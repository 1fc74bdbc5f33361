"""Log lines for a UDMI device's events and messages. Names and values from a broker are escaped."""

from collections.abc import Mapping
from typing import assert_never

from harness.payload.timestamps import rfc3339
from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, Mend, Move, Override, Release, Restart
from harness.protocols.udmi.words.messages import Config, State, Telemetry, ValueState
from harness.text import brief, printable
from simulator.standalone.log_lines import enumerated
from simulator.udmi.events import Event, Reconnected

_LOST, _KEPT = "(lost: the link is down) ", "(kept: the link is down) "


def of_event(event: Event) -> str | None:
    """The line for an event; None where there is nothing to say."""
    match event:
        case Config():
            return of_config(event)
        case Override(point) | Release(point) | Break(point) | Mend(point):
            return f"{type(event).__name__.lower():<10} {printable(point)}"
        case ChangeUnits(point, units):
            return f"units      {printable(point)} is in {printable(units)} now"
        case Move(point, value):
            return f"value      {printable(point)} shows {_text(value)} by itself"
        case Restart():
            return "restart"
        case Reconnected():
            return None
        case _:
            assert_never(event)


def of_config(config: Config) -> str:
    """The values that a config sets, its time, and its problems."""
    points = (config.pointset.points if config.pointset else None) or {}
    sets = {name: point.set_value for name, point in points.items() if point.set_value is not None}
    said = f"config     of {_time(config.timestamp)} sets {_pairs(sets) or 'nothing'}"
    if config.pointset and config.pointset.etag is not None:
        said += f"; for etag {_text(config.pointset.etag)}"
    if config.problems:
        said += f"; amiss: {config.problems[0]}" + (f" (+{len(config.problems) - 1})" * (len(config.problems) > 1))
    return said


def of_state(state: State, before: State | None, *, sent: bool) -> str:
    """The value_states that changed, and which config it answers."""
    old = before.points if before else {}
    changes = {
        name: f"{_word(old[name].value_state) if name in old else 'new'} -> {_word(point.value_state)}"
        for name, point in state.points.items()
        if name not in old or old[name].value_state != point.value_state
    }
    news = enumerated([f"{printable(name)} {change}" for name, change in changes.items()]) if before else "the first"
    answers = f"; answers {_time(state.last_config)}" if state.last_config else ""
    return f"state      {'' if sent else _LOST}{news or 'as before'}{answers}"


def of_telemetry(telemetry: Telemetry, *, sent: bool) -> str:
    """The values of a telemetry, in short."""
    return f"telemetry  {'' if sent else _KEPT}{_pairs(telemetry.readings) or 'of nothing'}"


def _pairs(values: Mapping[str, Field[Value]]) -> str:
    return enumerated([f"{printable(name)}={_text(value)}" for name, value in values.items()])


def _text(field: Field[Value]) -> str:
    raw = field.raw if isinstance(field, IllTyped) else field
    return str(raw).lower() if isinstance(raw, bool) else brief(raw)


def _word(field: Field[ValueState]) -> str:
    return "none" if field is None else printable(str(field.raw if isinstance(field, IllTyped) else field))


def _time(field: Field[float]) -> str:
    return rfc3339(field) if isinstance(field, int | float) else "no time"
