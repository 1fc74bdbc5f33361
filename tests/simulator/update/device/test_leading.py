"""A device leads agents that the test plays: slices, phases, failures, silence, and what is odd."""

import math

import pytest

from harness.payload.values import JSON
from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.device_events import HeardMessage
from harness.protocols.update.words.status import PHASES, PhaseCommand
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.setup import ManagerSetup
from tests.simulator.update.device.stepped import PLAYED, SteppedDevice

_BOTH = {"lab": {"one": "2"}, "field": {"one": "2"}}
_DONE = {P.DOWNLOAD: A.DOWNLOAD_SUCCESS, P.UPDATE: A.UPDATE_SUCCESS, P.ACTIVATE: A.ACTIVATION_SUCCESS}
_ALL = ["DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP"]


def _begun(*domains: str, setup: ManagerSetup = PLAYED) -> SteppedDevice:
    stepped = SteppedDevice(setup)
    stepped.desire({name: {"one": "2"} for name in domains or ("lab", "field")})
    return stepped


def _identified(*domains: str) -> SteppedDevice:
    stepped = _begun(*domains)
    stepped.identify(*(domains or ("lab", "field")))
    return stepped


def _answers(stepped: SteppedDevice, domain: str, *commands: PhaseCommand) -> None:
    for command in commands:
        actions = {f"{domain}:one": _DONE[command]} if command in _DONE else None
        stepped.agent(domain, PHASES[command].success, actions)
        stepped.wait(1)


def test_agents_get_their_own_slices() -> None:
    stepped = SteppedDevice(PLAYED)
    stepped.desire(_BOTH, Baseline("both", ("lab:one", "field:one")), Baseline("field", ("field:one",)))

    (told,) = stepped.told_of(MessageKind.DESIRED_STATE, "lab")
    assert told.activity == "a"
    assert told.payload == {
        "baselines": [{"title": "both", "components": ["lab:one"]}],
        "domains": [{"id": "lab", "components": [{"id": "one", "version": "2"}]}],
    }


def test_agents_are_told_nothing_of_other_domains_alone() -> None:
    stepped = _begun("lab")

    assert not stepped.told_of(MessageKind.DESIRED_STATE, "field")


def test_no_command_comes_before_all_are_identified() -> None:
    stepped = _begun()
    stepped.identify("lab")

    assert stepped.commands("lab") == []
    assert stepped.statuses() == [F.IDENTIFYING]

    stepped.identify("field")
    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING]
    assert stepped.commands("lab") == stepped.commands("field") == ["DOWNLOAD"]


def test_no_command_comes_where_one_cannot_identify() -> None:
    stepped = _begun()
    stepped.agent("lab", "IDENTIFICATION_FAILED", message="no such thing")
    stepped.identify("field")

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]
    assert stepped.last.feedback.message == "[lab] no such thing"
    stepped.wait()
    assert stepped.commands("lab") + stepped.commands("field") == []


def test_phases_are_gone_through_together() -> None:
    stepped = _identified()
    _answers(stepped, "lab", P.DOWNLOAD)
    assert stepped.commands("lab") == ["DOWNLOAD"]

    _answers(stepped, "field", P.DOWNLOAD)
    assert stepped.commands("lab") == stepped.commands("field") == ["DOWNLOAD", "UPDATE"]


def test_agent_without_actions_gets_no_command() -> None:
    stepped = _begun()
    stepped.agent("lab", "IDENTIFIED", [])
    stepped.agent("lab", "COMPLETED", [])
    stepped.identify("field")
    _answers(stepped, "field", *_DONE, P.CLEANUP)
    stepped.wait()

    assert stepped.commands("lab") == []
    assert stepped.commands("field") == _ALL
    assert stepped.last.status is F.COMPLETED


@pytest.mark.parametrize("command", _DONE)
def test_failing_agent_is_cleaned_up_and_others_go_on(command: PhaseCommand) -> None:
    stepped = _identified()
    phases = [*_DONE]
    for phase in phases:
        if phase is command:
            stepped.agent("lab", PHASES[phase].failure, message="broken")
            assert stepped.commands("lab")[-1] == "CLEANUP"
            _answers(stepped, "lab", P.CLEANUP)
        elif phases.index(phase) < phases.index(command):
            _answers(stepped, "lab", phase)
        _answers(stepped, "field", phase)
    _answers(stepped, "field", P.CLEANUP)
    stepped.wait()

    assert stepped.commands("field") == _ALL
    assert stepped.last.status is F.INCOMPLETE
    assert "[lab] " in str(stepped.last.feedback.message)
    assert "broken" in str(stepped.last.feedback.message)


def test_silent_agent_fails_the_identification_in_time() -> None:
    stepped = _begun()
    stepped.identify("field")
    stepped.wait(60)

    assert stepped.last.status is F.IDENTIFICATION_FAILED
    assert "no answer in time" in str(stepped.last.feedback.message)


@pytest.mark.parametrize("phase", [P.DOWNLOAD, P.UPDATE, P.ACTIVATE, P.CLEANUP])
def test_silent_agent_leaves_the_whole_incomplete(phase: PhaseCommand) -> None:
    stepped = _identified("lab")
    phases = [*_DONE, P.CLEANUP]
    _answers(stepped, "lab", *phases[: phases.index(phase)])
    stepped.wait(300)

    assert stepped.statuses()[-1] is F.INCOMPLETE
    assert stepped.device.activity is None


@pytest.mark.parametrize("status", ["REPAINTED", "completed", ""])
def test_unknown_status_changes_nothing(status: str) -> None:
    stepped = _identified("lab")
    stepped.agent("lab", status, {"lab:one": A.DOWNLOADING})
    stepped.wait(5)

    assert stepped.path("lab:one") == [A.IDENTIFIED]


def test_feedback_on_another_activity_changes_nothing() -> None:
    stepped = _identified("lab")
    stepped.agent("lab", "DOWNLOAD_FAILURE", {"lab:one": A.DOWNLOAD_FAILURE}, activity="b")
    stepped.wait(5)

    assert stepped.commands("lab") == ["DOWNLOAD"]
    assert stepped.path("lab:one") == [A.IDENTIFIED]


@pytest.mark.parametrize(
    "actions",
    [
        [{"status": "DOWNLOADING"}],
        [{"component": None, "status": "DOWNLOADING"}],
        [{"component": {"id": "lab:one", "version": 7}, "status": "DOWNLOADING"}],
        [{"component": {"id": "lab:one", "version": ""}, "status": "DOWNLOADING"}],
        [{"component": {"id": "lab:one", "version": "2"}, "status": "REPAINTED"}],
        [{"component": {"id": "lab:one", "version": "2"}, "status": "DOWNLOADING", "progress": 300}],
        [{"component": {"id": "lab:one", "version": "2"}, "status": "DOWNLOADING", "progress": "79"}],
        [{"component": {"id": "apps:web", "version": "2"}, "status": "DOWNLOADING"}],
        [None, 7, "x"],
        {"component": {}},
        "all",
    ],
)
def test_broken_actions_are_left_out(actions: JSON) -> None:
    stepped = _identified("lab")
    stepped.agent("lab", "DOWNLOADING", actions)  # type: ignore[arg-type]  # anything may come
    stepped.wait(5)

    assert stepped.path("lab:one") == [A.IDENTIFIED]
    assert [one.id for one in stepped.last.feedback.actions] == ["lab:one"]


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"null", b'{"activityId": 7, "payload": "x"}', b"\xff\x00"])
@pytest.mark.parametrize("kind", [MessageKind.FEEDBACK, MessageKind.CURRENT_STATE])
def test_malformed_messages_of_agents_do_no_harm(kind: MessageKind, payload: bytes) -> None:
    stepped = _identified("lab")
    stepped.meet(HeardMessage(PLAYED.topic(kind, "lab"), payload))
    _answers(stepped, "lab", *_DONE, P.CLEANUP)
    stepped.wait()

    assert stepped.last.status is F.COMPLETED


def test_answer_that_comes_twice_counts_once() -> None:
    stepped = _identified("lab")
    for phase in (*_DONE, P.CLEANUP):
        _answers(stepped, "lab", phase, phase)
    stepped.wait()

    assert stepped.commands("lab") == _ALL
    assert [one.status for one in stepped.said].count(F.COMPLETED) == 1


def test_feedback_on_a_baseline_does_not_end_the_phase() -> None:
    stepped = _identified("lab")
    stepped.agent("lab", "DOWNLOAD_SUCCESS", {"lab:one": A.DOWNLOAD_SUCCESS}, baseline="lab:one")
    stepped.wait(5)

    assert stepped.commands("lab") == ["DOWNLOAD"]
    assert stepped.path("lab:one") == [A.IDENTIFIED, A.DOWNLOAD_SUCCESS]


def test_retained_feedback_is_of_another_time() -> None:
    stepped = _identified("lab")
    stepped.agent("lab", "DOWNLOAD_SUCCESS", retain=True)

    assert stepped.commands("lab") == ["DOWNLOAD"]


def test_action_that_has_not_ended_well_makes_the_whole_incomplete() -> None:
    stepped = _identified("lab")
    for command in (*_DONE, P.CLEANUP):
        stepped.agent("lab", PHASES[command].success)
    stepped.wait()

    assert stepped.last.status is F.INCOMPLETE
    assert "lab:one" in str(stepped.last.feedback.message)


def test_component_that_is_neither_as_before_nor_as_desired_is_inconsistent() -> None:
    stepped = SteppedDevice(PLAYED)
    stepped.shows("lab", {"one": "1"})
    stepped.desire({"lab": {"one": "2"}})
    stepped.identify("lab")
    _answers(stepped, "lab", P.DOWNLOAD, P.UPDATE)
    stepped.agent("lab", "ACTIVATION_FAILURE", {"lab:one": A.ACTIVATION_FAILURE})
    _answers(stepped, "lab", P.CLEANUP)
    assert stepped.device.status is F.RUNNING
    stepped.shows("lab", {"one": "half"})

    assert stepped.statuses()[-1] is F.INCOMPLETE_INCONSISTENT
    assert stepped.shown[-1][1].versions()["lab:one"] == "half"


def test_nothing_is_said_behind_the_end() -> None:
    stepped = _identified("lab")
    _answers(stepped, "lab", *_DONE, P.CLEANUP)
    stepped.wait()
    count = len(stepped.said)
    stepped.agent("lab", "COMPLETED", {"lab:one": A.UPDATE_FAILURE})
    stepped.agent("lab", "INCOMPLETE")
    stepped.wait(math.nextafter(300, 0))

    assert len(stepped.said) == count


def test_inventory_of_a_played_agent_is_part_of_the_whole() -> None:
    stepped = SteppedDevice(PLAYED)
    stepped.shows("lab", {"one": "1"})

    activity, inventory, _ = stepped.shown[-1]
    assert activity == ""
    assert inventory.versions()["lab:one"] == "1"
    count = len(stepped.shown)
    stepped.shows("lab", {"one": "1"})
    assert len(stepped.shown) == count


def test_inventory_of_an_agent_that_goes_in_a_circle_is_straightened() -> None:
    stepped = SteppedDevice(PLAYED)
    nodes: list[JSON] = [{"id": "x"}, {"id": "y"}, {"id": "x"}, {"id": 7}, {"id": "device-update-manager"}]
    edges: list[JSON] = [
        {"sourceId": "x", "targetId": "y"},
        {"sourceId": "y", "targetId": "x"},
        {"sourceId": "x", "targetId": "gone"},
        {"sourceId": "y", "targetId": "device-update-manager"},
    ]
    stepped.send(MessageKind.CURRENT_STATE, {"softwareNodes": nodes, "associations": edges}, "", "lab")

    inventory = stepped.shown[-1][1]
    ids = [one.id for one in inventory.software]
    assert len(ids) == len(set(ids))
    ours = {(one.source, one.target) for one in inventory.associations if "x" in (one.source, one.target)}
    assert ours == {("device-update-manager", "x"), ("x", "y")}
