"""Looks for a sequence in which a device breaks something, and makes it as short as it can."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import hypothesis
from hypothesis import HealthCheck, Phase

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.machine.effects import Machine
from harness.protocols.udmi.fuzzing.course import Course
from harness.protocols.udmi.fuzzing.invariants import INVARIANTS
from harness.protocols.udmi.fuzzing.script import scripts
from harness.protocols.udmi.fuzzing.step import Step
from harness.protocols.udmi.fuzzing.stepped_device import NAME, SteppedDevice, Told
from harness.protocols.udmi.judging.episode import episodes_of
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.codec import Codec
from harness.record.left_out import NotApplicable, OutOfView

_UNDECIDED = (Undecided, CouldNotTest, NotApplicable, OutOfView)
MachineMaker: TypeAlias = Callable[[], Machine[Told]]


@dataclass(frozen=True)
class Accusation:
    """The broken requirement, its story, and the shortest sequence found that brings it out."""

    requirement: str
    story: str
    script: Sequence[Step]


class _BrokenError(Exception):
    """Tells Hypothesis that this sequence is what we look for."""


@dataclass
class Search:
    """`device` makes a new one, as it is when it is switched on; `played` counts the sequences, shrinking included."""

    device: MachineMaker
    profile: Profile
    codec: Codec
    played: int = 0
    _found: list[Accusation] = field(default_factory=list)

    def run(self, sequences: int, seed: int) -> Accusation | None:
        """The accusation; None if so many sequences brought out nothing. The same seed, the same sequences."""
        settings = hypothesis.settings(
            max_examples=sequences,
            database=None,
            deadline=None,
            derandomize=False,
            print_blob=False,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            verbosity=hypothesis.Verbosity.quiet,
        )
        try:
            hypothesis.seed(seed)(settings(hypothesis.given(scripts(self.profile))(self._try)))()
        except _BrokenError:
            return self._found[-1]
        return None

    def accuse(self, script: Sequence[Step]) -> Accusation | None:
        """Play one sequence, and ask of every invariant whether it was kept: the first that was not."""
        self.played += 1
        records = SteppedDevice(self.device(), self.profile, self.codec).run(script)
        course = Course(episodes_of(records)[NAME].history)
        for invariant in INVARIANTS:
            try:
                invariant.ask(course)
            except NotObserved as broken:
                return Accusation(invariant.requirement, str(broken), tuple(script))
            except _UNDECIDED:
                continue
        return None

    def _try(self, script: list[Step]) -> None:
        accusation = self.accuse(script)
        wanted = self._found[0].requirement if self._found else None
        if accusation and wanted in (None, accusation.requirement):  # shrinking stays with what was found
            self._found.append(accusation)
            raise _BrokenError
