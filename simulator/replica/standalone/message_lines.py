"""Log lines for the events and messages of a device behind a replica. Names and values from a broker are escaped."""

import json
from collections.abc import Mapping

from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_in
from harness.text import brief, printable
from simulator.replica.device.events import Changed, Connected, DeviceEvent, Heard, Restarted
from simulator.replica.device.properties import flattened
from simulator.standalone.log_lines import enumerated

_LOST = "(lost: the link is down) "


def of_event(event: DeviceEvent) -> str | None:
    """The line for an event; None where there is nothing to say."""
    match event:
        case Heard(topic, payload):
            return f"heard      {_short(topic)}: {_content(payload)}"
        case Changed(name, value):
            return f"change     {printable(name)} is {_text(value)} by itself"
        case Restarted():
            return "restart"
        case Connected():
            return None


def of_request(topic: str, payload: bytes, *, sent: bool) -> str:
    """The line for what it says."""
    return f"says       {'' if sent else _LOST}{_short(topic)}: {_content(payload)}"


def _short(topic: str) -> str:
    """The levels behind the device's id."""
    return printable("/".join(part for part in topic.split("/")[2:] if part != "shadow"))


def _content(payload: bytes) -> str:
    body = object_in(payload)
    if body is None:
        return brief(payload.decode(errors="replace"))
    state = body.get("state")
    told = enumerated(_pairs(state)) if isinstance(state, dict) else ""
    tail = [f"{name} {brief(body[name])}" for name in ("version", "code", "message") if name in body]
    return "; ".join(part for part in (told, *tail) if part) or "nothing"


def _pairs(state: Mapping[str, JSON]) -> list[str]:
    return [f"{printable(name)}={_text(value)}" for name, value in flattened(state, ())]


def _text(value: JSON) -> str:
    """As JSON has it, in short."""
    return brief(value) if isinstance(value, str) else brief(json.dumps(value)).strip("'")
