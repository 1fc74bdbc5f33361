"""Looks for a sequence in which a device of UDMI breaks something."""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import TypeAlias

from harness import fuzzing
from harness.fuzzing.invariant import broken
from harness.machine.effects import Machine
from harness.protocols.udmi.fuzzing.course import Course
from harness.protocols.udmi.fuzzing.invariants import INVARIANTS
from harness.protocols.udmi.fuzzing.script import drawn, plainer
from harness.protocols.udmi.fuzzing.step import Step
from harness.protocols.udmi.fuzzing.stepped_device import NAME, SteppedDevice, Told
from harness.protocols.udmi.judging.episode import episodes_of
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.codec import Codec

MachineMaker: TypeAlias = Callable[[], Machine[Told]]
Accusation: TypeAlias = fuzzing.Accusation[Step]


class Search(fuzzing.SequenceSearch[Step]):
    """`device` makes a new one, as it is when it is switched on."""

    def __init__(self, device: MachineMaker, profile: Profile, codec: Codec) -> None:
        super().__init__()
        self._device, self._profile, self._codec = device, profile, codec

    def drawn(self, random: Random) -> Sequence[Sequence[Step]]:
        """A sequence for a device of that profile."""
        return drawn(self._profile, random)

    def plainer(self, step: Step) -> Iterable[Step]:
        """The plainer forms of a write."""
        return plainer(step)

    def first_broken(self, script: Sequence[Step]) -> tuple[str, str] | None:
        """The first requirement that is broken, and what happened."""
        records = SteppedDevice(self._device(), self._profile, self._codec).run(script)
        return next(broken(INVARIANTS, Course(episodes_of(records)[NAME].history)), None)
