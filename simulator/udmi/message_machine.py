"""Machines whose effects are messages, and the same machine with the codec's bytes."""

from collections.abc import Callable, Iterator, Sequence
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
    """The same machine, as the instrument has it: its effects are bytes. `noted`: is told of each message."""

    def __init__(
        self, machine: MessageMachine[E_contra], codec: Codec, noted: Callable[[Message, float], None] | None = None
    ) -> None:
        self._machine, self._codec, self._noted = machine, codec, noted

    def receive(self, event: E_contra, now: float) -> Sequence[Effect]:
        """Something happened."""
        return list(self._in_bytes(self._machine.receive(event, now), now))

    def wake(self, now: float) -> Sequence[Effect]:
        """The time that was wished for has come, or nearly."""
        return list(self._in_bytes(self._machine.wake(now), now))

    def _in_bytes(self, effects: Sequence[Saying], now: float) -> Iterator[Effect]:
        for effect in effects:
            if isinstance(effect, SendMessage):
                if self._noted:
                    self._noted(effect.message, now)
                yield Publish(effect.topic, self._codec.encode(effect.message))
            else:
                yield effect
