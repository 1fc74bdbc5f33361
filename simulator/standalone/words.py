"""What happens to a device, in one line. Whatever came over the wire is escaped and cut: it may be hostile."""

from collections.abc import Mapping
from typing import assert_never

from harness.provoke import Break, ChangeUnits, Mend, Move, Override, Release, Restart
from harness.wire.endpoint import Endpoint
from harness.wire.instant import rfc3339
from harness.wire.reader import brief, printable
from harness.wire.udmi import Config, Field, Odd, State, Telemetry, Value, ValueState
from simulator.events import Event, Reconnected

_LONGEST = 240  # characters
_LOST, _KEPT = "(lost: the link is down) ", "(kept: the link is down) "
_MOST = 6  # points that are named; the rest is counted


def line(now: float, device: str, what: str) -> str:
    """One line of the log, whatever stands in it."""
    stamp = rfc3339(int(now) + int(now % 1 * 1000) / 1000)
    stamp = stamp if "." in stamp else stamp.replace("Z", ".000Z")
    return _cut(f"{stamp}  {printable(device):<10}  {what}")


def of_event(event: Event) -> str | None:
    """What came or was done; None where there is nothing to say."""
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
    """What a config sets, of which time it is, and what is amiss with it."""
    points = (config.pointset.points if config.pointset else None) or {}
    sets = {name: point.set_value for name, point in points.items() if point.set_value is not None}
    said = f"config     of {_instant(config.timestamp)} sets {_pairs(sets) or 'nothing'}"
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
    news = _listed([f"{printable(name)} {change}" for name, change in changes.items()]) if before else "the first"
    answers = f"; answers {_instant(state.last_config)}" if state.last_config else ""
    return f"state      {'' if sent else _LOST}{news or 'as before'}{answers}"


def of_telemetry(telemetry: Telemetry, *, sent: bool) -> str:
    """What is shown, in short."""
    return f"telemetry  {'' if sent else _KEPT}{_pairs(telemetry.readings) or 'of nothing'}"


def of_link(broker: Endpoint, problem: str | None) -> str:
    """That it came, to that broker, or went, and why."""
    return f"link up    {printable(str(broker))}" if problem is None else f"link down  {printable(problem)}"


def _pairs(values: Mapping[str, Field[Value]]) -> str:
    return _listed([f"{printable(name)}={_text(value)}" for name, value in values.items()])


def _listed(items: list[str]) -> str:
    more = f", and {len(items) - _MOST} more" if len(items) > _MOST else ""
    return ", ".join(items[:_MOST]) + more


def _text(field: Field[Value]) -> str:
    raw = field.raw if isinstance(field, Odd) else field
    return str(raw).lower() if isinstance(raw, bool) else brief(raw)


def _word(field: Field[ValueState]) -> str:
    return "none" if field is None else printable(str(field.raw if isinstance(field, Odd) else field))


def _instant(field: Field[float]) -> str:
    return rfc3339(field) if isinstance(field, int | float) else "no time"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
