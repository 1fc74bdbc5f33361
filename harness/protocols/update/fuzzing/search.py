"""Looks for a sequence in which an agent, or a device, breaks something."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import TypeAlias

from harness import fuzzing
from harness.fuzzing import broken
from harness.machine.effects import Machine
from harness.protocols.update.fuzzing.agent_invariants import AGENT_INVARIANTS
from harness.protocols.update.fuzzing.device_invariants import DEVICE_INVARIANTS
from harness.protocols.update.fuzzing.fuzzed_run import FuzzedRun
from harness.protocols.update.fuzzing.script import drawn, plainer
from harness.protocols.update.fuzzing.step import Step
from harness.protocols.update.fuzzing.stepped_run import NAME, SteppedRun
from harness.protocols.update.judging.agent.episode import AgentEpisode, AgentRun
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode, UpdateDeviceRun
from harness.protocols.update.judging.episode import scenes_of
from harness.protocols.update.profile import Role, UpdateProfile
from harness.protocols.update.words.device_events import AgentEvent
from harness.protocols.update.words.spec import UpdateSpec
from harness.record.kinds import Record

MachineMaker: TypeAlias = Callable[[], Machine[AgentEvent]]
Accusation: TypeAlias = fuzzing.Accusation[Step]


class Search(fuzzing.SequenceSearch[Step]):
    """`peer` makes a new one, as it is when it is switched on."""

    def __init__(self, peer: MachineMaker, profile: UpdateProfile, spec: UpdateSpec = UpdateSpec.DIAGRAMS) -> None:
        super().__init__()
        self._peer, self._profile, self._spec = peer, profile, spec

    @property
    def asked(self) -> frozenset[str]:
        """The requirements that a sequence is held against."""
        table = AGENT_INVARIANTS if self._profile.role is Role.AGENT else DEVICE_INVARIANTS
        return frozenset(one.requirement for one in table)

    def drawn(self, random: Random) -> Sequence[Sequence[Step]]:
        """A sequence for a peer of that profile."""
        return drawn(self._profile, random)

    def plainer(self, step: Step) -> Iterable[Step]:
        """The plainer forms of a desired state, or of a command."""
        return plainer(step)

    def first_broken(self, script: Sequence[Step]) -> tuple[str, str] | None:
        """The first requirement that is broken, and what happened."""
        return next(self.broken_in(SteppedRun(self._peer(), self._profile, self._spec).run(script)), None)

    def broken_in(self, records: Sequence[Record]) -> Iterator[tuple[str, str]]:
        """Every requirement that is broken in the scenario of these records, and what happened."""
        if self._profile.role is Role.AGENT:
            whole, scenes = scenes_of(records, AgentEpisode)
            return broken(AGENT_INVARIANTS, FuzzedRun(AgentRun(whole, scenes=scenes), scenes[NAME]))
        whole, episodes = scenes_of(records, UpdateDeviceEpisode)
        return broken(DEVICE_INVARIANTS, FuzzedRun(UpdateDeviceRun(whole, scenes=episodes), episodes[NAME]))
