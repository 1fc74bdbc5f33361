"""The metadata of a section: a tree of its own shape, in which every value has the time of its last update.

A value has `{"timestamp": seconds}`, an array one for each of its items. A field may be called `timestamp` too: its
stamp is an object then, and never an integer.
"""

from collections.abc import Callable
from typing import cast

from harness.payload.values import JSON
from simulator.replica.merge import Object


def stamped(old: JSON, patch: JSON, time: int) -> JSON:
    """The metadata of a value after a patch at `time` (Unix seconds); what the patch does not name keeps its own.

    All new values share one stamp, as it is never changed in place: it would be the most of a document in memory.
    """
    return _stamped(old, patch, {"timestamp": time})


def with_shared_stamps() -> Callable[[Object], Object]:
    """For `object_hook` of `json.loads`: equal stamps of one document are one object."""
    known: dict[int, Object] = {}

    def shared(content: Object) -> Object:
        if len(content) == 1 and _is_stamp(content):
            return known.setdefault(cast("int", content["timestamp"]), content)
        return content

    return shared


def _stamped(old: JSON, patch: JSON, stamp: Object) -> JSON:
    if isinstance(patch, list):
        return [_stamped(None, item, stamp) for item in patch]
    if not isinstance(patch, dict):
        return stamp
    content = dict(old) if isinstance(old, dict) and not _is_stamp(old) else {}
    for name, value in patch.items():
        if value is None:
            content.pop(name, None)
        else:
            content[name] = _stamped(content.get(name), value, stamp)
    return content


def part_of(stamps: JSON, shape: JSON) -> JSON:
    """The stamps of those fields that `shape` has; what is no object in it is taken whole."""
    if isinstance(stamps, dict) and isinstance(shape, dict) and not _is_stamp(stamps):
        return {name: part_of(stamps[name], value) for name, value in shape.items() if name in stamps}
    return stamps


def _is_stamp(stamps: Object) -> bool:
    return type(stamps.get("timestamp")) is int
