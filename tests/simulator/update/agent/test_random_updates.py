"""An agent among random messages: it never raises, and nothing that it says is against the suites' law."""

import json
from collections.abc import Callable, Sequence
from random import Random

import pytest

from harness.payload.values import JSON
from harness.protocols.update.judging.law import ACTIONS, TERMINAL
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.device_events import Connected, Restarted
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.rules import KEPT, kept_but
from simulator.update.agent.setup import AgentSetup
from simulator.update.law import ORDER
from tests.hostile import PAYLOADS
from tests.simulator.update.agent.stepped import SteppedAgent

STEPS = 60
# Every version but one whose cleanup never ends: nothing but another desired state would bring an end.
WEB = (
    *("1.0", "1.1", "5.0"),
    *(f"fails-{one.lower()}" for one in PhaseCommand),
    *(f"hangs-{one.lower()}" for one in PhaseCommand if one is not PhaseCommand.CLEANUP),
)
ODD: Sequence[JSON] = (None, 5, -1, 1e300, True, "", "\x00", [], {}, [[]], {"id": {}}, [None], {"key": 1})


class _Manager:
    """It says anything at all, and now and then what goes on from where the agent is."""

    def __init__(self, agent: SteppedAgent, random: Random) -> None:
        self._agent, self._random, self._activities = agent, random, 0

    @property
    def _activity(self) -> str:
        return f"a{self._random.randint(max(0, self._activities - 1), self._activities)}"

    def desire(self) -> None:
        self._activities += self._random.random() < 0.7
        versions = {"web": self._random.choice(WEB), "store": self._random.choice(("4.3", "4.4")), "new": "0.1"}
        wanted = {name: one for name, one in versions.items() if self._random.random() < 0.8}
        names = [f"apps:{name}" for name in wanted if self._random.random() < 0.5]
        baselines = [Baseline("b", tuple(names))] if names else []
        config = {"web": (("port", self._random.choice(("80", "81"))),)}
        retain = self._random.random() < 0.1
        self._agent.desire(self._activity, wanted, *baselines, config=config, retain=retain)

    def command(self) -> None:
        command = self._random.choice([*PhaseCommand])
        baseline = self._random.choice((None, None, "b", "apps:web", "apps:remove-components", "x"))
        self._agent.command(command, self._activity, baseline, retain=self._random.random() < 0.1)

    def go_on(self) -> None:
        """The command that is next."""
        for command, behind in zip(ORDER, ("IDENTIFIED", "DOWNLOAD_SUCCESS", "UPDATE_SUCCESS"), strict=False):
            if behind in self._agent.agent.statuses:
                self._agent.command(command, self._agent.agent.activity or "")
                return
        self._agent.command(PhaseCommand.CLEANUP, self._agent.agent.activity or "")

    def ask(self) -> None:
        self._agent.send(MessageKind.CURRENT_STATE_GET, None, self._random.choice((None, "q")))

    def restart(self) -> None:
        if self._random.random() < 0.5:
            self._agent.meet(Restarted())
        self._agent.meet(Connected())

    def speak_at_random(self) -> None:
        kind = self._random.choice((MessageKind.DESIRED_STATE, MessageKind.COMMAND, MessageKind.CURRENT_STATE_GET))
        self._agent.hear(kind, self._random.choice((*PAYLOADS, self._odd())))

    def wait(self) -> None:
        self._agent.wait(self._random.choice((0.0, 0.1, 0.5, 2.0, 30.0)))

    def _odd(self) -> bytes:
        """A message with the fields that it should have, and anything at all in them."""
        odd = self._random.choice(ODD)
        components: JSON = [{"id": "web", "version": odd, "config": self._random.choice(ODD)}]
        domains: JSON = [{"id": "apps", "components": components if self._random.random() < 0.5 else odd}]
        body: JSON = {
            "command": self._random.choice(("DOWNLOAD", odd)),
            "baseline": self._random.choice(ODD),
            "baselines": self._random.choice(ODD),
            "domains": domains,
        }
        activity: JSON = self._random.choice((self._activity, odd))
        return json.dumps({"activityId": activity, "payload": self._random.choice((body, odd))}).encode()


def driven(seed: int, spec: UpdateSpec) -> SteppedAgent:
    """An agent that has met so much."""
    random = Random(seed)  # noqa: S311 - the same every time
    setup = AgentSetup("apps", on_new_desired_state=random.choice([*OnNewDesiredState]), spec=spec)
    at_once = random.random() < 0.3
    agent = SteppedAgent(kept_but(type(KEPT.executing)(at_once=at_once)), setup)
    manager = _Manager(agent, random)
    things: Sequence[Callable[[], None]] = (
        manager.desire,
        manager.command,
        manager.go_on,
        manager.go_on,
        manager.ask,
        manager.restart,
        manager.speak_at_random,
        manager.wait,
        manager.wait,
    )
    for _ in range(STEPS):
        random.choice(things)()
    for _ in range(10):  # whatever is under way, or waits, is cleaned up
        agent.wait()
        if agent.agent.activity is not None:
            agent.command(PhaseCommand.CLEANUP, agent.agent.activity)
    agent.wait()
    return agent


@pytest.mark.parametrize("spec", UpdateSpec)
def test_agent_keeps_the_suites_law_whatever_it_meets(spec: UpdateSpec) -> None:
    seen: set[ActionStatus] = set()
    ends: set[FeedbackStatus] = set()
    for seed in range(100):
        agent = driven(seed, spec)
        before: dict[tuple[object, object], ActionStatus] = {}
        ended: set[object] = set()
        for one in agent.said:
            assert one.activity not in ended, (seed, one)
            for action in one.feedback.actions:
                key = (one.activity, action.id)
                assert isinstance(action.status, ActionStatus)
                assert ACTIONS[spec].reaches(before.get(key), action.status), (seed, before.get(key), one)
                before[key] = action.status
                seen.add(action.status)
            if one.feedback.status in TERMINAL:
                assert isinstance(one.feedback.status, FeedbackStatus)
                ended.add(one.activity)
                ends.add(one.feedback.status)
        assert agent.agent.activity is None, seed
        assert agent.versions.get("apps:system") == "7"

    rare = {ActionStatus.REMOVAL_FAILURE} | ({ActionStatus.REMOVING} if spec is UpdateSpec.KANTO else set())
    assert seen | rare == {*ActionStatus}
    assert ends == {FeedbackStatus.COMPLETED, FeedbackStatus.INCOMPLETE, FeedbackStatus.IDENTIFICATION_FAILED}


def test_removal_that_is_aborted_is_told_of_as_one_that_failed() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.0"})
    agent.wait()
    agent.go(*ORDER[:3])
    agent.command(PhaseCommand.CLEANUP)
    agent.desire("b", {"web": "1.0", "store": "4.3"})
    agent.wait()

    assert agent.versions["apps:store"] == "4.3"
    assert agent.statuses[-1] is FeedbackStatus.COMPLETED
