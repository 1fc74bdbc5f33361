"""Whether a device behind a replica is heard, nobody but us answers it, and nothing lies there from before."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product

from harness.doctor.check import Check
from harness.doctor.commands import clearing
from harness.doctor.problem import Party, Problem, Severity, named
from harness.protocols.replica.doctor.case import ReplicaDeviceCase
from harness.protocols.replica.judging.device.history import DEEPEST
from harness.protocols.replica.judging.flat_document import flat
from harness.protocols.replica.words.content import levels_of, object_at, object_in
from harness.protocols.replica.words.topics import Operation
from harness.record.kinds import Received
from harness.text import brief, counted


def _find_silence(case: ReplicaDeviceCase) -> Iterator[Problem]:
    if not case.requests and not case.profile.settable:
        what = (
            f"{case.profile.id} asked for nothing by itself, and as no property may be set, nothing was desired of it."
        )
        remedy = "Give a property two values in `good`, or have the device start while it is examined."
        yield Problem(Party.PROFILE, Severity.GRAVE, what, remedy)
    elif not case.requests and (case.beside is None or case.beside.spoke):
        what = f"A delta was published at {case.profile.inbox}, and {case.profile.id} asked for nothing."
        remedy = f"See that the device is on this broker, and publishes at {' and '.join(case.profile.outboxes)}."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, remedy)


def _speaks(case: ReplicaDeviceCase) -> str | None:
    return "it speaks" if case.requests else None


def _find_replicas(case: ReplicaDeviceCase) -> Iterator[Problem]:
    answers = case.strange_answers
    if not answers:
        return
    told = {(one.topic, one.payload) for one in answers if one.topic.rpartition("/")[0] == _get(case)}
    how_many = "two replicas answer" if len(told) > 1 else "a replica answers"
    what = f"{how_many} for {case.profile.id} on this broker already, at {named(answers[0].topic)}."
    mend = "Setpoint plays the replica itself: stop that one, or have the device on another broker."
    yield Problem(Party.NETWORK, Severity.BLOCKING, what, mend)


def _nobody_answers(case: ReplicaDeviceCase) -> str | None:
    is_asked = case.beside is not None and case.beside.elsewhere is not None
    return f"nobody else answers for {case.profile.id}" if is_asked else None


def _get(case: ReplicaDeviceCase) -> str:
    return case.profile.topic(Operation.GET)


def _find_two(case: ReplicaDeviceCase) -> Iterator[Problem]:
    """While we bring nothing about, a property that we set does not go back to what it was."""
    for one, reports in product(case.profile.settable, case.undisturbed):
        told = [leaves[one.path] for leaves in _reports(reports) if one.path in leaves]
        runs = [spelt for spelt, _ in groupby(map(brief, told))]
        if len(runs) > len(set(runs)):
            back = next(spelt for place, spelt in enumerate(runs) if spelt in runs[:place])
            between = runs[runs.index(back) + 1]
            what = (
                f"reports contradict each other: {named(one.name)} is {back}, then {between}, then {back} again; two "
            )
            what += f"devices speak as {case.profile.id}, or somebody switches it."
            mend = "Give each its own id, or switch one of them off; and leave the device alone while it is tested."
            yield Problem(Party.NETWORK, Severity.GRAVE, what, mend)
            return


def _one_device(case: ReplicaDeviceCase) -> str | None:
    return "no report contradicts another" if any(_reports(case.requests)) else None


def _reports(requests: Sequence[Received]) -> Iterator[Mapping[tuple[str, ...], object]]:
    for one in requests:
        content = object_in(one.payload)
        if content is not None and levels_of(content) <= DEEPEST:
            yield flat(object_at(content, "state", "reported") or {})


def _find_strangers(case: ReplicaDeviceCase) -> Iterator[Problem]:
    deltas = case.strange_deltas
    if deltas:
        wanted = brief(deltas[-1].payload.decode(errors="replace"))
        what = (
            f"somebody else publishes at {case.profile.inbox} ({counted(len(deltas), 'delta')} while we listened, the "
        )
        what += f"last {wanted}): the device does what it says, and is judged for it."
        mend = f"Keep components and other replicas from {case.profile.id} as long as it is tested."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, mend)


def _no_strangers(case: ReplicaDeviceCase) -> str | None:
    is_heard = case.beside is not None and (case.beside.configs is not None or case.beside.elsewhere is not None)
    return f"nobody else publishes at {case.profile.inbox}" if is_heard else None


def _find_leftovers(case: ReplicaDeviceCase) -> Iterator[Problem]:
    profile = case.profile
    for one in case.retained:
        if one.topic == profile.inbox:
            what = (
                f"a delta lies retained at {one.topic}, {brief(one.payload.decode(errors='replace'))}: the device does "
            )
            what += "what it says whenever it connects."
            yield Problem(Party.NETWORK, Severity.GRAVE, what, clearing(case, one.topic))
        elif one.topic in profile.answers:
            what = f"an answer lies retained at {one.topic}: the device takes it for that to its next request."
            yield Problem(Party.NETWORK, Severity.GRAVE, what, clearing(case, one.topic))
        elif one.topic in profile.outboxes:
            what = f"a request of the device lies retained at {one.topic}: a replica takes it for new."
            mend = f"{clearing(case, one.topic)}   (if it comes back, have the device publish with retain off)"
            yield Problem(Party.DEVICE, Severity.MINOR, what, mend)


def _no_leftovers(case: ReplicaDeviceCase) -> str | None:
    return "no leftovers are retained" if case.beside and case.beside.elsewhere is not None else None


OF_DEVICES = (
    Check("the device's requests", _find_silence, _speaks),
    Check("who answers", _find_replicas, _nobody_answers),
    Check("who reports", _find_two, _one_device),
    Check("who publishes deltas", _find_strangers, _no_strangers),
    Check("what is retained", _find_leftovers, _no_leftovers),
)
