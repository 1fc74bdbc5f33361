"""Whole updates of the pure agent and the pure device, with no broker and no loop; and their suites in virtual time."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.figure import Figure
from benchmarks.pytest_run import SpoiltError, pytest_run
from benchmarks.rate import per_second
from harness.files.data import data
from harness.machine.effects import Effect, Publish, WakeAt
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.desired_state import DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.device_events import Connected, HeardMessage
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.components import SimulatedComponent
from simulator.update.agent_variations.variation import HEALTHY as HEALTHY_AGENT
from simulator.update.declared import DeviceFile
from simulator.update.device.device import UpdateDevice
from simulator.update.device_variations.variation import HEALTHY as HEALTHY_DEVICE
from simulator.update.targets.linked_machines import manager_setup_of, setup_of, simulated_agent, simulated_device

_BIRTHDAY = 1_767_225_600.0  # any time will do
_TIMES, _RUNS = 200, 3
_COMMANDS = (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE, PhaseCommand.CLEANUP)
_DEVICE_AIM = 2_500  # updates a second
_SUITES = {"agent": "update-agent", "device": "update-device"}


def figures() -> Iterator[Figure]:
    """Every update goes through all phases, and takes both components to their other version, or back."""
    yield _figure("pure update agent, 2 components", _agent)
    yield _figure("pure device, 2 agents, 2 components", _device, f"{_DEVICE_AIM:,} updates/s")
    for name, target in _SUITES.items():
        runs = [pytest_run(suites=f"suites/update/{name}", device=target) for _ in range(_RUNS)]
        times = sorted(run.seconds for run in runs)
        spread = f"{times[_RUNS // 2]:.2f} s ({times[0]:.2f} to {times[-1]:.2f})"
        yield Figure(f"suites of an update {name} on sim, {_RUNS} runs", spread, "under 5 s")


@dataclass
class _Stepped:
    """A machine that is stepped as fast as it goes, and what it is told. `said`: how many messages it has published.

    `completed`: how many of those say that an update is COMPLETED.
    """

    machine: UpdateAgent | UpdateDevice
    messages: Sequence[HeardMessage]
    now: float = _BIRTHDAY
    alarm: float = math.inf
    said: int = 0
    completed: int = 0

    def live(self) -> None:
        """Each message comes when it is done with the one before."""
        self._note(self.machine.receive(Connected(), self.now))
        for message in self.messages:
            self._note(self.machine.receive(message, self.now))
            while self.alarm < math.inf:
                self.now = self.alarm
                self._note(self.machine.wake(self.now))

    def _note(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self.alarm = time
                case Publish(payload=payload):
                    self.said += 1
                    self.completed += b'"COMPLETED"' in payload


def _figure(what: str, prepare: Callable[[], _Stepped], aim: str = "") -> Figure:
    once = prepare()
    once.live()
    if once.completed != _TIMES:
        raise SpoiltError([what], 0, f"only {once.completed} of {_TIMES} updates were COMPLETED")
    rate = per_second(_TIMES, lambda: prepare().live)
    return Figure(what, f"{rate:,.0f} updates/s ({once.said / _TIMES:.0f} messages each)", aim)


def _agent() -> _Stepped:
    """It is told by a manager what is desired, and commanded each phase."""
    file = DeviceFile.read(data("update", "devices", "agent.toml"), UpdateSpec.DIAGRAMS)
    file = replace(file, components=tuple(one for one in file.components if one.base and len(one.versions) > 1)[:2])
    setup = setup_of(file)
    messages = []
    for number in range(_TIMES):
        desired = encoded(
            _desired(file.components, number).as_json(), activity=f"a{number}", now=_BIRTHDAY, enveloped=True
        )
        messages.append(HeardMessage(setup.topic(MessageKind.DESIRED_STATE), desired))
        for command in _COMMANDS:
            told = encoded(command_message(command).as_json(), activity=f"a{number}", now=_BIRTHDAY, enveloped=True)
            messages.append(HeardMessage(setup.topic(MessageKind.COMMAND), told))
    return _Stepped(simulated_agent(file, HEALTHY_AGENT), messages)


def _device() -> _Stepped:
    """It is told by a backend what is desired; its manager leads two agents of its own."""
    file = DeviceFile.read(data("update", "devices", "gateway.toml"), UpdateSpec.DIAGRAMS).alone
    chosen = {one.domain: one for one in file.components}  # one of each agent's
    components = tuple(chosen.values())[:2]
    own = {one.id for one in components}
    declared = tuple(one for one in file.profile.components if one.id in own)
    file = replace(file, components=components, profile=replace(file.profile, components=declared))
    topic = manager_setup_of(file).topic(MessageKind.DESIRED_STATE)
    told = [
        encoded(_desired(components, number).as_json(), activity=f"a{number}", now=_BIRTHDAY, enveloped=True)
        for number in range(_TIMES)
    ]
    return _Stepped(simulated_device(file, HEALTHY_DEVICE), [HeardMessage(topic, one) for one in told])


def _desired(components: Sequence[SimulatedComponent], number: int) -> DesiredState:
    """The other version of each, or the first one again."""
    domains: dict[str, list[DesiredComponent]] = {}
    for one in components:
        version = one.versions[(number + 1) % 2]
        domains.setdefault(one.domain, []).append(DesiredComponent(one.id.partition(":")[2], version))
    return DesiredState(tuple(DesiredDomain(name, tuple(wanted)) for name, wanted in domains.items()))
