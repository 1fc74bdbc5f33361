"""A replica that refuses, keeps silent, or says things in another order."""

from harness.protocols.replica.suite import (
    AcceptedFirst,
    AnswerLevel,
    DeclaredProperty,
    Mute,
    Operation,
    PropertyChoice,
    Refuse,
    ReplicaSide,
    Swap,
    base,
    other,
    scenario,
)
from suites.replica.device.limits import Limits

__all__ = [
    "accepted_before_delta",
    "conflict",
    "foreign_answer",
    "refused_updates",
    "swapped_deltas",
    "unanswered_updates",
]
DELTA = (Operation.UPDATE, AnswerLevel.DELTA)
CODES = (400, 413, 429, 500)
Two = tuple[DeclaredProperty, DeclaredProperty]


@scenario(takes=25, demands={"two": PropertyChoice.two_settable})
async def swapped_deltas(replica: ReplicaSide, two: Two, limits: Limits) -> None:
    """Of two deltas the older one comes last; the newer wish has taken back what it says."""
    one, second = two
    await replica.suffers("swapped", Swap(*DELTA))
    await replica.wants({one: other(one)}, "older")
    await replica.wants({one: base(one), second: other(second)}, "newer")
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(limits.in_time)


@scenario(takes=10, demands={"one": PropertyChoice.settable})
async def accepted_before_delta(replica: ReplicaSide, one: DeclaredProperty, limits: Limits) -> None:
    """A wish is accepted before its delta is said, which has the same version."""
    await replica.suffers("accepted first", AcceptedFirst())
    await replica.wants({one: other(one)}, "accepted first, then told")
    await replica.allow_reports(at_most=limits.waits)


@scenario(takes=25, demands={"two": PropertyChoice.two_settable})
async def conflict(replica: ReplicaSide, two: Two, limits: Limits) -> None:
    """The report of a change is refused once, as its version is not the document's."""
    one, second = two
    await replica.suffers("conflict", Refuse(Operation.UPDATE, 409, times=1))
    await replica.wants({one: other(one)}, "reported in conflict")
    await replica.allow_reports(at_most=limits.refused + 2)
    await replica.recovers()
    await replica.wants({second: other(second)}, "after conflict")
    await replica.allow_reports(at_most=limits.waits)
    await replica.listen(limits.waits)


@scenario(takes=130, demands={"two": PropertyChoice.two_settable})
async def refused_updates(replica: ReplicaSide, two: Two, limits: Limits) -> None:
    """All that the device reports is refused for a while, with one code after the other."""
    one, second = two
    await replica.listen(limits.quiet)
    for turn, code in enumerate(CODES):
        value = base if turn % 2 else other
        await replica.suffers(f"refused {code}", Refuse(Operation.UPDATE, code))
        await replica.wants({one: value(one)}, f"wish {code}")
        await replica.listen(limits.refused)
        await replica.recovers(f"no more {code}")
        await replica.wants({second: value(second)}, f"after {code}")
        await replica.goes_on(
            lambda value=value: replica.reports(second, value(second)),  # type: ignore[misc]
            "the change is reported",
            limits.waits,
        )


@scenario(takes=80, demands={"two": PropertyChoice.two_settable})
async def unanswered_updates(replica: ReplicaSide, two: Two, limits: Limits) -> None:
    """No update is answered: one is awaited for long, and another is desired meanwhile."""
    one, second = two
    await replica.listen(limits.quiet)
    await replica.suffers("no answer", Mute(Operation.UPDATE))
    await replica.wants({one: other(one)}, "unanswered")
    await replica.listen(limits.unanswered)
    await replica.wants({second: other(second)}, "meanwhile")
    await replica.goes_on(lambda: replica.reports(second, other(second)), "the change is reported", limits.waits)
    await replica.recovers("answers again")


@scenario(takes=35)
async def foreign_answer(replica: ReplicaSide, limits: Limits) -> None:
    """Requests of somebody else are refused, while the device waits for nothing; and once more."""
    await replica.listen(limits.quiet)
    for again in ("", ", again"):
        await replica.answers_somebody_else(Operation.UPDATE, 409, f"another{again}", f"somebody else's update{again}")
        await replica.answers_somebody_else(Operation.GET, 500, f"another too{again}", f"somebody else's get{again}")
        await replica.listen(limits.quiet + 1)
