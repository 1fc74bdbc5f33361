"""A device that starts, or comes back after something was desired while it was away."""

from harness.protocols.replica.suite import (
    A_FLOW,
    AnswerLevel,
    DeclaredProperty,
    Delay,
    Device,
    Fault,
    Mute,
    Needs,
    Operation,
    PropertyChoice,
    ReplicaSide,
    base,
    other,
    scenario,
)
from suites.replica.device.limits import Limits

__all__ = ["away", "away_and_told_by_delta", "away_and_told_by_get", "late_get", "no_document", "start"]
DELTA = (Operation.UPDATE, AnswerLevel.DELTA)
Two = tuple[DeclaredProperty, DeclaredProperty]


@scenario(begins_in=A_FLOW, takes=15, hangs_on=("restart",))
async def start(replica: ReplicaSide, device: Device, limits: Limits) -> None:
    """The device's power goes and comes."""
    await device.restarts("restart")
    await replica.allow_update(at_most=limits.initial + 1)
    await replica.listen(3)


@scenario(needs=Needs.OUR_BROKER, takes=40, demands={"two": PropertyChoice.two_settable})
async def away(replica: ReplicaSide, device: Device, two: Two, limits: Limits) -> None:
    """Three wishes while the device is turned away; both ways of learning of them are there when it is back."""
    await _goes_away(replica, device)
    await _three_wishes(replica, two)
    await device.link.refused_for_long()
    await _comes_back(device, limits)
    await replica.allow_reports(at_most=limits.initial + 2)
    await replica.listen(limits.in_time)


@scenario(needs=Needs.OUR_BROKER, takes=40, demands={"two": PropertyChoice.two_settable})
async def away_and_told_by_get(replica: ReplicaSide, device: Device, two: Two, limits: Limits) -> None:
    """The same, but no delta is said: what changed is to be had by get alone."""
    await _goes_away(replica, device)
    await replica.suffers("no delta", Mute(*DELTA))
    await _three_wishes(replica, two)
    await _comes_back(device, limits)
    await replica.allow_reports(at_most=limits.initial + 2)


@scenario(needs=Needs.OUR_BROKER, takes=40, demands={"two": PropertyChoice.two_settable})
async def away_and_told_by_delta(replica: ReplicaSide, device: Device, two: Two, limits: Limits) -> None:
    """The same, but no get is answered: the deltas come one after the other, as out of a session that lasts."""
    one, second = two
    await _goes_away(replica, device)
    await replica.suffers("no answer to get", Mute(Operation.GET), Mute(*DELTA))
    await replica.wants({one: other(one)}, "first")
    queued = [replica.pending_delta]
    await replica.wants({one: base(one), second: other(second)}, "second")
    queued.append(replica.pending_delta)
    await replica.wants({one: other(one), second: other(second)}, "third")
    queued.append(replica.pending_delta)
    await _comes_back(device, limits)
    await replica.listen(1)
    for number, content in enumerate(queued, start=1):
        await replica.says_anew(f"queued {number}", content)
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(limits.in_time)


@scenario(needs=Needs.OUR_BROKER, takes=40, demands={"two": PropertyChoice.two_settable})
async def late_get(replica: ReplicaSide, device: Device, two: Two, limits: Limits) -> None:
    """The answer to get is overtaken by the delta of a later wish, which takes the earlier one back."""
    one, second = two
    await replica.suffers("no delta", Mute(*DELTA))
    await replica.wants({one: other(one)}, "taken back")
    await replica.suffers("late answer", Delay(Operation.GET, AnswerLevel.ACCEPTED, seconds=3))
    await device.link.suffers(Fault.DROP, "dropped")
    await replica.until_gets(at_most=limits.back, behind_update=limits.initial)
    await replica.recovers("deltas again")
    await replica.wants({one: base(one), second: other(second)}, "newer")
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(limits.in_time)


@scenario(needs=Needs.OUR_BROKER, takes=25)
async def no_document(replica: ReplicaSide, device: Device, limits: Limits) -> None:
    """The replica knows nothing of the device any more, and says so when it is asked."""
    await replica.forgets("forgotten")
    await device.link.suffers(Fault.DROP, "dropped")
    await replica.until_gets(at_most=limits.back, behind_update=limits.initial)
    await replica.allow_update(at_most=limits.initial + 1)
    await replica.listen(1)


async def _goes_away(replica: ReplicaSide, device: Device) -> None:
    await device.link.settles()
    await device.link.suffers(Fault.REFUSE, "away")
    await replica.listen(1)


async def _three_wishes(replica: ReplicaSide, two: Two) -> None:
    one, second = two
    await replica.wants({one: other(one)}, "first")
    await replica.wants({one: base(one), second: other(second)}, "second")
    await replica.wants({one: other(one), second: other(second)}, "third")


async def _comes_back(device: Device, limits: Limits) -> None:
    await device.link.suffers(Fault.ADMIT, "let in")
    await device.link.until_back(at_most=limits.back)
