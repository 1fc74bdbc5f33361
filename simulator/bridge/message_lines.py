"""Log lines of a bridge: what a replica wants, refuses and is told. Names and values from a broker are escaped."""

from collections.abc import Mapping

from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_at
from harness.text import brief, counted, printable
from simulator.bridge.bridge import LARGEST, BridgeEvent, ReplicaSaid, content_of
from simulator.bridge.software import SECTION, wanted_in
from simulator.standalone.log_lines import enumerated

_HEAD = "replica    "


def of_event(event: BridgeEvent) -> str | None:
    """The line for an event; None where there is nothing to say."""
    if not isinstance(event, ReplicaSaid):
        return None
    where, body = "/".join(event.topic.split("/")[-2:]), content_of(event.payload)
    if body is None:
        large = f"more than {counted(LARGEST, 'byte')}" if len(event.payload) > LARGEST else "no JSON object"
        return f"{_HEAD}{printable(where)} is {large}: ignored"
    if where.endswith("/rejected"):
        why = f"{brief(body.get('code'))} {brief(body.get('message'))}"
        return f"{_HEAD}refuses {printable(where.partition('/')[0])}: {why}"
    delta = {"update/delta": object_at(body, "state"), "get/accepted": object_at(body, "state", "delta") or {}}
    if where not in delta:
        return None
    state = delta[where]
    return f"{_HEAD}{printable(where)} has no state: ignored" if state is None else _wanted(state)


def of_message(_topic: str, payload: bytes, *, sent: bool) -> str | None:
    """The line for what it reports."""
    told = object_at(content_of(payload), "state", "reported", SECTION)
    if told is None:
        return None
    pairs = [f"{printable(name)} {'gone' if one is None else brief(one).strip(chr(39))}" for name, one in told.items()]
    return f"{_HEAD}{'' if sent else '(lost: the link is down) '}is told {enumerated(pairs)}"


def _wanted(state: Mapping[str, JSON]) -> str | None:
    wanted = wanted_in(state)
    parts = [f"{printable(name)} {printable(one)}" for name, one in wanted.versions.items()]
    said = [f"wants {enumerated(parts)}"] if parts else []
    amiss = [f"ignored: {wanted.amiss}"] if wanted.amiss else []
    return f"{_HEAD}{'; '.join([*said, *amiss])}" if said or amiss else None
