"""Facts that the questions to a sequence go by: each once accused a peer that conforms, or missed one that does not."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from harness.fuzzing import chance
from harness.machine.effects import Effect, Machine, Publish
from harness.protocols.update.driving.device.faults import IDENTIFY, FailsIn, LateIn
from harness.protocols.update.fuzzing.fuzzed_run import end_of
from harness.protocols.update.fuzzing.script import drawn
from harness.protocols.update.fuzzing.search import Search
from harness.protocols.update.fuzzing.step import Commands, Desires, DesiresAgain, Step, Suffers, Wait
from harness.protocols.update.fuzzing.stepped_run import NAME, SteppedRun
from harness.protocols.update.judging.agent.episode import AgentEpisode
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode
from harness.protocols.update.judging.episode import scenes_of
from harness.protocols.update.words.desired_state import DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.device_events import AgentEvent
from harness.protocols.update.words.envelope import read_message
from harness.protocols.update.words.feedback import read_feedback
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Received, Record, Sent
from harness.target import TargetOptions
from simulator.update.targets.agent import UpdateAgentTarget
from simulator.update.targets.device import UpdateDeviceTarget

AGENT = UpdateAgentTarget.from_option("", TargetOptions(spec=UpdateSpec.DIAGRAMS))
DEVICE = UpdateDeviceTarget.from_option("", TargetOptions(spec=UpdateSpec.DIAGRAMS))
LED = (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE, PhaseCommand.CLEANUP)


@dataclass
class _SaysTwice:
    """A machine whose every message is delivered twice."""

    machine: Machine[AgentEvent]

    def receive(self, event: AgentEvent, now: float) -> list[Effect]:
        return _twice(self.machine.receive(event, now))

    def wake(self, now: float) -> list[Effect]:
        return _twice(self.machine.wake(now))


def _twice(effects: Sequence[Effect]) -> list[Effect]:
    return [one for effect in effects for one in [effect] * (2 if isinstance(effect, Publish) else 1)]


def _desires(target: UpdateAgentTarget | UpdateDeviceTarget, *left_out: str) -> Desires:
    """The newest version of every component."""
    profile = target.profile
    wanted = [one for one in profile.components if one.id not in left_out]
    domains = (
        DesiredDomain(
            domain, tuple(DesiredComponent(one.name, one.versions[-1]) for one in wanted if one.domain == domain)
        )
        for domain in profile.domains
    )
    return Desires(DesiredState(tuple(domains)))


def _played(
    target: UpdateAgentTarget | UpdateDeviceTarget,
    *steps: Step,
    made: Callable[[Machine[AgentEvent]], Machine[AgentEvent]] = lambda machine: machine,
) -> Sequence[Record]:
    return SteppedRun(made(target.machine()), target.profile, UpdateSpec.DIAGRAMS).run(steps)


def _told(target: UpdateDeviceTarget, *steps: Step) -> set[str]:
    search = Search(target.machine, target.profile)
    return {requirement for requirement, _ in search.broken_in(_played(target, *steps))}


def test_end_that_is_delivered_again_is_its_last_delivery() -> None:
    """Bare feedback has no timestamp by which a delivery could be told from another."""
    bare = AGENT.varied("without-envelopes")
    led = [step for command in LED for step in (Commands(command), Wait(8))]

    records = _played(bare, _desires(bare), Wait(8), *led, made=_SaysTwice)

    [activity] = scenes_of(records, AgentEpisode)[1][NAME].activities
    deliveries = [one.place for one in activity.said if one.feedback and one.feedback.spelling == "COMPLETED"]
    end = end_of(activity)
    assert len(deliveries) == 2
    assert end is not None
    assert end.place == deliveries[-1]


def test_feedback_that_is_delivered_again_stays_where_it_came_first() -> None:
    records = [*_played(AGENT, _desires(AGENT), Wait(8))]
    first = next(one for one in records if isinstance(one, Received) and one.topic.endswith("feedback"))

    records.insert(len(records) - 2, first)

    feedback = scenes_of(records, AgentEpisode)[1][NAME].history.feedback
    assert [one.place for one in feedback] == sorted(one.place for one in feedback)
    assert feedback[0].payload == first.payload


@pytest.mark.parametrize("fault", [LateIn(IDENTIFY, 3.0), FailsIn(IDENTIFY)])
def test_owner_s_answer_disturbs_no_identification(fault: LateIn | FailsIn) -> None:
    """The device asks the owner before it commands: who looks at what is undisturbed looks at that, too."""
    hasty = DEVICE.varied("commands-before-all-are-identified")
    script = (Suffers("lab", fault), Wait(1), _desires(DEVICE), Wait(30))

    assert ("device-agents.all-identified" in _told(hasty, *script)) is isinstance(fault, LateIn)
    assert _told(DEVICE, *script) == set()


def test_played_agent_names_the_version_that_it_removes() -> None:
    lab = next(one.id for one in DEVICE.profile.components if one.domain == "lab")

    records = _played(DEVICE, _desires(DEVICE, lab), Wait(30))

    topic = DEVICE.profile.topic(MessageKind.FEEDBACK, "lab")
    bodies = [
        read_message(one.payload, enveloped=True).body
        for one in records
        if isinstance(one, Sent) and one.topic == topic
    ]
    actions = [action for body in bodies if body for action in read_feedback(body).actions]
    assert {(action.id, action.version) for action in actions} == {(lab, "1")}


def test_removal_on_a_played_agent_completes() -> None:
    lab = next(one.id for one in DEVICE.profile.components if one.domain == "lab")

    records = _played(DEVICE, _desires(DEVICE, lab), Wait(30))

    [activity] = scenes_of(records, UpdateDeviceEpisode)[1][NAME].activities
    end = end_of(activity)
    assert end is not None
    assert end.feedback is not None
    assert end.feedback.spelling == "COMPLETED"


def test_device_is_asked_for_its_state_once_its_agents_have_shown_theirs() -> None:
    """One that shows its state only when it is asked knows of its agents' components by then."""
    records = [one for one in _played(DEVICE) if isinstance(one, Sent)]

    question = next(place for place, one in enumerate(records) if one.label == "first contact")
    shown = {one.topic for one in records[:question] if one.topic.endswith("/currentstate")}
    assert shown == {DEVICE.profile.topic(MessageKind.CURRENT_STATE, domain) for domain in DEVICE.profile.played}


def test_running_behind_the_end_is_no_second_execution() -> None:
    """RUNNING behind the end, before the desired state comes again, has another cause."""
    late = DEVICE.varied("running-behind-the-end")

    told = _told(late, _desires(DEVICE), Wait(30), DesiresAgain(), Wait(30))

    assert "device-end.silence" in told
    assert "device-end.executed-once" not in told


_DRAWN = """
from harness.fuzzing import chance
from harness.protocols.update.fuzzing.script import drawn
from harness.target import TargetOptions
from simulator.update.targets.device import UpdateDeviceTarget
profile = UpdateDeviceTarget.from_option("", TargetOptions()).profile
print([drawn(profile, chance(3, number)) for number in range(20)])
"""


@pytest.mark.small_process
@pytest.mark.parametrize("hashes", ["1", "2"])
def test_seed_gives_the_same_sequences_in_every_process(hashes: str) -> None:
    done = subprocess.run(  # noqa: S603 - this Python, and a program of ours
        [sys.executable, "-c", _DRAWN],
        env={**os.environ, "PYTHONHASHSEED": hashes},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == str([drawn(DEVICE.profile, chance(3, number)) for number in range(20)])
