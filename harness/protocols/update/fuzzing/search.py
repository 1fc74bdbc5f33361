"""Looks for a sequence in which a peer breaks something, and makes it as short as it can."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import hypothesis
from hypothesis import HealthCheck, Phase

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown, Undecided, Undocumented
from harness.machine.effects import Machine
from harness.protocols.update.fuzzing.agent_invariants import AGENT_INVARIANTS
from harness.protocols.update.fuzzing.device_invariants import DEVICE_INVARIANTS
from harness.protocols.update.fuzzing.invariant import FuzzedRun
from harness.protocols.update.fuzzing.script import scripts
from harness.protocols.update.fuzzing.step import Step
from harness.protocols.update.fuzzing.stepped_run import NAME, SteppedRun
from harness.protocols.update.judging.agent.episode import AgentEpisode, AgentRun
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode, UpdateDeviceRun
from harness.protocols.update.judging.episode import scenes_of
from harness.protocols.update.profile import Role, UpdateProfile
from harness.protocols.update.words.device_events import AgentEvent
from harness.protocols.update.words.spec import UpdateSpec
from harness.record.kinds import Record
from harness.record.left_out import NotApplicable, OutOfView

_UNDECIDED = (Undecided, CouldNotTest, NotShown, Undocumented, NotApplicable, OutOfView)
MachineMaker: TypeAlias = Callable[[], Machine[AgentEvent]]


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
    """`peer` makes a new one, as it is when it is switched on; `played` counts the sequences, shrinking included.

    `until_found`: how many were played when the first was accused.
    """

    peer: MachineMaker
    profile: UpdateProfile
    spec: UpdateSpec = UpdateSpec.DIAGRAMS
    played: int = 0
    until_found: int = 0
    _found: list[Accusation] = field(default_factory=list)

    def run(self, sequences: int, seed: int, *, shrinks: bool = True) -> Accusation | None:
        """The accusation; None if so many sequences brought out nothing. The same seed, the same sequences."""
        settings = hypothesis.settings(
            max_examples=sequences,
            database=None,
            deadline=None,
            derandomize=False,
            print_blob=False,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
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
        records = SteppedRun(self.peer(), self.profile, self.spec).run(script)
        told = next(self.broken_in(records), None)
        return Accusation(*told, tuple(script)) if told else None

    def broken_in(self, records: Sequence[Record]) -> Iterator[tuple[str, str]]:
        """Every requirement that is broken in the scenario of these records, and what happened."""
        for requirement, ask in self._questions(records):
            try:
                ask()
            except NotObserved as broken:
                yield requirement, str(broken)
            except _UNDECIDED:
                continue

    def _questions(self, records: Sequence[Record]) -> Iterator[tuple[str, Callable[[], None]]]:
        """The questions to these records, each with its requirement."""
        if self.profile.role is Role.AGENT:
            whole, scenes = scenes_of(records, AgentEpisode)
            agent = FuzzedRun(AgentRun(whole, scenes=scenes), scenes[NAME])
            yield from ((one.requirement, partial(one.ask, agent)) for one in AGENT_INVARIANTS)
        else:
            whole, episodes = scenes_of(records, UpdateDeviceEpisode)
            device = FuzzedRun(UpdateDeviceRun(whole, scenes=episodes), episodes[NAME])
            yield from ((one.requirement, partial(one.ask, device)) for one in DEVICE_INVARIANTS)

    def _try(self, script: list[Step]) -> None:
        accusation = self.accuse(script)
        wanted = self._found[0].requirement if self._found else None
        if accusation and wanted in (None, accusation.requirement):  # shrinking stays with what was found
            self.until_found = self.until_found or self.played
            self._found.append(accusation)
            raise _BrokenError
