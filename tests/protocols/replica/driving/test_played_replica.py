"""The replica that is played opposite a device: what it says, and how it misbehaves."""

import json

import pytest

from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.driving.device.counterpart import PlayedReplica, Saying
from harness.protocols.replica.driving.device.faults import AcceptedFirst, Delay, Mute, Refuse, Swap, Twice, described
from harness.protocols.replica.judging.flat_document import FlatDocument
from harness.protocols.replica.words.topics import AnswerLevel, Operation, Scheme
from tests.hostile import PAYLOADS

DELTA = (Operation.UPDATE, AnswerLevel.DELTA)


def _replica(scheme: Scheme = Scheme.SEED) -> PlayedReplica:
    return PlayedReplica(DeviceProfile("L", {}, scheme), FlatDocument())


def _hear(replica: PlayedReplica, operation: Operation, **body: JSON) -> list[Saying]:
    return replica.hear(replica.profile.topic(operation), json.dumps(body).encode(), 0.0)


def _said(sayings: list[Saying]) -> list[str]:
    return [f"{one.operation}/{one.level}" for one in sayings]


def test_report_is_followed_by_its_delta_and_accepted_with_its_token() -> None:
    replica = _replica()
    replica.want({"power": True}, 0.0)

    said = _hear(replica, Operation.UPDATE, state={"reported": {"power": False}}, clientToken="t")

    assert _said(said) == ["update/delta", "update/accepted"]
    assert said[0].content == {
        "state": {"power": True},
        "version": 2,
        "timestamp": 0,
        "clientToken": "t",
        "reported": {"power": False},
    }


def test_aws_says_no_delta_where_nothing_is_to_be_done() -> None:
    assert _said(_hear(_replica(Scheme.AWS), Operation.UPDATE, state={"reported": {"power": False}})) == [
        "update/accepted"
    ]


def test_get_shows_both_sections_and_the_delta_or_that_there_is_no_document() -> None:
    replica = _replica()

    before = _hear(replica, Operation.GET)
    replica.want({"color": {"hue": 3}}, 0.0)
    after = _hear(replica, Operation.GET)

    assert (before[0].level, before[0].content["code"]) == (AnswerLevel.REJECTED, 404)
    assert after[0].content["state"] == {"desired": {"color": {"hue": 3}}, "delta": {"color": {"hue": 3}}}


def test_document_that_was_deleted_is_not_found_and_its_version_goes_on() -> None:
    replica = _replica()
    replica.want({"power": True}, 0.0)

    replica.delete(0.0)

    assert _hear(replica, Operation.GET)[0].content["code"] == 404
    assert replica.document.version == 2


def test_mute_delta_is_not_said_and_what_it_would_say_is_desired_still() -> None:
    replica = _replica()
    replica.suffer(Mute(*DELTA))

    assert _said(replica.want({"power": True}, 0.0)) == ["update/accepted"]
    assert replica.delta(0.0).content["state"] == {"power": True}


def test_older_of_two_swapped_deltas_comes_last() -> None:
    replica = _replica()
    replica.suffer(Swap(*DELTA))

    said = [*replica.want({"a": 1}, 0.0), *replica.want({"b": 2}, 0.0)]

    assert [one.content["version"] for one in said if one.level is AnswerLevel.DELTA] == [2, 1]


def test_delta_is_said_twice_as_often_as_is_wanted() -> None:
    replica = _replica()
    replica.suffer(Twice(*DELTA, times=1))

    said = [*replica.want({"a": 1}, 0.0), *replica.want({"a": 2}, 0.0)]

    assert _said(said).count("update/delta") == 3


def test_accepted_comes_first_where_that_is_wanted_and_answers_come_late() -> None:
    replica = _replica()
    replica.suffer(AcceptedFirst(), Delay(Operation.GET, AnswerLevel.ACCEPTED, seconds=3))

    assert _said(replica.want({"a": 1}, 0.0)) == ["update/accepted", "update/delta"]
    assert [one.after for one in _hear(replica, Operation.GET)] == [3]


def test_refused_update_changes_nothing_and_recovery_ends_every_fault() -> None:
    replica = _replica()
    replica.suffer(Refuse(Operation.UPDATE, 409))

    refused = _hear(replica, Operation.UPDATE, state={"reported": {"a": 1}}, clientToken="t")
    replica.recover()
    accepted = _hear(replica, Operation.UPDATE, state={"reported": {"a": 1}})

    assert (refused[0].content["code"], refused[0].content["clientToken"]) == (409, "t")
    assert (_said(accepted)[-1], replica.document.version, replica.has_left_open) == ("update/accepted", 1, True)


@pytest.mark.parametrize(
    "payload",
    [
        *PAYLOADS,
        b'{"state": 1}',
        b'{"state": {"reported": 1}}',
        b'{"state":{"reported":' + b'{"a":' * 90 + b"1" + b"}" * 92,
    ],
)
@pytest.mark.parametrize("operation", Operation)
def test_replica_outlives_whatever_a_device_says(operation: Operation, payload: bytes) -> None:
    replica = _replica()

    said = replica.hear(replica.profile.topic(operation), payload, 0.0)

    assert all(json.loads(one.payload) for one in said)


def test_faults_are_told_apart_in_a_record() -> None:
    faults = (
        Mute(*DELTA),
        Mute(Operation.GET),
        Refuse(Operation.UPDATE, 409),
        Twice(*DELTA),
        Swap(*DELTA),
        Delay(*DELTA, seconds=2),
        AcceptedFirst(),
    )

    assert len({described(fault) for fault in faults}) == len(faults)
