"""The topics of one replica, under both schemes, and the owner of a topic. Pure.

`seed`: `state/ID/…`, the topics of the source document, and `update/rejected` beside them. `aws`:
`$aws/things/ID/shadow/…`, where a thing may have named replicas beside the one without a name.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    """Which topics, and with them which features, a replica has."""

    SEED = "seed"
    AWS = "aws"


class Operation(StrEnum):
    """A request; the last level of its topic."""

    UPDATE = "update"
    GET = "get"
    DELETE = "delete"


class AnswerLevel(StrEnum):
    """The level behind a request's topic at which it is answered, or told of."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DELTA = "delta"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True, order=True)
class ReplicaId:
    """The device, and which of its replicas: `name` is "" for the one without a name."""

    device: str
    name: str = ""


_SHADOW = re.compile(r"\$aws/things/([a-zA-Z0-9:_-]{1,128})/shadow(?:/name/([a-zA-Z0-9:_-]{1,64}))?/([a-z]+)")
_STATE = re.compile(r"state/([^/\x00]+)/([a-z]+)")
_OPERATIONS = {Scheme.SEED: (Operation.UPDATE, Operation.GET), Scheme.AWS: tuple(Operation)}


def filters_of_requests(scheme: Scheme) -> tuple[str, ...]:
    """The topic filters of a SUBSCRIBE that bring every request; no two of them bring the same topic."""
    roots = ("state/+",) if scheme is Scheme.SEED else ("$aws/things/+/shadow", "$aws/things/+/shadow/name/+")
    return tuple(f"{root}/{operation}" for root in roots for operation in _OPERATIONS[scheme])


def request_at(topic: str, scheme: Scheme) -> tuple[ReplicaId, Operation] | None:
    """The request that is published at that topic, and its replica; None: a topic of another kind."""
    if scheme is Scheme.SEED:
        found = _STATE.fullmatch(topic)
        parts = (found[1], "", found[2]) if found else None
    else:
        found = _SHADOW.fullmatch(topic)
        parts = (found[1], found[2] or "", found[3]) if found else None
    if parts is None or parts[2] not in _OPERATIONS[scheme]:
        return None
    return ReplicaId(parts[0], parts[1]), Operation(parts[2])


def answer_at(topic: str, scheme: Scheme) -> tuple[ReplicaId, Operation, AnswerLevel] | None:
    """The kind of message that a service publishes at that topic, and its replica; None: a topic of another kind."""
    above, _, last = topic.rpartition("/")
    asked = request_at(above, scheme)
    return (*asked, AnswerLevel(last)) if asked and last in tuple(AnswerLevel) else None


def root_of(replica: ReplicaId, scheme: Scheme) -> str:
    """The levels that all topics of a replica begin with."""
    if scheme is Scheme.SEED:
        return f"state/{replica.device}"
    return f"$aws/things/{replica.device}/shadow{f'/name/{replica.name}' if replica.name else ''}"


def filter_of_answers(replica: ReplicaId, scheme: Scheme) -> str:
    """The topic filter that brings all that a service says of a replica, and no request."""
    return f"{root_of(replica, scheme)}/+/+"


def topic_of(replica: ReplicaId, scheme: Scheme, operation: Operation, answer: AnswerLevel | None = None) -> str:
    """The topic at which that request is published, or its answer."""
    return "/".join((root_of(replica, scheme), operation, *([answer] if answer else [])))
