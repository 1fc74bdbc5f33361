"""Wishes of a device: good, impossible, unknown, twice, malformed, and for somebody else."""

from harness.protocols.replica.suite import (
    A_FLOW,
    AnswerLevel,
    DeclaredProperty,
    Device,
    Mute,
    Operation,
    PropertyChoice,
    ReplicaSide,
    Twice,
    base,
    other,
    scenario,
)
from suites.replica.device.limits import Limits

__all__ = [
    "another_devices_delta",
    "counted_changes",
    "impossible_value",
    "local_change",
    "malformed_deltas",
    "many_fields",
    "many_wishes",
    "one_of_two_siblings",
    "plain_change",
    "removed_wish",
    "unknown_field",
]
DELTA = (Operation.UPDATE, AnswerLevel.DELTA)
_A_MOMENT = 0.05
MALFORMED = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"delta"',
    b"\xff\xfe\x00",
    b'{"state": 7}',
    b'{"state": null, "version": "x"}',
    b'{"version": 2}',
    b'{"state": {}, "version": null, "timestamp": "now"}',
    b'{"state": [1, 2], "version": 1.5}',
    b"[" * 500,
)


@scenario(begins_in=A_FLOW, takes=15, demands={"one": PropertyChoice.settable})
async def plain_change(replica: ReplicaSide, one: DeclaredProperty, limits: Limits) -> None:
    """One value is desired, and once it is reported, the one before."""
    await replica.wants({one: other(one)}, "change")
    await replica.allow_reports(at_most=limits.waits)
    await replica.wants({one: base(one)}, "back")
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(1)


@scenario(takes=10, demands={"several": PropertyChoice.all_settable})
async def many_fields(replica: ReplicaSide, several: tuple[DeclaredProperty, ...], limits: Limits) -> None:
    """Another value of every property that may be set, all in one delta, and no other is said."""
    await replica.wants({one: other(one) for one in several}, "all")
    await replica.suffers("no second delta", Mute(*DELTA))
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(1)


@scenario(begins_in=A_FLOW, takes=10, demands={"siblings": PropertyChoice.siblings})
async def one_of_two_siblings(
    replica: ReplicaSide, siblings: tuple[DeclaredProperty, DeclaredProperty], limits: Limits
) -> None:
    """Of two properties in one object one is changed, and then a third, after which all may be told."""
    one, sibling = siblings
    await replica.wants({one: other(one)}, "one of two")
    await replica.allow_reports(at_most=limits.waits)
    await replica.wants({sibling: other(sibling)}, "the second")
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(1)


@scenario(begins_in=A_FLOW, takes=15, demands={"one": PropertyChoice.settable})
async def unknown_field(replica: ReplicaSide, one: DeclaredProperty, limits: Limits) -> None:
    """A field that no device has is desired, and then a good value beside it."""
    await replica.desires({"setpoint_unknown": {"deep": 7}}, "unknown")
    await replica.listen(limits.in_time)
    await replica.wants({one: other(one)}, "beside unknown")
    await replica.goes_on(lambda: replica.reports(one, other(one)), "the change is reported", limits.waits)


@scenario(begins_in=A_FLOW, takes=35, demands={"limited": PropertyChoice.limited})
async def impossible_value(replica: ReplicaSide, limited: DeclaredProperty, limits: Limits) -> None:
    """A value that the property never takes is desired; and then one that it does."""
    await replica.listen(limits.quiet)
    await replica.wants({limited: limited.impossible}, "impossible")
    await replica.listen(limits.refused)
    await replica.wants({limited: other(limited)}, "possible")
    await replica.allow_reports(at_most=limits.waits)


@scenario(begins_in=A_FLOW, takes=10, demands={"one": PropertyChoice.changing}, hangs_on=("change",))
async def local_change(replica: ReplicaSide, device: Device, one: DeclaredProperty, limits: Limits) -> None:
    """A property becomes another on the device itself, while nobody desires anything of it."""
    if not one.read_only:
        await replica.wants({one: None}, "released")
        await replica.listen(1)
    current = replica.reported_of(one)
    await device.changes(one, other(one) if current != other(one) else base(one), "own change")
    await replica.listen(limits.waits)


@scenario(takes=25, demands={"counted": PropertyChoice.counted})
async def counted_changes(replica: ReplicaSide, counted: DeclaredProperty, limits: Limits) -> None:
    """A delta that comes twice, and later one that desires what is so."""
    await replica.suffers("twice", Twice(*DELTA, times=1))
    await replica.wants({counted: other(counted)}, "said twice")
    await replica.allow_reports(at_most=limits.waits)
    await replica.recovers()
    await replica.listen(limits.in_time)
    await replica.says_delta("already so", replica.delta_of(counted, other(counted)))
    await replica.listen(limits.in_time)
    await replica.wants({counted: base(counted)}, "after what is so")
    await replica.allow_reports(at_most=limits.waits)


@scenario(takes=15, is_rough=True, demands={"one": PropertyChoice.settable})
async def malformed_deltas(replica: ReplicaSide, one: DeclaredProperty, limits: Limits) -> None:
    """Deltas that nobody can read, and then one that is good."""
    for number, payload in enumerate(MALFORMED, start=1):
        await replica.says_delta(f"malformed {number}", payload)
        await replica.listen(0.2)
    await replica.listen(1)
    await replica.wants({one: other(one)}, "after malformed")
    await replica.allow_reports(at_most=limits.waits)


@scenario(takes=25, demands={"one": PropertyChoice.settable})
async def another_devices_delta(replica: ReplicaSide, one: DeclaredProperty, limits: Limits) -> None:
    """Deltas of devices whose ids are nearly the same; and then one of its own."""
    device = replica.profile.id
    for neighbour in (f"{device}1", device.swapcase(), device[:-1] or "x"):
        await replica.says_delta(f"for {neighbour}", replica.delta_of(one, other(one)), device=neighbour)
    await replica.listen(limits.in_time)
    await replica.wants({one: other(one)}, "its own")
    await replica.allow_reports(at_most=limits.waits)


@scenario(begins_in=A_FLOW, takes=15, demands={"two": PropertyChoice.two_settable})
async def removed_wish(replica: ReplicaSide, two: tuple[DeclaredProperty, DeclaredProperty], limits: Limits) -> None:
    """A value is not desired any more, which the device is told by null; and then another is desired."""
    one, second = two
    await replica.wants({one: None}, "removed")
    await replica.listen(2)
    await replica.wants({second: other(second)}, "after removal")
    await replica.allow_reports(at_most=limits.waits)


@scenario(begins_in=A_FLOW, takes=25, demands={"several": PropertyChoice.all_settable})
async def many_wishes(replica: ReplicaSide, several: tuple[DeclaredProperty, ...], limits: Limits) -> None:
    """One wish after the other, then all at once; and each is taken back, and made again before that is performed."""
    for turn, one in enumerate(several, start=1):
        await replica.wants({one: other(one)}, f"wish {turn}")
        await replica.listen((0.1, 0.8)[turn % 2])
    await replica.wants({one: other(one) for one in several}, "all again")
    await replica.listen(2.5)
    for turn, one in enumerate(several, start=1):
        await replica.wants({one: base(one)}, f"taken back {turn}")
        await replica.listen(_A_MOMENT)
        await replica.wants({one: other(one)}, "last" if one is several[-1] else f"made again {turn}")
    await replica.allow_reports(at_most=limits.settled)
    await replica.listen(limits.waits)
    await replica.allow_reports(at_most=limits.settled)
