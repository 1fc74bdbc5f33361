"""Log lines for the events and messages of an update agent. Names and values from a broker are escaped."""

import json
from collections.abc import Iterator, Mapping

from harness.payload.fields import read_raw
from harness.payload.values import JSON
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Reset, Restarted
from harness.text import brief, printable
from simulator.standalone.log_lines import enumerated

_LOST = "(lost: the link is down) "


def of_event(event: AgentEvent) -> str | None:
    """The line for an event; None where there is nothing to say."""
    match event:
        case HeardMessage(topic, payload):
            return f"heard      {_short(topic)}: {_content(payload)}"
        case Restarted():
            return "restart"
        case Reset():
            return "reset      to what it had at first"
        case Connected():
            return None


def of_message(topic: str, payload: bytes, *, sent: bool) -> str:
    """The line for a message of its own."""
    return f"says       {'' if sent else _LOST}{_short(topic)}: {_content(payload)}"


def _short(topic: str) -> str:
    """The levels behind the domain's; all, where there is no such level."""
    before, _, behind = topic.partition("update/")
    return printable(behind or before)


def _content(payload: bytes) -> str:
    problems: list[object] = []
    raw = read_raw(payload, problems)  # type: ignore[arg-type]  # nobody reads them
    if not raw:
        return brief(payload.decode(errors="replace")) if payload else "nothing"
    body = raw.get("payload") if "payload" in raw else raw
    told = [*_told(body)] if isinstance(body, dict) else []
    activity = [f"activity {brief(raw['activityId'])}"] if "activityId" in raw else []
    return "; ".join([*told, *activity]) or "nothing"


def _told(body: Mapping[str, JSON]) -> Iterator[str]:
    """Of any kind of message: the fields that it has."""
    for name in ("status", "command", "baseline", "message"):
        if name in body:
            yield f"{name} {_text(body[name])}"
    for actions in _lists(body, "actions"):
        yield enumerated([f"{_of(one, 'component')} {_text(one.get('status'))}{_progress(one)}" for one in actions])
    for domains in _lists(body, "domains"):
        for domain in domains:
            components = [*_lists(domain, "components")]
            names = [_named(one) for one in components[0]] if components else []
            yield f"{_text(domain.get('id'))} is to have {enumerated(names) or 'nothing'}"
    for nodes in _lists(body, "softwareNodes"):
        yield enumerated([_named(one) for one in nodes])


def _lists(body: Mapping[str, JSON], name: str) -> Iterator[list[dict[str, JSON]]]:
    listed = body.get(name)
    if isinstance(listed, list):
        yield [one for one in listed if isinstance(one, dict)]


def _of(one: Mapping[str, JSON], name: str) -> str:
    inner = one.get(name)
    return _named(inner) if isinstance(inner, dict) else "?"


def _named(one: Mapping[str, JSON]) -> str:
    return f"{_text(one.get('id'))} {_text(one.get('version'))}"


def _progress(one: Mapping[str, JSON]) -> str:
    return f" {_text(one['progress'])} %" if "progress" in one else ""


def _text(value: JSON) -> str:
    """As JSON has it, in short."""
    return brief(value).strip("'") if isinstance(value, str) else brief(json.dumps(value)).strip("'")
