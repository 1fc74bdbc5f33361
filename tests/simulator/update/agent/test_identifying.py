"""An agent's answer to a desired state."""

from dataclasses import replace

import pytest

from harness.payload.values import JSON
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.request import CHECKS, all_but
from simulator.update.agent.rules import KEPT, kept_but
from simulator.update.agent.setup import AgentSetup
from simulator.update.law import ORDER
from tests.simulator.update.agent.stepped import SYSTEM, WEB, SteppedAgent

F, P = FeedbackStatus, PhaseCommand
REST = {"web": "1.0", "store": "4.3"}
KEPT_AS_IT_IS = {"apps:web": "1.0", "apps:store": "4.3", "apps:system": "7"}


def test_every_change_is_identified_before_anything_is_done() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1", "new": "0.1"})
    agent.wait(100)

    assert [one.feedback.status for one in agent.said] == [F.IDENTIFYING, F.IDENTIFIED]
    assert "actions" not in agent.said[0].raw
    assert [(one.id, one.version, one.status) for one in agent.last.feedback.actions] == [
        ("apps:web", "1.1", ActionStatus.IDENTIFIED),
        ("apps:new", "0.1", ActionStatus.IDENTIFIED),
        ("apps:store", "4.3", ActionStatus.IDENTIFIED),
    ]
    assert agent.versions == KEPT_AS_IT_IS


def test_nothing_to_do_is_completed_at_once() -> None:
    agent = SteppedAgent()
    agent.desire("a", REST)
    agent.wait()

    assert agent.statuses == [F.IDENTIFYING, F.IDENTIFIED, F.COMPLETED]
    assert "actions" not in agent.last.raw
    assert agent.agent.activity is None


def test_component_of_the_system_is_never_removed() -> None:
    agent = SteppedAgent(components=(WEB, SYSTEM))
    agent.update({})

    assert agent.versions == {"apps:system": "7"}
    assert agent.statuses[-1] is F.COMPLETED


def test_component_that_is_so_already_is_not_touched() -> None:
    agent = SteppedAgent()
    agent.update({"web": "1.1", "store": "4.3"})

    assert agent.path("apps:store") == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "the desired state has no payload"),
        ({}, "the desired state has no domains"),
        ({"domains": []}, "one domain expected in desired state, 0 received"),
        ({"domains": [{"id": "apps", "components": []}] * 2}, "one domain expected in desired state, 2 received"),
        ({"domains": [{"id": "other", "components": []}]}, "domain id mismatch - expecting apps, received other"),
        ({"domains": [{"components": []}]}, "a domain has no id"),
        ({"domains": [{"id": "apps"}]}, "a domain has no components"),
        ({"domains": [{"id": "apps", "components": [{"id": "web"}]}]}, "a component has no version"),
        ({"domains": [{"id": "apps", "components": [{"version": "1.0"}]}]}, "a component has no id"),
        (
            {"domains": [{"id": "apps", "components": [{"id": "web", "version": 5}]}]},
            "payload.domains.0.components.0.version is 5; expected a string",
        ),
        (
            {"domains": [{"id": "apps", "components": [{"id": "web", "version": "1.0"}] * 2}]},
            "component web is there more than once",
        ),
        (
            {"domains": [{"id": "apps", "components": [{"id": "web", "version": "5.0"}]}]},
            "unknown version 5.0 of component apps:web",
        ),
        (
            {"domains": [{"id": "apps", "components": [{"id": "elsewhere", "version": "1"}]}]},
            "unknown component apps:elsewhere",
        ),
        (
            {
                "domains": [{"id": "apps", "components": [{"id": "web", "version": "1.1"}]}],
                "baselines": [{"title": "b", "components": ["apps:web", "apps:elsewhere"]}],
            },
            "baseline b has unknown component apps:elsewhere",
        ),
    ],
)
def test_desired_state_that_cannot_be_identified_is_refused(content: dict[str, JSON] | None, words: str) -> None:
    agent = SteppedAgent()
    agent.send(MessageKind.DESIRED_STATE, content, "a")
    agent.wait()

    assert agent.statuses == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]
    assert agent.last.feedback.message == words
    assert agent.versions == KEPT_AS_IT_IS
    assert agent.agent.activity is None


def test_every_check_has_something_to_refuse() -> None:
    assert len(CHECKS) == len(all_but(CHECKS[0])) + 1
    agent = SteppedAgent(kept_but(replace(KEPT.identifying, checks=())))
    agent.desire("a", {"web": "5.0"}, domain="other")
    agent.wait()

    assert agent.statuses[-1] is F.IDENTIFIED


@pytest.mark.parametrize("config", [{"port": "80"}, [{"key": "port", "value": "80"}]])
def test_config_is_taken_as_object_and_as_list(config: JSON) -> None:
    agent = SteppedAgent()
    component: JSON = {"id": "web", "version": "1.0", "config": config}
    store: JSON = {"id": "store", "version": "4.3"}
    agent.send(MessageKind.DESIRED_STATE, {"domains": [{"id": "apps", "components": [component, store]}]}, "a")
    agent.wait()
    agent.go(*ORDER)

    assert agent.statuses[-1] is F.COMPLETED
    assert agent.agent.stock["apps:web"].config == (("port", "80"),)


def test_fields_that_nobody_knows_are_left_alone() -> None:
    seen: list[tuple[str, ...]] = []
    agent = SteppedAgent(kept_but(replace(KEPT.identifying, checks=(*CHECKS, lambda one: seen.append(one.unknown)))))
    component: JSON = {"id": "web", "version": "1.0", "colour": "red"}
    store: JSON = {"id": "store", "version": "4.3"}
    domain: JSON = {"id": "apps", "components": [component, store], "x": 1}
    agent.send(MessageKind.DESIRED_STATE, {"domains": [domain], "y": {}}, "a")
    agent.wait()

    assert agent.statuses[-1] is F.COMPLETED
    assert seen == [("payload.y", "payload.domains.0.x", "payload.domains.0.components.0.colour")]


@pytest.mark.parametrize("retain", [False, True])
def test_desired_state_that_comes_again_is_executed_once(*, retain: bool) -> None:
    agent = SteppedAgent()
    agent.update({"web": "1.1", "store": "4.3"})
    count = len(agent.said)
    agent.desire("a", {"web": "1.0", "store": "4.3"}, retain=retain)
    agent.wait()

    assert len(agent.said) == count


def test_bare_desired_state_that_lies_there_is_executed_once() -> None:
    agent = SteppedAgent(setup=AgentSetup("apps", envelope=False))
    agent.update({"web": "1.1", "store": "4.3"}, activity="")
    count = len(agent.said)
    agent.desire("", {"web": "1.1", "store": "4.3"}, retain=True)
    agent.wait()

    assert count > 0
    assert len(agent.said) == count


def test_bare_messages_do_what_others_do() -> None:
    agent = SteppedAgent(setup=AgentSetup("apps", envelope=False))
    agent.desire("", {"web": "1.1", "store": "4.3"})
    agent.desire("", {"web": "1.1", "store": "4.3"})  # the same once more, while it is under way
    agent.wait()
    agent.go(*ORDER)

    assert agent.statuses[-1] is F.COMPLETED
    assert agent.statuses.count(F.IDENTIFYING) == 1
    assert agent.versions["apps:web"] == "1.1"


def test_second_desired_state_replaces_the_first_without_a_word() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1", "store": "4.4"})
    agent.wait()
    agent.command(P.DOWNLOAD)
    agent.wait(1)
    agent.desire("b", {"web": "1.0", "store": "4.4"})
    agent.wait()
    agent.go(P.UPDATE, activity="a")
    agent.go(*ORDER, activity="b")

    old = [one.feedback.status for one in agent.said if one.activity == "a"]
    new = [one.feedback.status for one in agent.said if one.activity == "b"]
    assert set(old) == {F.IDENTIFYING, F.IDENTIFIED, F.DOWNLOADING}
    assert (new[0], new[-1]) == (F.IDENTIFYING, F.COMPLETED)
    assert agent.versions["apps:store"] == "4.4"


def test_second_desired_state_is_rejected_where_the_profile_says_so() -> None:
    agent = SteppedAgent(setup=AgentSetup("apps", on_new_desired_state=OnNewDesiredState.REJECT))
    agent.desire("a", {"web": "1.1", "store": "4.3"})
    agent.wait()
    agent.desire("b", REST)
    agent.wait()

    assert (agent.last.activity, agent.last.feedback.status) == ("b", F.IDENTIFICATION_FAILED)
    assert agent.last.feedback.message == "Another update activity in progress - a"
    agent.go(*ORDER)
    assert (agent.last.activity, agent.last.feedback.status) == ("a", F.COMPLETED)


def test_second_desired_state_waits_where_the_profile_says_so() -> None:
    agent = SteppedAgent(setup=AgentSetup("apps", on_new_desired_state=OnNewDesiredState.QUEUE))
    agent.desire("a", {"web": "1.1", "store": "4.3"})
    agent.wait()
    agent.desire("b", REST)
    agent.wait()
    assert {one.activity for one in agent.said} == {"a"}

    agent.go(*ORDER)
    agent.go(*ORDER, activity="b")
    assert (agent.last.activity, agent.last.feedback.status) == ("b", F.COMPLETED)
    assert agent.versions == KEPT_AS_IT_IS


@pytest.mark.parametrize(
    "payload",
    [b"", b"{", b"null", b"[]", b"\xff\xfe", b"{}", b'{"activityId": 5}', b'{"activityId": null, "payload": {}}'],
)
@pytest.mark.parametrize("kind", [MessageKind.DESIRED_STATE, MessageKind.COMMAND])
def test_message_that_nobody_can_read_changes_nothing(kind: MessageKind, payload: bytes) -> None:
    agent = SteppedAgent()
    agent.hear(kind, payload)
    agent.desire("a", {"web": "1.1", "store": "4.3"})
    agent.hear(kind, payload)
    agent.wait()
    agent.hear(kind, payload)
    agent.go(*ORDER)
    agent.hear(kind, payload)

    assert {one.activity for one in agent.said} == {"a"}
    assert agent.statuses[-1] is F.COMPLETED
    assert agent.versions["apps:web"] == "1.1"


def test_message_of_another_domain_is_none_of_its_own() -> None:
    agent = SteppedAgent()
    payload = encoded({"domains": []}, activity="a", now=0, enveloped=True)
    other = SteppedAgent(setup=AgentSetup("other"))
    other.hear(MessageKind.DESIRED_STATE, payload)
    agent.setup = AgentSetup("other")
    agent.hear(MessageKind.DESIRED_STATE, payload)

    assert other.said
    assert not agent.said


def test_baselines_are_units_of_their_own() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1", "store": "4.4"}, Baseline("both", ("apps:web", "apps:store")))
    agent.wait()
    agent.go(*ORDER, baseline="both")

    assert {one.feedback.baseline for one in agent.said[2:-1]} == {"both"}
    assert (agent.last.feedback.baseline, agent.last.feedback.status) == (None, F.COMPLETED)
