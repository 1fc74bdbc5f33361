"""An owner who is asked, a second desired state, messages that come again, and a device that was away."""

import pytest

from harness.machine.effects import Rejoin
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.device_events import Connected, HeardMessage, Reset, Restarted
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.setup import ManagerSetup
from tests.simulator.update.device.stepped import NOW, OWN, SteppedDevice

_NEW = {"apps": {"web": "1.1", "store": "4.3"}, "self-update": {"os": "21"}}
_OTHER = {"apps": {"web": "1.0", "store": "4.4"}, "self-update": {"os": "20"}}


def _asked(*consent: P) -> SteppedDevice:
    stepped = SteppedDevice(ManagerSetup(own=OWN, consent=consent))
    stepped.desire(_NEW)
    stepped.wait(10)
    return stepped


def _answer(stepped: SteppedDevice, status: str, activity: str = "a", *, retain: bool = False) -> None:
    stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": status}, activity, retain=retain)


def test_owner_is_asked_for_the_command() -> None:
    stepped = _asked(P.DOWNLOAD)

    (asked,) = stepped.told_of(MessageKind.OWNER_CONSENT)
    assert (asked.activity, asked.payload) == ("a", {"command": "DOWNLOAD"})
    assert stepped.path("apps:web") == [A.IDENTIFIED]


def test_update_goes_on_with_consent() -> None:
    stepped = _asked(P.DOWNLOAD)
    _answer(stepped, "APPROVED")
    stepped.wait()

    assert stepped.last.status is F.COMPLETED


@pytest.mark.parametrize(
    ("status", "activity", "retain"), [("APPROVED", "b", False), ("PERHAPS", "a", False), ("APPROVED", "a", True)]
)
def test_other_answers_are_none(status: str, activity: str, retain: bool) -> None:  # noqa: FBT001 - a parameter
    stepped = _asked(P.DOWNLOAD)
    _answer(stepped, status, activity, retain=retain)
    stepped.wait(5)

    assert stepped.path("apps:web") == [A.IDENTIFIED]


def test_answer_before_the_question_is_none() -> None:
    stepped = SteppedDevice(ManagerSetup(own=OWN, consent=(P.UPDATE,)))
    stepped.desire(_NEW)
    stepped.wait(1)
    _answer(stepped, "APPROVED")
    stepped.wait(10)

    assert A.UPDATING not in stepped.path("apps:web")


@pytest.mark.parametrize("command", [P.DOWNLOAD, P.UPDATE, P.ACTIVATE])
def test_nothing_is_changed_without_consent(command: P) -> None:
    stepped = _asked(command)
    _answer(stepped, "DENIED")
    stepped.wait()

    assert stepped.last.status is F.INCOMPLETE
    assert f"owner approval not granted for {command}" in str(stepped.last.feedback.message)
    assert stepped.versions == {"apps:web": "1.0", "apps:store": "4.3", "self-update:os": "20"}


def test_owner_who_does_not_answer_does_not_consent() -> None:
    stepped = _asked(P.UPDATE)
    stepped.wait(300)

    assert stepped.last.status is F.INCOMPLETE
    assert stepped.device.activity is None


def test_agents_that_do_not_roll_back_are_cleaned_up() -> None:
    stepped = SteppedDevice(ManagerSetup(own=OWN, played=("lab",), consent=(P.UPDATE,), rolls_back=False))
    stepped.desire({"lab": {"one": "2"}})
    stepped.identify("lab")
    stepped.agent("lab", "DOWNLOAD_SUCCESS")
    _answer(stepped, "DENIED")

    assert stepped.commands("lab") == ["DOWNLOAD", "CLEANUP"]


def test_new_desired_state_supersedes_the_running_one() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW)
    stepped.wait(3)
    stepped.desire(_OTHER, activity="b")
    stepped.wait()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING, F.SUPERSEDED]
    assert stepped.statuses("b") == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING, F.COMPLETED]
    assert stepped.versions == {"apps:web": "1.0", "apps:store": "4.4", "self-update:os": "20"}


def test_new_desired_state_waits_until_the_old_one_is_running() -> None:
    stepped = SteppedDevice(ManagerSetup(own=OWN, played=("lab",)))
    stepped.desire({"lab": {"one": "2"}})
    stepped.desire(_OTHER, activity="b")
    assert stepped.statuses() == [F.IDENTIFYING]
    stepped.agent("lab", "IDENTIFIED", {"lab:one": A.IDENTIFIED})
    stepped.wait()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING, F.SUPERSEDED]
    assert stepped.commands("lab") == ["CLEANUP"]  # the new one leaves it out
    assert stepped.statuses("b")[-1] is F.COMPLETED


def test_desired_states_that_wait_have_one_end_each() -> None:
    stepped = SteppedDevice()
    for name in ("a", "b", "c"):
        stepped.desire(_NEW if name == "b" else _OTHER, activity=name)
    stepped.wait()

    ends = [stepped.statuses(name)[-1] for name in ("a", "b", "c")]
    assert ends == [F.SUPERSEDED, F.SUPERSEDED, F.COMPLETED]


def test_what_waits_begins_behind_an_end_of_another_kind() -> None:
    stepped = SteppedDevice()
    stepped.desire({"apps": {"web": "none"}})
    stepped.desire(NOW, activity="b")
    stepped.wait()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]
    assert stepped.statuses("b")[-1] is F.COMPLETED


def test_new_desired_state_is_rejected_where_the_profile_says_so() -> None:
    stepped = SteppedDevice(ManagerSetup(own=OWN, on_new_desired_state=OnNewDesiredState.REJECT))
    stepped.desire(_NEW)
    stepped.wait(3)
    stepped.desire(_OTHER, activity="b")
    stepped.wait()

    assert stepped.statuses("b") == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]
    assert stepped.statuses()[-1] is F.COMPLETED
    assert stepped.versions["apps:web"] == "1.1"


def test_new_desired_state_is_queued_where_the_profile_says_so() -> None:
    stepped = SteppedDevice(ManagerSetup(own=OWN, on_new_desired_state=OnNewDesiredState.QUEUE))
    stepped.desire(_NEW)
    stepped.wait(3)
    stepped.desire(_OTHER, activity="b")
    stepped.wait()

    assert stepped.statuses()[-1] is stepped.statuses("b")[-1] is F.COMPLETED
    assert stepped.of("b")[0].time > stepped.of()[-1].time - 1
    assert stepped.versions["apps:store"] == "4.4"


def test_desired_state_that_comes_again_is_not_executed_again() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW)
    stepped.wait(3)
    stepped.desire(_NEW)
    stepped.wait()
    stepped.desire(_NEW)
    stepped.wait()

    assert [one.status for one in stepped.said].count(F.IDENTIFYING) == 1


def test_desired_state_that_lies_retained_is_not_executed_again_after_a_restart() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW, retain=True)
    stepped.wait()
    stepped.meet(Restarted())
    stepped.meet(Connected())
    stepped.desire(_NEW, retain=True)
    stepped.wait()

    assert [one.status for one in stepped.said].count(F.IDENTIFYING) == 1


@pytest.mark.parametrize("is_off", [True, False])
def test_update_goes_on_after_an_interruption(is_off: bool) -> None:  # noqa: FBT001 - a parameter
    stepped = SteppedDevice()
    stepped.desire(_NEW)
    stepped.wait(2)
    if is_off:
        stepped.meet(Restarted())
    stepped.meet(Connected())
    stepped.wait()

    assert stepped.effects == ([Rejoin()] if is_off else [])
    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING, F.COMPLETED]
    assert str(stepped.shown[1][0]).startswith("initial-current-state-")


def test_reset_device_is_as_it_was_at_first() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW)
    stepped.wait()
    stepped.meet(Reset())
    stepped.meet(Connected())

    assert stepped.versions["apps:web"] == "1.0"
    assert stepped.shown[-1][1].versions()["apps:web"] == "1.0"
    stepped.desire(_NEW)
    stepped.wait()
    assert stepped.last.status is F.COMPLETED


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 500,
        b'{"activityId": 7, "payload": []}',
        b'{"activityId": "x", "payload": "y"}',
        b'{"activityId": "x", "payload": {"domains": {"id": "x"}, "baselines": 4}}',
        b'{"activityId": "x", "payload": {"domains": [null, 7, {"components": "all"}]}}',
    ],
)
@pytest.mark.parametrize("kind", MessageKind)
def test_malformed_messages_do_no_harm(kind: MessageKind, payload: bytes) -> None:
    stepped = SteppedDevice()
    stepped.meet(HeardMessage(stepped.setup.topic(kind), payload))
    stepped.desire(_NEW)
    stepped.wait()

    assert stepped.last.status is F.COMPLETED


def test_messages_at_topics_of_its_own_agents_are_not_taken_from_outside() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW)
    stepped.agent("apps", "IDENTIFICATION_FAILED")
    stepped.send(MessageKind.COMMAND, {"command": "CLEANUP"}, "a", "apps")
    stepped.wait()

    assert stepped.last.status is F.COMPLETED
