"""Whether one service answers, and it alone; and what lies on its broker from before."""

from collections.abc import Iterator

from harness.doctor.case import PASSIVE_SUBSCRIBER
from harness.doctor.check import Check
from harness.doctor.commands import clearing
from harness.doctor.problem import Party, Problem, Severity, listed
from harness.protocols.replica.doctor.case import ServiceCase
from harness.protocols.replica.words.content import object_at
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, answer_at, request_at, topic_of
from harness.record.kinds import Received, Sent
from harness.text import brief, counted

_MOST = 3  # topics with leftovers that are told one by one
_ANSWERS = (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)


def _find_silence(case: ServiceCase) -> Iterator[Problem]:
    if not case.answers and (case.beside is None or case.beside.spoke):
        what = f"An update was published at {case.profile.inbox}, and no service said anything of it."
        remedy = "See that the service is on this broker, that it serves these topics, and that our login may hear it."
        yield Problem(Party.SERVICE, Severity.BLOCKING, what, remedy)


def _answers(case: ServiceCase) -> str | None:
    return "it answers" if case.answers else None


def _find_two(case: ServiceCase) -> Iterator[Problem]:
    """Of a message that MQTT delivers twice every byte is the same."""
    several = [(sent, answers) for sent, answers in _answered(case) if len(answers) > 1]
    differing = [(sent, {one.payload for one in answers}) for sent, answers in several]
    contradicted = next(((sent, told) for sent, told in differing if len(told) > 1), None)
    if contradicted:
        sent, told = contradicted
        first, second = sorted(told)[:2]
        what = (
            f"a request at {sent.topic} has two answers that differ: {brief(first.decode(errors='replace'))}, and "
            f"{brief(second.decode(errors='replace'))}. Two services answer on this broker."
        )
        yield Problem(Party.NETWORK, Severity.GRAVE, what, "Stop one of them: each has documents of its own.")
    elif several:
        sent, answers = several[0]
        what = f"a request at {sent.topic} was answered {len(answers)} times with the same message."
        mend = (
            "See whether two services are on this broker; one that answers each request more than once looks the same."
        )
        yield Problem(Party.NETWORK, Severity.MINOR, what, mend)


def _alone(case: ServiceCase) -> str | None:
    several = counted(sum(bool(answers) for _, answers in _answered(case)), "request")
    return f"one service answers: {several}, one answer each" if case.answers else None


def _answered(case: ServiceCase) -> list[tuple[Sent, list[Received]]]:
    """Each request of ours, and its answers: those behind it, and before the next at its topic."""
    scheme, found = case.profile.scheme, list[tuple[Sent, list[Received]]]()
    latest: dict[tuple[ReplicaId, Operation], list[Received]] = {}
    connections: dict[tuple[ReplicaId, Operation], str] = {}
    for record in case.records:
        if isinstance(record, Sent) and (asked := request_at(record.topic, scheme)):
            latest[asked], connections[asked] = [], record.connection
            found.append((record, latest[asked]))
        is_heard = isinstance(record, Received) and record.connection != PASSIVE_SUBSCRIBER and not record.retain
        if isinstance(record, Received) and is_heard and (told := answer_at(record.topic, scheme)):
            replica, operation, level = told
            asked_on = connections.get((replica, operation))
            if level in _ANSWERS and record.connection == asked_on:
                latest[replica, operation].append(record)
    return found


def _find_strangers(case: ServiceCase) -> Iterator[Problem]:
    """Of a device that nobody knows we desire nothing, so no delta has anything to do."""
    for one in case.answers:
        wanted = object_at(one.content, "state") if one.level is AnswerLevel.DELTA else None
        if wanted and not _was_desired(case):
            topic = topic_of(one.replica, case.profile.scheme, Operation.UPDATE, AnswerLevel.DELTA)
            what = (
                f"a delta at {topic} wants {brief(wanted)}, though nothing was desired of that device: somebody else "
            )
            what += "publishes there, or the service makes it up."
            yield Problem(Party.NETWORK, Severity.GRAVE, what, "See who else may publish there; only a service should.")
            return


def _was_desired(case: ServiceCase) -> bool:
    return any(isinstance(one, Sent) and b'"desired"' in one.payload for one in case.records)


def _no_strangers(case: ServiceCase) -> str | None:
    return "no delta but its own came" if case.answers else None


def _find_leftovers(case: ServiceCase) -> Iterator[Problem]:
    scheme = case.profile.scheme
    requests = [one.topic for one in case.retained if request_at(one.topic, scheme)]
    told = [one.topic for one in case.retained if answer_at(one.topic, scheme)]
    for topic in requests[:_MOST]:
        what = f"a request lies retained at {topic}: a service takes it for new whenever it connects."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, clearing(case, topic))
    if len(requests) > _MOST:
        what = f"more requests lie retained: {listed(requests[_MOST:])}."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, "Clear them likewise.")
    if told:
        what = f"what a service said lies retained at {listed(told)}: who subscribes takes old news for new."
        yield Problem(
            Party.NETWORK, Severity.MINOR, what, f"{clearing(case, told[0])}   (a service may do it on purpose)"
        )


def _no_leftovers(case: ServiceCase) -> str | None:
    return "no leftovers are retained" if case.beside and case.beside.elsewhere is not None else None


OF_SERVICES = (
    Check("the answers", _find_silence, _answers),
    Check("who answers", _find_two, _alone),
    Check("who publishes deltas", _find_strangers, _no_strangers),
    Check("what is retained", _find_leftovers, _no_leftovers),
)
