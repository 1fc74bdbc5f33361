"""Messages that were read once, for whoever plays or judges: the whole run and each of its episodes look at the same.

In the matrix so do runs of devices that differ in little: their messages are the same to the byte, as they have the
same stamps. A simulated device, which may run for months, remembers nothing. Pure: the same bytes are the same message.
"""

from dataclasses import dataclass, replace
from functools import cache, partial

from harness.payload.fields import read_object
from harness.payload.memory import Remembered
from harness.payload.values import PayloadProblem
from harness.protocols.update.words.desired_state import DesiredState, read_desired_state
from harness.protocols.update.words.envelope import Enveloped, has_envelope, message_in
from harness.protocols.update.words.feedback import Feedback, read_feedback
from harness.protocols.update.words.inventory import Inventory, read_inventory
from harness.protocols.update.words.topics import MessageKind

_REMEMBERED = 2000  # small messages of a kind: more than a run has
_PART = 1000  # bytes, about: an action, a node or a component in memory


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """`message`: with all problems that its payload has. One of the others, by its kind, where it has a payload.

    `is_enveloped`: it has what only an envelope has, whether or not one was expected.
    """

    message: Enveloped
    is_enveloped: bool
    feedback: Feedback | None = None
    inventory: Inventory | None = None
    desired: DesiredState | None = None


def remembered(payload: bytes, kind: MessageKind, *, enveloped: bool) -> ReadMessage:
    """The message of that kind that these bytes are. Never raises: what cannot be read is a problem of the message."""
    return _memory(kind, enveloped)(payload)


@cache
def _memory(kind: MessageKind, enveloped: bool) -> Remembered[ReadMessage]:  # noqa: FBT001 - a key
    return Remembered(partial(_read, kind, enveloped=enveloped), _REMEMBERED, _weight)


def _read(kind: MessageKind, payload: bytes, *, enveloped: bool) -> ReadMessage:
    problems: list[PayloadProblem] = []
    fields = read_object(payload, problems)
    message = message_in(fields, problems, enveloped=enveloped)
    body = message.body
    feedback = read_feedback(body) if body and kind is MessageKind.FEEDBACK else None
    inventory = read_inventory(body) if body and kind is MessageKind.CURRENT_STATE else None
    desired = read_desired_state(body) if body and kind is MessageKind.DESIRED_STATE else None
    whole = replace(message, problems=[*problems])  # whoever reads the body again adds none to these
    return ReadMessage(whole, has_envelope(fields), feedback, inventory, desired)


def _weight(read: ReadMessage) -> int:
    actions = len(read.feedback.actions) if read.feedback else 0
    nodes = len(read.inventory.software) + len(read.inventory.associations) if read.inventory else 0
    domains = read.desired.domains if read.desired else ()
    return _PART * (actions + nodes + sum(len(one.components) for one in domains) + len(read.message.problems))
