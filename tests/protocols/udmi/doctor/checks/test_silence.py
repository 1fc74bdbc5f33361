"""Whether the device is heard, and what is heard in its place."""

from dataclasses import replace

import pytest

from harness.doctor.problem import Party, Severity
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.protocols.udmi.doctor.checks.silence import SILENCE
from tests.protocols.udmi.doctor.cases import NOW, PROFILE, beside, case, found, is_sound, silent, state, telemetry

SUBSCRIBED = [ObservedPacket(NOW, "DEV-1", PacketKind.SUBSCRIBE, ("/devices/DEV-1/config",))]


def test_device_that_sends_both_is_heard() -> None:
    assert is_sound(SILENCE, case())


def test_nothing_at_all_is_told_with_how_long_it_was_waited_for() -> None:
    problem = found(SILENCE, silent())

    assert (problem.whose, problem.weight) == (Party.DEVICE, Severity.BLOCKING)
    assert (
        "nothing was heard at /devices/DEV-1, though a config asked for telemetry and we waited 30 s." in problem.what
    )


def test_client_that_has_the_id_of_a_device_that_is_not_heard_is_to_be_looked_for() -> None:
    assert "another client has its id" in found(SILENCE, silent()).mend
    assert "another client" not in found(SILENCE, silent(has_own_broker=True, packets=SUBSCRIBED)).mend


def test_what_was_retained_is_not_heard() -> None:
    problem = found(SILENCE, case(states=[state(retain=True)], telemetry=[], beside=beside(silent_for=30.0)))

    assert "nothing was heard at /devices/DEV-1 but what was retained" in problem.what


@pytest.mark.parametrize(
    ("topic", "mend"),
    [
        ("/devices/dev-1/state", 'id = "dev-1"'),
        ("/devices/DEV-01/events/pointset", 'id = "DEV-01"'),
        ("devices/DEV-1/state", 'topics = "devices/{id}"'),
        ("/r/site/d/DEV-1/events/pointset", 'topics = "/r/site/d/{id}"'),
        ("/r/site/d/dev-1/state", 'topics = "/r/site/d/{id}" and id = "dev-1"'),
        ("/devices/OTHER/state", 'mend id = "DEV-1"'),
    ],
)
def test_device_in_another_place_is_a_line_of_the_profile(topic: str, mend: str) -> None:
    problem = found(SILENCE, silent(elsewhere={topic: False}))

    assert (problem.whose, mend in problem.mend) == (Party.PROFILE, True), problem.mend


def test_who_speaks_comes_before_what_was_retained() -> None:
    elsewhere = {"/devices/dev-1/state": True, "a/dev-1/state": True, "b/DEV-1/state": False}

    assert "/devices/dev-1 speaks" in found(SILENCE, silent(elsewhere=elsewhere)).what


def test_config_topic_is_no_device() -> None:
    assert "nothing was heard at" in found(SILENCE, silent(elsewhere={"/devices/dev-1/config": False})).what


def test_what_else_the_broker_carries_is_told() -> None:
    topics = {f"plant/{number}": False for number in range(9)}

    assert (
        "the broker carries: plant/0, plant/1, plant/2, plant/3, plant/4 and 4 more"
        in found(SILENCE, silent(elsewhere=topics)).what
    )


def test_states_without_telemetry_are_told_with_where_it_does_publish() -> None:
    heard = beside(silent_for=20.0, elsewhere={"/devices/DEV-1/events": False, "/devices/DEV-1/state": False})

    problem = found(SILENCE, case(telemetry=[], beside=heard))

    assert "no telemetry at /devices/DEV-1/events/pointset within 20 s; it does publish at /devices/DEV-1/events." in (
        problem.what
    )


def test_telemetry_without_state_blocks_nothing() -> None:
    problem = found(SILENCE, case(states=[], telemetry=[telemetry()]))

    assert (problem.weight, "no state at /devices/DEV-1/state" in problem.what) == (Severity.GRAVE, True)


def test_endless_topic_is_cut() -> None:
    name = "x" * 60_000

    problem = found(SILENCE, silent(elsewhere={f"/devices/{name}/state": False, f"{name}/DEV-1\x1b/state": False}))

    assert len(problem.what + problem.mend) < 1300


def test_id_that_looks_like_a_pattern_is_none() -> None:
    examined = replace(
        silent(elsewhere={"(a/DEV+1/state": False}), profile=replace(PROFILE, id="DEV+1", topics="(a/{id}")
    )

    assert "nothing was heard" in found(SILENCE, examined).what


def test_client_that_does_not_subscribe_is_told_by_the_check_of_connections() -> None:
    seen = [ObservedPacket(NOW, "DEV-1", PacketKind.CONNECT)]

    assert not list(SILENCE.find(silent(packets=seen, has_own_broker=True)))
