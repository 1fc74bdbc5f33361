"""Each fault that spoils verdicts on an update agent or a device, amiss and sound, on a broker, in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from harness.doctor.diagnosis import Diagnosis, at_first_contact, diagnose
from harness.doctor.examination import Examination
from harness.doctor.problem import Party, Severity
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.update.words.spec import UpdateSpec
from harness.record.kinds import Began, Received
from harness.record.lines import FORMAT
from harness.target import Target, TargetOptions
from simulator.update.targets.agent import UpdateAgentTarget
from simulator.update.targets.device import UpdateDeviceTarget
from tests.protocols.replica.doctor.sites import Site, whats

ORDERS = "containersupdate/desiredstate"
SOUND = {
    "it speaks",
    "no other update manager answers",
    "nobody else speaks to GATEWAY-1",
    "nothing lies retained but current states",
    "every deadline is given",
}


def _agent() -> UpdateAgentTarget:
    return UpdateAgentTarget.from_option("", TargetOptions(spec=UpdateSpec.DIAGRAMS))


def _device() -> UpdateDeviceTarget:
    return UpdateDeviceTarget.from_option("", TargetOptions(spec=UpdateSpec.DIAGRAMS))


def _examined(site: Site) -> Diagnosis:
    subject = "update-agent" if isinstance(site.there, UpdateAgentTarget) else "update-device"
    return diagnose(Examination(site, lambda _line: None, UpdateSpec.DIAGRAMS, subject=subject).make())


def _publishing(topic: str, payload: bytes) -> Callable[[Endpoint], Awaitable[None]]:
    async def go_on(endpoint: Endpoint) -> None:
        async with connect(endpoint, "stranger") as link:
            while True:
                await asyncio.sleep(1)
                await link.publish(topic, payload)

    return go_on


@pytest.mark.parametrize(
    ("target", "more"), [(_agent(), set()), (_device(), {"no agent is there that is to be played"})]
)
def test_subject_that_is_alone_with_us_has_nothing_amiss(target: Target, more: set[str]) -> None:
    found = _examined(Site(target))

    assert whats(found) == []
    assert (SOUND | more) <= set(found.sound)


@pytest.mark.parametrize(
    ("target", "where"), [(_agent(), "containers: the current"), (_device(), "device: the current")]
)
def test_topic_at_which_nobody_listens(target: Target, where: str) -> None:
    found = _examined(Site(target, is_on=False))

    assert found.problems[0].weight is Severity.BLOCKING
    assert f"nobody listens at the topics of the domain {where} state of GATEWAY-1" in found.problems[0].what
    assert "it speaks" not in found.sound


def test_current_state_that_lies_retained_is_nobody_who_listens() -> None:
    found = _examined(Site(_agent(), is_on=False, lies={"containersupdate/currentstate": b'{"payload": {}}'}))

    [problem] = found.problems
    assert "nobody listens" in problem.what


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        (ORDERS, b'{"activityId": "theirs", "payload": {"domains": "\x1b<b>"}}'),
        (f"{ORDERS}/command", b'{"payload": {"command": "DOWNLOAD"}}'),
        ("containersupdate/currentstate/get", b""),
    ],
)
def test_second_manager_that_speaks_to_the_agent(topic: str, payload: bytes) -> None:
    found = _examined(Site(_agent(), meanwhile=_publishing(topic, payload)))

    [problem] = found.problems
    assert (problem.whose, problem.weight) == (Party.NETWORK, Severity.GRAVE)
    assert f"somebody else publishes at {topic} (" in problem.what
    assert "\x1b" not in problem.what
    assert "nobody else speaks to GATEWAY-1" not in found.sound


def test_second_manager_that_answers_for_its_device() -> None:
    found = _examined(Site(_agent(), others=(_device(),)))

    [problem] = [one for one in found.problems if "answers" in one.what]
    assert "an update manager is on this broker already, and answers at deviceupdate/currentstate" in problem.what
    assert "stop that one" in problem.mend
    assert "no other update manager answers" not in found.sound


def test_manager_of_which_only_a_current_state_is_left_answers_nothing() -> None:
    assert whats(_examined(Site(_agent(), lies={"deviceupdate/currentstate": b'{"payload": {}}'}))) == []


def test_second_backend_and_an_agent_that_is_to_be_played() -> None:
    backend = _examined(Site(_device(), meanwhile=_publishing("deviceupdate/desiredstate", b"{}")))
    agent = _examined(Site(_device(), meanwhile=_publishing("labupdate/desiredstatefeedback", b"{}")))

    assert ["somebody else publishes at deviceupdate/desiredstate" in one for one in whats(backend)] == [True]
    assert ["an agent speaks at labupdate/desiredstatefeedback" in one for one in whats(agent)] == [True]
    assert "no agent is there that is to be played" not in agent.sound


@pytest.mark.parametrize(
    ("topic", "weight", "words"),
    [
        (ORDERS, Severity.GRAVE, "a desired state lies retained at "),
        (f"{ORDERS}/command", Severity.GRAVE, "a command lies retained at "),
        ("containersupdate/desiredstatefeedback", Severity.MINOR, "feedback lies retained at "),
    ],
)
def test_leftovers_are_told_with_what_clears_them(topic: str, weight: Severity, words: str) -> None:
    found = _examined(Site(_agent(), lies={topic: b'{"payload": {}}', "labupdate/desiredstate": b"{}"}))

    [problem] = found.problems
    assert (problem.weight, words + topic in problem.what) == (weight, True)
    assert f"-t {topic} -r -n" in problem.mend
    assert "nothing lies retained but current states" not in found.sound


def test_deadlines_that_are_lacking_are_named() -> None:
    began = _began(deadlines={"identify": 5, "download": 20})

    [problem] = at_first_contact([began, _spoken()])

    assert "no deadline for update, activate, cleanup, rollback, current_state" in problem.what
    assert at_first_contact([_began(), _spoken()]) == []


def test_run_that_meets_an_agent_by_what_lay_retained_accuses_it_of_no_silence() -> None:
    assert at_first_contact([_began(), replace(_spoken(), retain=True)]) == []
    assert "nobody listens" in at_first_contact([_began()])[0].what


def _began(**changed: object) -> Began:
    profile = {**_agent().profile.as_dict(), **changed}
    return Began(0.0, FORMAT, "0", UpdateSpec.DIAGRAMS, "virtual", "mqtt://", profile, subject="update-agent")


def _spoken() -> Received:
    return Received(1.0, "containersupdate/currentstate", b"{}", retain=False, connection="requester")
