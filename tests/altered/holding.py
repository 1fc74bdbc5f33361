"""News of one point that the device holds back, while it says everything else in its time."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias
from zlib import crc32

from harness.payload.timestamps import rfc3339
from harness.record.kinds import Received
from tests.altered.deadlines import Key, Late
from tests.altered.edits import GONE, put
from tests.altered.take import Message, Take, replaced

Part: TypeAlias = Callable[[Message], dict[str, Any]]
_APART = 1.0  # seconds that states keep


def holding(found: Key, part: Part, *fields: str, room: Callable[[Take], Take] = lambda take: take) -> Late:
    """From the state `found` until the moment, this part of every state has these fields as they were; then the truth.

    Without names, all the fields are held back; in an episode that heard no state before, all but the units. `room`
    makes time for it first.
    """

    def late(take: Take, moment: float) -> Take | None:
        take = room(take)
        first = found(take)
        states = take.states()
        before = [take.message(key) for key in states if key < first][-1:]
        held = [key for key in states if key >= first and take.time(key) < moment]
        if not held or not _is_free(take, moment):
            return None
        truth = take.message(held[-1])

        def hold(message: Message) -> None:
            old = part(before[0]) if before else {"units": part(message).get("units", GONE)}
            points = json.dumps(message["pointset"]["points"])
            put(part(message), **{name: old.get(name, GONE) for name in fields or {*old, *part(message)}})
            held_points = json.dumps(message["pointset"]["points"])
            if held_points != points:
                message["pointset"]["state_etag"] = f"held {crc32(held_points.encode()):x}"

        return _said(take.edit(held, hold), truth, moment, held[-1])

    return late


def _is_free(take: Take, moment: float) -> bool:
    """Whether a state may be said then."""
    return all(abs(take.time(key) - moment) >= _APART for key in take.states())


def _said(take: Take, truth: Message, moment: float, last: int) -> Take:
    """One more state, behind all that had come by then."""
    record = take.record(last)
    assert isinstance(record, Received)
    place = [key for key, other in take.entries if other.time <= moment][-1]
    said = replaced(record, {**truth, "timestamp": rfc3339(moment)})
    return take.insert(place, replace(said, time=moment))


def point_of(name: str) -> Part:
    """The part of a message that is about the point."""

    def part(message: Message) -> dict[str, Any]:
        said: dict[str, Any] = message["pointset"]["points"][name]
        return said

    return part
