"""The difference between what is desired and what is reported, as messages and in the document."""

from dataclasses import dataclass, field

from harness.protocols.replica.suite import Component, Object, ReplicaId, scenario
from suites.replica.service.limits import Limits


@dataclass(frozen=True)
class Vector:
    """Two sections, and the delta of them; empty: there is none."""

    name: str
    desired: Object
    reported: Object
    delta: Object = field(default_factory=dict)


DIFFERENCES = (
    Vector("one field", {"lamp": "on"}, {"lamp": "off"}, {"lamp": "on"}),
    Vector("one of two", {"lamp": "on", "fan": 1}, {"lamp": "off", "fan": 1}, {"lamp": "on"}),
    Vector("both of two", {"lamp": "on", "fan": 1}, {"lamp": "off", "fan": 2}, {"lamp": "on", "fan": 1}),
    Vector("nothing reported of it", {"lamp": "on"}, {"fan": 1}, {"lamp": "on"}),
    Vector("inside", {"room": {"lamp": "on", "fan": 1}}, {"room": {"lamp": "off", "fan": 1}}, {"room": {"lamp": "on"}}),
    Vector("deep inside", {"a": {"b": {"c": {"d": 1}}}}, {"a": {"b": {"c": {"d": 2}}}}, {"a": {"b": {"c": {"d": 1}}}}),
    Vector("a missing object", {"room": {"lamp": "on"}}, {"door": "shut"}, {"room": {"lamp": "on"}}),
    Vector("an object against a value", {"room": {"lamp": "on"}}, {"room": "dark"}, {"room": {"lamp": "on"}}),
    Vector("a value against an object", {"room": "dark"}, {"room": {"lamp": "on"}}, {"room": "dark"}),
    Vector("true against 1", {"lamp": True}, {"lamp": 1}, {"lamp": True}),
    Vector("a number against its digits", {"level": 1}, {"level": "1"}, {"level": 1}),
    Vector("false against nothing", {"lamp": False}, {"fan": 1}, {"lamp": False}),
    Vector("all the same", {"lamp": "on", "room": {"fan": 1}}, {"lamp": "on", "room": {"fan": 1}}),
)
ONLY_REPORTED = (
    Vector("beside", {"lamp": "on"}, {"lamp": "off", "uptime": 7}, {"lamp": "on"}),
    Vector("beside what is the same", {"lamp": "on"}, {"lamp": "on", "uptime": 7}),
    Vector("inside", {"room": {"lamp": "on"}}, {"room": {"lamp": "off", "fan": 1}}, {"room": {"lamp": "on"}}),
)
ARRAYS = (
    Vector("another item", {"list": [1, 2, 3]}, {"list": [1, 5, 3]}, {"list": [1, 2, 3]}),
    Vector("shorter", {"list": [1]}, {"list": [1, 2]}, {"list": [1]}),
    Vector("empty", {"list": []}, {"list": [1]}, {"list": []}),
    Vector("another order", {"list": [1, 2]}, {"list": [2, 1]}, {"list": [1, 2]}),
    Vector("objects in it", {"list": [{"a": 1, "b": 2}]}, {"list": [{"a": 1, "b": 3}]}, {"list": [{"a": 1, "b": 2}]}),
    Vector("the same", {"list": [1, [2], {"a": 3}]}, {"list": [1, [2], {"a": 3}]}),
)
VECTORS = {
    f"{kind}: {vector.name}": vector
    for kind, vectors in (("difference", DIFFERENCES), ("only reported", ONLY_REPORTED), ("array", ARRAYS))
    for vector in vectors
}


@scenario()
async def differences(app: Component, replica: ReplicaId, limits: Limits) -> None:
    """For each vector a device of its own, both of whose sections come in one update."""
    for number, (label, vector) in enumerate(VECTORS.items()):
        of = ReplicaId(f"{replica.device}-{number}")
        await app.hears(of=of)
        await app.update({"desired": vector.desired, "reported": vector.reported}, label, of=of)
        if vector.delta:
            await app.until_delta(limits.waits, of=of)
        await app.get(f"{label}, read back", of=of)
    await app.listen(limits.quiet)


@scenario()
async def replaced_arrays(app: Component) -> None:
    """An array that is there is updated with a shorter one."""
    await app.update({"reported": {"list": [1, 2, 3], "lamp": "on"}}, "a long array")
    await app.update({"reported": {"list": [9]}}, "a short array")
    await app.get("after a short array")


@scenario()
async def unreported(app: Component, limits: Limits) -> None:
    """A field that is desired and reported alike is reported no longer."""
    await app.update({"desired": {"lamp": "on", "fan": 1}, "reported": {"lamp": "on", "fan": 1}}, "all alike")
    await app.get("while all are alike")
    await app.update({"reported": {"lamp": None}}, "no longer reported")
    await app.until_delta(limits.waits)
    await app.get("when it is no longer reported")
