"""A machine by a clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from harness.machine.effects import Effect, WakeAt
from simulator.link.clock_offset import OffsetMachine


@dataclass
class Told:
    """Writes down what it is told, and wishes to be woken five seconds later."""

    times: list[float] = field(default_factory=list)

    def receive(self, event: str, now: float) -> Sequence[Effect]:
        """The delivery, of any content."""
        del event
        return self.wake(now)

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        self.times.append(now)
        return [WakeAt(now + 5)]


@pytest.mark.parametrize("ahead", [0.0, 60.0, -0.25])
def test_machine_is_told_its_own_time_and_woken_by_ours(ahead: float) -> None:
    told = Told()
    askew = OffsetMachine(told, ahead)

    effects = [*askew.receive("event", 100.0), *askew.wake(105.0)]

    assert told.times == [100.0 + ahead, 105.0 + ahead]
    assert effects == [WakeAt(105.0), WakeAt(110.0)]
