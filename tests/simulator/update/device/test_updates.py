"""A device updates itself: identification, phases, the end, and the inventory behind it."""

from itertools import pairwise

import pytest

from harness.machine.effects import Publish
from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.setup import ManagerSetup
from tests.simulator.update.device.stepped import NOW, OWN, SteppedDevice

_NEW = {"apps": {"web": "1.1", "store": "4.3"}, "self-update": {"os": "21"}}


def _updated(setup: ManagerSetup | None = None) -> SteppedDevice:
    stepped = SteppedDevice(setup or ManagerSetup(own=OWN))
    stepped.desire(_NEW)
    stepped.wait()
    return stepped


def test_update_goes_through_every_status_of_the_whole() -> None:
    stepped = _updated()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING, F.COMPLETED]
    assert stepped.versions == {"apps:web": "1.1", "apps:store": "4.3", "self-update:os": "21"}


def test_identified_lists_the_actions_of_all_agents() -> None:
    stepped = _updated()

    identified = next(one for one in stepped.said if one.status is F.IDENTIFIED)
    told = {str(one.id): (one.version, one.status) for one in identified.feedback.actions}
    assert told == {"apps:web": ("1.1", A.IDENTIFIED), "self-update:os": ("21", A.IDENTIFIED)}
    assert not stepped.said[0].feedback.lists


def test_completed_lists_every_action_as_activated() -> None:
    stepped = _updated()

    assert {one.status for one in stepped.last.feedback.actions} == {A.ACTIVATION_SUCCESS}


def test_kanto_tells_of_an_activation_as_of_an_update() -> None:
    stepped = _updated(ManagerSetup(own=OWN, spec=UpdateSpec.KANTO))

    assert stepped.last.status is F.COMPLETED
    assert {one.status for one in stepped.last.feedback.actions} == {A.UPDATE_SUCCESS}
    assert A.ACTIVATING not in stepped.path("apps:web")


def test_nothing_to_do_is_completed_without_running() -> None:
    stepped = SteppedDevice()
    stepped.desire(NOW)
    stepped.wait()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.COMPLETED]


def test_component_that_is_desired_no_longer_is_removed() -> None:
    stepped = SteppedDevice()
    stepped.desire({"apps": {"web": "1.0"}})
    stepped.wait()

    assert stepped.path("apps:store") == [A.IDENTIFIED, A.REMOVAL_SUCCESS]
    assert "apps:store" not in stepped.versions
    assert "apps:store" not in _last_shown(stepped).versions()


def test_inventory_comes_behind_the_end_with_the_activity() -> None:
    stepped = _updated()

    activity, inventory, publish = stepped.shown[-1]
    assert activity == "a"
    assert {"apps:web": "1.1", "self-update:os": "21"}.items() <= inventory.versions().items()
    assert (publish.retain, publish.qos) == (True, 1)


def test_inventory_hangs_together() -> None:
    inventory = _last_shown(SteppedDevice())

    edges = {(one.source, one.target) for one in inventory.associations}
    assert ("device-update-manager", "apps-update-agent") in edges
    assert ("apps-update-agent", "apps:web") in edges
    assert {node.domain for node in inventory.software} == {None, "apps", "self-update"}


def test_inventory_is_told_once_on_connection() -> None:
    stepped = SteppedDevice()

    assert len(stepped.shown) == 1


def test_question_is_answered_in_the_middle_of_an_update() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW)
    stepped.wait(2)
    stepped.send(MessageKind.CURRENT_STATE_GET, None, "q")

    assert stepped.shown[-1][0] == "q"
    stepped.wait()
    assert stepped.last.status is F.COMPLETED


@pytest.mark.parametrize("phase", ["download", "update", "activate"])
def test_failure_of_a_phase_leaves_the_whole_incomplete(phase: str) -> None:
    stepped = SteppedDevice()
    stepped.desire({"apps": {"web": f"fails-{phase}", "store": "4.3"}, "self-update": {"os": "21"}})
    stepped.wait()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFIED, F.RUNNING, F.INCOMPLETE]
    assert "apps:web" in str(stepped.last.feedback.message)
    assert stepped.versions["apps:web"] == "1.0"
    assert stepped.versions["self-update:os"] == "21"  # others go on to the end


def test_unknown_version_fails_the_identification_of_all() -> None:
    stepped = SteppedDevice()
    stepped.desire({"apps": {"web": "none", "store": "4.3"}, "self-update": {"os": "21"}})
    stepped.wait()

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]
    assert "unknown version none" in str(stepped.last.feedback.message)
    assert stepped.versions["self-update:os"] == "20"


@pytest.mark.parametrize("phase", ["download", "update", "activate", "cleanup"])
def test_component_that_never_ends_leaves_the_whole_incomplete(phase: str) -> None:
    stepped = SteppedDevice()
    stepped.desire({"apps": {"web": f"hangs-{phase}", "store": "4.3"}, "self-update": {"os": "21"}})
    stepped.wait(400)

    assert stepped.statuses()[-2:] == [F.RUNNING, F.INCOMPLETE]
    assert stepped.device.activity is None


def test_domain_that_the_device_has_not_is_left_out() -> None:
    stepped = SteppedDevice()
    stepped.desire({"apps": {"web": "1.1", "store": "4.3"}, "nobody": {}})
    stepped.wait()

    assert stepped.last.status is F.COMPLETED
    assert "nobody" in str(stepped.last.feedback.message)


def test_domains_that_the_device_has_not_end_as_incomplete() -> None:
    stepped = SteppedDevice()
    stepped.desire({"nobody": {}})

    assert stepped.statuses() == [F.IDENTIFYING, F.INCOMPLETE]
    assert stepped.shown[-1][0] == "a"


@pytest.mark.parametrize("payload", [{}, {"domains": []}, {"domains": [{"components": []}]}, None])
def test_desired_state_that_says_too_little_cannot_be_identified(payload: dict[str, object] | None) -> None:
    stepped = SteppedDevice()
    stepped.send(MessageKind.DESIRED_STATE, payload)  # type: ignore[arg-type]  # it is JSON

    assert stepped.statuses() == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]
    assert stepped.last.feedback.message


def test_running_is_told_on_change_and_not_too_often() -> None:
    stepped = _updated()

    running = [one for one in stepped.said if one.status is F.RUNNING]
    told = [[(one.id, one.spelling, one.progress) for one in each.feedback.actions] for each in running]
    assert all(one != next_one for one, next_one in pairwise(told))
    assert all(later.time - one.time >= 1 for one, later in pairwise(running))
    assert len(running) > 2


def test_feedback_is_at_qos_1_and_not_retained() -> None:
    stepped = _updated()

    assert {(one.publish.qos, one.publish.retain) for one in stepped.said} == {(1, False)}


def test_bare_messages_have_nothing_around_them() -> None:
    stepped = SteppedDevice(ManagerSetup(own=OWN, envelope=False))
    stepped.desire(_NEW)
    stepped.wait()

    assert stepped.said[0].raw == {"status": "IDENTIFYING"}
    assert stepped.versions["apps:web"] == "1.1"


def test_topics_have_the_devices_id_where_the_template_says_so() -> None:
    stepped = _updated(ManagerSetup(own=OWN, device="D-7", template="{id}/{prefix}/{word}"))

    assert stepped.last.publish.topic == "D-7/deviceupdate/desiredstatefeedback"
    assert stepped.last.status is F.COMPLETED


def test_baselines_of_several_domains_are_taken() -> None:
    stepped = SteppedDevice()
    stepped.desire(_NEW, Baseline("all", ("apps:web", "self-update:os")))
    stepped.wait()

    assert stepped.last.status is F.COMPLETED


def test_own_agents_say_nothing_over_mqtt() -> None:
    stepped = _updated()

    assert stepped.told == {}


def _last_shown(stepped: SteppedDevice) -> Inventory:
    _, inventory, publish = stepped.shown[-1]
    assert isinstance(publish, Publish)
    return inventory
