"""All decisions of a replica service, each a small function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import ReplicaId
from simulator.replica.document import Document, Updated, deleted, updated
from simulator.replica.merge import Object
from simulator.replica.requests import Limits, UpdateRequest, body_of, check_token, update_of

if TYPE_CHECKING:  # the service is made of rules
    from simulator.replica.service import Message, Reply


def itself(replica: ReplicaId) -> ReplicaId:
    """A device's document is its own."""
    return replica


def delta_of(document: Document) -> Object:
    """The fields that a device is to change."""
    return document.delta


def all_messages(_reply: "Reply", messages: "tuple[Message, ...]") -> "tuple[Message, ...]":
    """Everything is said, as it is."""
    return messages


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """`read`: a payload to JSON. `request`: JSON to an update; both refuse. `token`: refuses one that may not be.

    `owner`: the document that a request is about. `update`, `delete`: the document after. `delta`: what is told of it.
    `says`: the messages that leave for a reply, its answer among them.
    """

    read: Callable[[bytes, tuple[int, str]], JSON] = body_of
    request: Callable[[JSON, Limits], UpdateRequest] = update_of
    token: Callable[[Object, Limits], None] = check_token
    owner: Callable[[ReplicaId], ReplicaId] = itself
    update: Callable[[Document, UpdateRequest, float, Limits], Updated] = updated
    delete: Callable[[Document], Document] = deleted
    delta: Callable[[Document], Object] = delta_of
    says: "Callable[[Reply, tuple[Message, ...]], tuple[Message, ...]]" = all_messages


KEPT = ServiceRules()
