"""Software that a replica desires reaches a device, and what the device has is reported; nothing else upsets it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation, Scheme, topic_of
from simulator.bridge.bridge import ReplicaSaid
from simulator.bridge.message_lines import of_event
from simulator.replica.requests import Limits
from tests.simulator.bridge.bridged import AT_FIRST, REPLICA, Bridged, versions_in


@pytest.fixture(params=[*Scheme])
def bridged(request: pytest.FixtureRequest) -> Bridged:
    """All of them connected, under each scheme."""
    life = Bridged(request.param)
    life.connect()
    return life


def test_inventory_is_reported_and_nothing_is_desired_of_the_device(bridged: Bridged) -> None:
    assert bridged.reported == AT_FIRST
    assert bridged.desired == []


def test_desired_version_is_applied_and_the_delta_vanishes(bridged: Bridged) -> None:
    bridged.desire({"containers:web": "1.1", "lab:probe": "2"})

    bridged.wait()

    assert bridged.reported == {**AT_FIRST, "containers:web": "1.1", "lab:probe": "2"}
    assert "delta" not in bridged.state


def test_what_the_replica_does_not_speak_of_stays_as_it_is(bridged: Bridged) -> None:
    bridged.desire({"containers:web": "1.1"})

    assert [versions_in(one) for one in bridged.desired] == [{"containers:web": "1.1", "containers:store": "4.3"}]


def test_change_alone_is_reported(bridged: Bridged) -> None:
    bridged.desire({"containers:web": "1.1"})

    bridged.wait()

    assert bridged.reports == [AT_FIRST, {"containers:web": "1.1"}]


def test_desired_state_that_was_there_before_is_applied() -> None:
    life = Bridged()
    life.desire({"field:sensor": "6"})

    life.connect()
    life.wait()

    assert life.reported == {**AT_FIRST, "field:sensor": "6"}
    assert "delta" not in life.state


def test_replica_that_is_there_first_waits_for_the_device() -> None:
    life = Bridged()
    life.desire({"field:sensor": "6"})
    life.join_replica()
    assert life.desired == []

    life.connect()
    life.wait()

    assert life.reported["field:sensor"] == "6"


def test_version_that_fails_is_tried_once_and_the_delta_stays(bridged: Bridged) -> None:
    bridged.desire({"containers:web": "9.1"})

    bridged.wait(3600)
    bridged.join_replica()
    bridged.wait(3600)

    assert len(bridged.desired) == 1
    assert bridged.reported == AT_FIRST
    assert bridged.state["delta"] == {"software": {"containers:web": "9.1"}}


def test_second_wish_names_all_that_is_still_wanted(bridged: Bridged) -> None:
    bridged.desire({"containers:web": "1.1"})
    bridged.wait(0.5)

    bridged.desire({"containers:store": "4.4"})
    bridged.wait()

    assert versions_in(bridged.desired[-1]) == {"containers:web": "1.1", "containers:store": "4.4"}
    assert bridged.reported.items() >= {"containers:web": "1.1", "containers:store": "4.4"}.items()


def test_wish_that_comes_again_after_another_is_applied_again(bridged: Bridged) -> None:
    for version in ("1.1", "1.0", "1.1"):
        bridged.desire({"containers:web": version})
        bridged.wait()

    assert len(bridged.desired) == 3
    assert bridged.reported["containers:web"] == "1.1"


def test_device_that_was_reset_is_brought_to_what_is_desired_again(bridged: Bridged) -> None:
    bridged.desire({"containers:web": "1.1"})
    bridged.wait()

    bridged.reset()
    bridged.wait()

    assert {"containers:web": "1.0"} in bridged.reports
    assert bridged.reported["containers:web"] == "1.1"


def test_component_that_is_gone_is_removed_from_what_is_reported(bridged: Bridged) -> None:
    content = {"state": {"reported": {"software": {"containers:old": "1", "nonsense": [1]}}}}
    bridged.service.ask(REPLICA, Operation.UPDATE, json.dumps(content).encode(), bridged.now)

    bridged.join_replica()

    assert bridged.reported == AT_FIRST


def test_unanswered_report_is_made_good() -> None:
    life = Bridged(is_away=True)
    life.connect()
    life.wait(30)
    life.is_away = False

    life.wait(10)

    assert life.reported == AT_FIRST


def test_replica_that_is_made_anew_is_reported_to() -> None:
    life = Bridged()
    life.connect()
    for version in ("1.1", "1.0"):
        life.desire({"containers:web": version})
        life.wait()
    life.service.documents.clear()

    life.desire({"containers:web": "1.1"})
    life.wait()

    assert life.reported == {**AT_FIRST, "containers:web": "1.1"}


def test_report_that_is_refused_is_not_made_again_and_again() -> None:
    life = Bridged()
    life.service.limits = Limits(size=40)
    life.connect()

    life.wait(3600)

    assert life.reports == [AT_FIRST]


@pytest.mark.parametrize(
    ("software", "line"),
    [
        ("1.1", "ignored: software is '1.1', and no object"),
        ([], "ignored: software is [], and no object"),
        ({"containers:web": 7}, "ignored: containers:web = 7 is no version of a DOMAIN:ID"),
        ({"containers:web": {"version": "1.1"}}, "is no version of a DOMAIN:ID"),
        ({"containers:web": ""}, "ignored: containers:web = '' is no version of a DOMAIN:ID"),
        ({"web": "1.1", ":web": "1.1", "containers:": "1.1"}, "ignored: web = '1.1' is no version"),
        ({"a\nb\x1b[31m": "1"}, "ignored: a\\nb\\x1b[31m = '1' is no version"),
    ],
)
def test_what_is_no_version_is_one_line_and_nothing_else(bridged: Bridged, software: JSON, line: str) -> None:
    payload = json.dumps({"state": {"software": software}, "version": 99}).encode()
    topic = topic_of(REPLICA, bridged.scheme, Operation.UPDATE, AnswerLevel.DELTA)

    bridged.says(topic, payload)

    said = of_event(ReplicaSaid(topic, payload))
    assert said is not None
    assert line in said
    assert "\n" not in said
    assert bridged.desired == []


def test_good_part_of_a_wish_is_applied(bridged: Bridged) -> None:
    bridged.desire({"web": "1.1", "lab:probe": "2", "field:sensor": 6})

    bridged.wait()

    assert bridged.reported == {**AT_FIRST, "lab:probe": "2"}


def test_component_that_nobody_knows_is_refused_by_the_device_once(bridged: Bridged) -> None:
    bridged.desire({"containers:nosuch": "1"})

    bridged.wait(3600)

    assert len(bridged.desired) == 1
    assert bridged.reported == AT_FIRST


def test_domain_that_nobody_has_keeps_no_other_from_its_update(bridged: Bridged) -> None:
    bridged.desire({"nosuch:web": "1", "lab:probe": "2"})

    bridged.wait(3600)

    assert len(bridged.desired) == 1
    assert bridged.reported == {**AT_FIRST, "lab:probe": "2"}


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        (b"", "update/delta is no JSON object: ignored"),
        (b"\xff", "update/delta is no JSON object: ignored"),
        (b'{"state": ' * 100_000, "update/delta is more than 262144 bytes: ignored"),
        (b"[" * 100_000, "update/delta is no JSON object: ignored"),
        (b'{"state": 7, "version": 99}', "update/delta has no state: ignored"),
        (b'{"version": "new"}', "update/delta has no state: ignored"),
    ],
)
def test_message_that_is_none_is_one_line_and_nothing_else(payload: bytes, line: str) -> None:
    life = Bridged()
    life.connect()
    topic = topic_of(REPLICA, Scheme.SEED, Operation.UPDATE, AnswerLevel.DELTA)

    life.says(topic, payload)

    assert of_event(ReplicaSaid(topic, payload)) == f"replica    {line}"
    assert life.desired == []


def test_wish_for_thousands_is_cut_and_its_line_is_short() -> None:
    life = Bridged()
    life.connect()
    software = {f"containers:c{number}": "1" for number in range(5000)}
    payload = json.dumps({"state": {"software": software}, "version": 99}).encode()
    topic = topic_of(REPLICA, Scheme.SEED, Operation.UPDATE, AnswerLevel.DELTA)

    life.says(topic, payload)

    said = of_event(ReplicaSaid(topic, payload))
    assert said is not None
    assert said.endswith("and 494 more; ignored: 4500 more entries")
    assert len(versions_in(life.desired[0])) == 500 + 2


@pytest.mark.parametrize(
    "body", [{"state": {}}, {"state": 7, "clientToken": None}, {"clientToken": [1]}, {"code": 500}]
)
def test_answer_to_somebody_else_is_nothing(bridged: Bridged, body: JSON) -> None:
    before = [*bridged.reports]

    for operation in (Operation.GET, Operation.UPDATE):
        for level in (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED):
            bridged.says(topic_of(REPLICA, bridged.scheme, operation, level), json.dumps(body).encode())

    assert (bridged.reports, bridged.desired) == (before, [])


@given(
    state=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["software", "state", "delta", "reported", "containers:web", "version"]) | st.text(),
                inner,
            )
        ),
    )
)
def test_nothing_that_a_replica_can_say_upsets_it(state: JSON) -> None:
    life = Bridged()
    life.connect()
    payload = json.dumps({"state": state, "version": 99}).encode()

    for level in AnswerLevel:
        topic = topic_of(REPLICA, Scheme.SEED, Operation.UPDATE, level)
        life.says(topic, payload)
        assert "\n" not in (of_event(ReplicaSaid(topic, payload)) or "")
    life.wait()

    assert set(life.reported) >= {"self-update:firmware"}
