"""Topics of an update, by the rule for domains."""

import pytest

from harness.protocols.update.profile import Deadline, Role, UpdateProfile
from harness.protocols.update.words.topics import MessageKind, kind_at, prefix_of, topic_of

FLEET = "{id}/{prefix}/{word}"


@pytest.mark.parametrize(
    ("domain", "prefix"),
    [
        ("containers", "containersupdate"),
        ("self-update", "selfupdate"),
        ("device", "deviceupdate"),
        ("custom-domain", "customdomainupdate"),
        ("update", "update"),
    ],
)
def test_prefix_has_no_dash_and_ends_in_update(domain: str, prefix: str) -> None:
    assert prefix_of(domain) == prefix


def test_topic_is_known_again() -> None:
    for kind in MessageKind:
        assert kind_at(topic_of("self-update", kind), "self-update") is kind
        assert kind_at(topic_of("self-update", kind), "containers") is None


def test_template_of_a_fleet_has_the_devices_id() -> None:
    assert topic_of("device", MessageKind.FEEDBACK, "B{7}", FLEET) == "B{7}/deviceupdate/desiredstatefeedback"


def test_profile_knows_whose_inbox_it_is() -> None:
    alone = UpdateProfile("B-1", Role.DEVICE, "device")
    of_a_fleet = UpdateProfile("B-1", Role.DEVICE, "device", topics=FLEET)

    assert alone.inbox == "deviceupdate/desiredstate"
    assert alone.id_at("deviceupdate/desiredstate") == "B-1"
    assert alone.id_at("selfupdate/desiredstate") is None
    assert of_a_fleet.id_at("B-2/deviceupdate/desiredstate") == "B-2"
    assert of_a_fleet.id_at("deviceupdate/desiredstate") is None


def test_deadline_of_several_phases_is_none_where_one_is_missing() -> None:
    profile = UpdateProfile("B-1", Role.AGENT, "containers", deadlines={Deadline.UPDATE: 2, Deadline.DOWNLOAD: 3})

    assert profile.deadline(Deadline.UPDATE, Deadline.DOWNLOAD) == 5
    assert profile.deadline(Deadline.UPDATE, Deadline.CLEANUP) is None


def test_profile_is_the_same_out_of_a_record() -> None:
    profile = UpdateProfile("B-1", Role.AGENT, "containers", deadlines={Deadline.UPDATE: 2})

    assert UpdateProfile.from_dict(profile.as_dict()) == profile
