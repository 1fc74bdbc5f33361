"""A machine by a clock of its own, which is ahead of everybody else's, or behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.machine.effects import Effect, Machine, WakeAt

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class OffsetMachine(Generic[E]):
    """The machine is told the time by its own clock, and is woken by ours. `ahead` in seconds; negative: behind."""

    machine: Machine[E]
    ahead: float

    def receive(self, event: E, now: float) -> Sequence[Effect]:
        """As the machine does, at that time."""
        return [self._by_ours(effect) for effect in self.machine.receive(event, now + self.ahead)]

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        return [self._by_ours(effect) for effect in self.machine.wake(now + self.ahead)]

    def _by_ours(self, effect: Effect) -> Effect:
        return WakeAt(effect.time - self.ahead) if isinstance(effect, WakeAt) else effect
