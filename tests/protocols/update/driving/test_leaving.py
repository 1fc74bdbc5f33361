"""Nothing is left behind a run: neither versions nor retained messages, though it was interrupted."""

import json
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO

import pytest

from harness.clock import Clock
from harness.driving.progress import Progress, Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import Drive, Scenario
from harness.protocols.update.driving.agent.manager import TO_THE_END, Manager
from harness.protocols.update.driving.component_choice import other
from harness.protocols.update.driving.device.backend import Backend
from harness.protocols.update.words.device_events import AgentEvent
from harness.protocols.update.words.status import PhaseCommand
from harness.record.kinds import Record, Sent
from harness.record.trace import Recorder
from simulator.base.linked_device import LinkedDevice
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.changes import NeededChange, needed
from simulator.update.agent.components import Installed, SimulatedComponent, Stock
from simulator.update.agent.rules import KEPT, AgentRules, CommandRules, IdentifyingRules, kept_but
from simulator.update.agent_variations.variation import HEALTHY
from simulator.update.declared import DeviceFile
from simulator.update.device.rules import LeadingRules, ManagerRules
from simulator.update.device.rules import kept_but as device_kept_but
from simulator.update.device_variations.identification import own_agents
from simulator.update.device_variations.variation import HEALTHY as HEALTHY_DEVICE
from simulator.update.targets.agent import AGENT, UpdateAgentTarget
from simulator.update.targets.device import GATEWAY, UpdateDeviceTarget
from simulator.update.targets.linked_machines import linked_agent, simulated_agent

_NEVER_CLEANED_UP = kept_but(CommandRules(heeds=lambda arrival: arrival.command is not PhaseCommand.CLEANUP))


@dataclass(frozen=True)
class _SeenAgent(UpdateAgentTarget):
    """An agent that can be looked at behind the run."""

    machines: list[UpdateAgent] = field(default_factory=list, compare=False)

    @property
    def device(self) -> LinkedDevice[AgentEvent]:
        """The agent, made anew, and kept."""
        self.machines.append(simulated_agent(self.file, self.variation))
        return linked_agent(self.machines[-1], self.file, self.variation)

    @property
    def versions(self) -> dict[str, str]:
        """All that is installed."""
        return {name: one.version for name, one in self.machines[-1].stock.items()}


class _Told(Unseen):
    """Keeps what the operator is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def tell(self, line: str) -> None:
        """One line."""
        self.lines.append(line)


def _agent(rules: AgentRules = KEPT) -> _SeenAgent:
    return _SeenAgent("update-agent", DeviceFile.read(AGENT), replace(HEALTHY, rules=rules))


def _agent_with(version: str, declared: tuple[str, ...]) -> _SeenAgent:
    """One whose first component has that version, and another profile."""
    file = DeviceFile.read(AGENT)
    web, *others = file.components
    profile = replace(file.profile, components=(replace(file.profile.components[0], versions=declared),))
    there = replace(web, base=Installed(version, web.base.config if web.base else ()))
    return _SeenAgent("update-agent", replace(file, profile=profile, components=(there, *others)), HEALTHY)


def _device(rules: ManagerRules) -> UpdateDeviceTarget:
    return UpdateDeviceTarget("update-device", DeviceFile.read(GATEWAY), replace(HEALTHY_DEVICE, rules=rules))


def _but_first_versions(
    wanted: Stock, stock: Stock, known: Mapping[str, SimulatedComponent]
) -> tuple[NeededChange, ...]:
    first = "containers:web" in wanted and wanted["containers:web"].version == "1.0"
    return () if first else needed(wanted, stock, known)


def _told_and_desired(agent: _SeenAgent) -> tuple[list[str], list[dict[str, str]]]:
    """In a run in which a scenario only asks: what the operator is told, and the versions of each desired state."""

    async def asks(manager: Manager) -> None:
        await manager.asks_and_waits("question")

    told, recorder = _Told(), Recorder(StringIO())
    records = _play(asks, agent, recorder, told)
    desired = [
        json.loads(one.payload) for one in records if isinstance(one, Sent) and one.topic.endswith("/desiredstate")
    ]
    states = [one["payload"]["domains"][0]["components"] for one in desired]
    return told.lines, [{one["id"]: one["version"] for one in state} for state in states]


def _play(
    drive: Drive,
    target: _SeenAgent | UpdateDeviceTarget,
    recorder: Recorder | None = None,
    progress: Progress | None = None,
) -> Sequence[Record]:
    recorder, subject = recorder or Recorder(StringIO()), f"update-{target.profile.role}"
    plan = RunPlan(target, [Scenario("made_up", drive)], Clock.VIRTUAL, spec="desired-state", subject=subject)
    drive_target(plan, recorder, progress or Unseen())
    return recorder.records


def _component(manager: Manager | Backend) -> dict:  # type: ignore[type-arg]
    one = next(iter(manager.profile.settable))
    return {one: other(one)}


async def _updates(manager: Manager) -> None:
    await manager.desires(_component(manager), "update")
    await manager.until_identified()
    await manager.commands_through(*TO_THE_END)


async def _is_interrupted(manager: Manager) -> None:
    """The new version is activated, and Ctrl-C comes before it is cleaned up."""
    await manager.desires(_component(manager), "update")
    await manager.until_identified()
    await manager.commands_through(*TO_THE_END[:3])
    signal.raise_signal(signal.SIGINT)
    await manager.listen(60)


async def _leaves_a_message(manager: Manager) -> None:
    await manager.desires_payload(manager.state({}).as_json(), "retained", retain=True)
    await manager.until_identified()


async def _updates_its_own(backend: Backend) -> None:
    one = next(one for one in backend.profile.settable if one.domain == "containers")
    await backend.desires({one: other(one)}, "update")
    await backend.until_ended()


async def _updates_a_played_agent(backend: Backend) -> None:
    one = next(one for one in backend.profile.settable if one.domain == "lab")
    await backend.desires({one: other(one)}, "update")
    await backend.until_ended()


@pytest.mark.parametrize("rules", [KEPT, _NEVER_CLEANED_UP], ids=["healthy", "never cleaned up"])
def test_agent_has_its_first_versions_again_behind_a_run(rules: AgentRules) -> None:
    agent = _agent(rules)

    _play(_updates, agent)

    assert agent.versions == {"containers:web": "1.0", "containers:store": "4.3"}


@pytest.mark.parametrize("rules", [KEPT, _NEVER_CLEANED_UP], ids=["healthy", "never cleaned up"])
def test_agent_has_its_first_versions_again_behind_ctrl_c(rules: AgentRules) -> None:
    agent = _agent(rules)

    with pytest.raises(KeyboardInterrupt):
        _play(_is_interrupted, agent)

    assert agent.versions == {"containers:web": "1.0", "containers:store": "4.3"}


def test_component_that_may_not_be_changed_is_left_as_it_is() -> None:
    agent = _agent_with("1.1", ("1.0",))
    told, desired = _told_and_desired(agent)

    assert desired == []
    assert told == []
    assert agent.versions["containers:web"] == "1.1"


def test_first_version_of_the_profile_is_brought_about_and_that_is_said_once() -> None:
    agent = _agent_with("1.1", ("1.0", "1.1"))
    told, desired = _told_and_desired(agent)

    assert desired == [{"web": "1.0", "store": "4.3"}, {"web": "1.1", "store": "4.3"}]
    assert told == ["brought to the first versions of the profile: containers:web from 1.1 to 1.0"]
    assert agent.versions["containers:web"] == "1.1"


def test_agent_to_which_nothing_was_desired_is_told_nothing() -> None:
    async def asks(manager: Manager) -> None:
        await manager.asks_and_waits("question")

    agent = _agent()
    desired = [one.label for one in _play(asks, agent) if isinstance(one, Sent) and one.topic.endswith("/desiredstate")]

    assert desired == []


def test_message_that_was_left_retained_is_cleared() -> None:
    records = _play(_leaves_a_message, _agent())
    retained = [one for one in records if isinstance(one, Sent) and one.retain and one.topic.endswith("/desiredstate")]

    assert [bool(one.payload) for one in retained] == [True, False]


def test_played_agent_that_came_late_is_not_held_to_be_left_behind() -> None:
    told = _Told()
    records = _play(_updates_its_own, _device(HEALTHY_DEVICE.rules), progress=told)
    as_found = next(one for one in records if isinstance(one, Sent) and one.label == "as found")

    assert told.lines == []
    assert json.loads(as_found.payload)["payload"]["domains"][-1] == {
        "id": "field",
        "components": [{"id": "sensor", "version": "5"}],
    }


def test_component_that_a_device_does_not_put_back_is_told() -> None:
    told = _Told()
    _play(
        _updates_its_own,
        _device(device_kept_but(own_agents(IdentifyingRules(changes=_but_first_versions)))),
        None,
        told,
    )

    assert told.lines == ["the device is left otherwise than it was found: containers:web is 1.1, and was 1.0"]


def test_what_a_device_left_retained_for_played_agents_is_cleared() -> None:
    records = _play(_updates_a_played_agent, _device(device_kept_but(LeadingRules(retain=True))))
    cleared = {one.topic for one in records if isinstance(one, Sent) and one.retain and not one.payload}

    assert cleared >= {"labupdate/desiredstate", "labupdate/desiredstate/command"}
