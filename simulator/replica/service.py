"""A replica service as a machine: a request and the time in, what is to be stored and said out. Pure.

MQTT and REST are two faces of `ask`. The machine is always ahead of the store: whoever carries its replies out lets no
word of a reply leave before what the reply stores is durable, and nothing behind it either.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, topic_of
from simulator.replica.document import Document
from simulator.replica.merge import Object
from simulator.replica.rejection import Rejection
from simulator.replica.requests import NO_JSON, NO_UTF_8, TOO_LARGE, Limits, token_of
from simulator.replica.rules import KEPT, ServiceRules


@dataclass(frozen=True, slots=True)
class Message:
    """A message to publish."""

    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """All that one request brings about, in this order: `stored` becomes durable, `messages` leave, `answer` is given.

    `answer` and `body` tell the client; over MQTT as one more message.
    """

    replica: ReplicaId
    operation: Operation
    answer: AnswerLevel
    body: Object
    stored: Document | None = None
    messages: tuple[Message, ...] = ()


@dataclass
class ReplicaService:
    """Every document there is, and what requests make of them."""

    scheme: Scheme = Scheme.SEED
    limits: Limits = field(default_factory=Limits)
    documents: dict[ReplicaId, Document] = field(default_factory=dict)
    rules: ServiceRules = KEPT

    def ask(self, replica: ReplicaId, operation: Operation, payload: bytes, now: float) -> Reply:
        """Answer a request that came at `now` (Unix seconds)."""
        body: JSON = None
        try:
            self._check_size(replica, payload)
            if payload or operation is Operation.UPDATE:
                body = self.rules.read(payload, NO_UTF_8 if self.scheme is Scheme.AWS else NO_JSON)
            match operation:
                case Operation.UPDATE:
                    return self._update(replica, body, now)
                case Operation.GET:
                    return self._get(replica, body, now)
                case Operation.DELETE:
                    return self._delete(replica, body, now)
        except Rejection as rejection:
            refused: Object = {"code": rejection.code, "message": rejection.message, **_tail(body, now)}
            return Reply(replica, operation, AnswerLevel.REJECTED, refused)

    def _check_size(self, replica: ReplicaId, payload: bytes) -> None:
        """Raises Rejection before anything of the payload is looked at."""
        if len(replica.device) > self.limits.device:
            raise Rejection(400, f"The device's id is too long; maximum is {self.limits.device}")
        if len(payload) > self.limits.payload:
            raise Rejection(*TOO_LARGE)

    def over_mqtt(self, reply: Reply) -> tuple[Message, ...]:
        """The messages of a reply with its answer behind them: clients that await both take the delta first."""
        topic = topic_of(reply.replica, self.scheme, reply.operation, reply.answer)
        return self.rules.says(reply, (*reply.messages, message(topic, reply.body)))

    def named(self, device: str) -> list[str]:
        """The names of a device's replicas that exist, in order; the one without a name is not among them."""
        return sorted(
            one.name
            for one, document in self.documents.items()
            if one.device == device and one.name and document.exists
        )

    def _update(self, replica: ReplicaId, body: JSON, now: float) -> Reply:
        owner = self.rules.owner(replica)
        old = self.documents.get(owner)
        request = self.rules.request(body, self.limits)
        if old is None:
            if len(self.documents) >= self.limits.replicas:
                raise Rejection(429, "Too many replicas")
            old = Document()
        after = self.rules.update(old, request, now, self.limits)
        new = self.documents[owner] = after.document
        tail = {"version": new.version, **_tail(body, now)}
        accepted: Object = {"state": request.state, "metadata": after.touched, **tail}
        messages = [*self._delta(replica, new, request.state, tail)]
        if self.scheme is Scheme.AWS:
            messages.append(self._documents(replica, old, new, body, now))
        return Reply(replica, Operation.UPDATE, AnswerLevel.ACCEPTED, accepted, new, tuple(messages))

    def _delta(
        self, replica: ReplicaId, new: Document, patch: Mapping[str, JSON] | None, tail: Object
    ) -> list[Message]:
        """The remaining change for the device; in the seed's scheme also its report, for the components."""
        delta = self.rules.delta(new)
        reported = (patch or {}).get("reported") if self.scheme is Scheme.SEED else None
        if not delta and not reported:
            return []
        content: Object = {"state": delta, "metadata": new.metadata_of_delta(delta), **tail}
        if reported:
            content["reported"] = reported
        return [message(topic_of(replica, self.scheme, Operation.UPDATE, AnswerLevel.DELTA), content)]

    def _documents(self, replica: ReplicaId, old: Document, new: Document, body: JSON, now: float) -> Message:
        content: Object = {"previous": _whole(old) if old.exists else None, "current": _whole(new), **_tail(body, now)}
        return message(topic_of(replica, self.scheme, Operation.UPDATE, AnswerLevel.DOCUMENTS), content)

    def _get(self, replica: ReplicaId, body: JSON, now: float) -> Reply:
        if body is not None and not isinstance(body, dict):
            raise Rejection(*NO_JSON)
        self.rules.token(body or {}, self.limits)
        document = self._existing(replica)
        state, metadata, delta = document.state, document.metadata, self.rules.delta(document)
        if delta:
            state, metadata = {**state, "delta": delta}, {**metadata, "delta": document.metadata_of_delta(delta)}
        content: Object = {"state": state, "metadata": metadata, "version": document.version, **_tail(body, now)}
        return Reply(replica, Operation.GET, AnswerLevel.ACCEPTED, content)

    def _delete(self, replica: ReplicaId, body: JSON, now: float) -> Reply:
        gone = self.documents[self.rules.owner(replica)] = self.rules.delete(self._existing(replica))
        content: Object = {"version": gone.version, **_tail(body, now)}
        return Reply(replica, Operation.DELETE, AnswerLevel.ACCEPTED, content, gone)

    def _existing(self, replica: ReplicaId) -> Document:
        document = self.documents.get(self.rules.owner(replica))
        if document is None or not document.exists:
            raise Rejection(404, f"No shadow exists with name: {replica.name or replica.device}")
        return document


def _whole(document: Document) -> Object:
    return {"state": document.state, "metadata": document.metadata, "version": document.version}


def _tail(body: JSON, now: float) -> Object:
    """When the answer was made, and whose it is."""
    token = token_of(body)
    return {"timestamp": int(now)} | ({} if token is None else {"clientToken": token})


def message(topic: str, content: Object) -> Message:
    """The message of that content."""
    return Message(topic, json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode())
