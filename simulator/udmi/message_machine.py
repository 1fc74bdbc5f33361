"""Machines whose effects are messages, and the same machine with the codec's bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from harness.machine.effects import Effect, Publish, Rejoin, WakeAt
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.messages import Message


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send a message, which nobody has put into bytes yet."""

    topic: str
    message: Message


Saying: TypeAlias = SendMessage | WakeAt | Rejoin
E_contra = TypeVar("E_contra", contravariant=True)


class MessageMachine(Protocol[E_contra]):
    """A machine whose effects are messages."""

    def receive(self, event: E_contra, now: float) -> Sequence[Saying]:
        """Something happened."""

    def wake(self, now: float) -> Sequence[Saying]:
        """The time that was wished for has come, or nearly."""


class EncodingMachine(Generic[E_contra]):
    """The same machine, as the instrument has it: its effects are bytes."""

    def __init__(self, machine: MessageMachine[E_contra], codec: Codec) -> None:
        self._machine, self._codec = machine, codec

    def receive(self, event: E_contra, now: float) -> Sequence[Effect]:
        """Something happened."""
        return list(self._in_bytes(self._machine.receive(event, now)))

    def wake(self, now: float) -> Sequence[Effect]:
        """The time that was wished for has come, or nearly."""
        return list(self._in_bytes(self._machine.wake(now)))

    def _in_bytes(self, effects: Sequence[Saying]) -> Iterator[Effect]:
        for effect in effects:
            yield (
                Publish(effect.topic, self._codec.encode(effect.message)) if isinstance(effect, SendMessage) else effect
            )
