"""A second client that goes by the device's id, or by ours, is told."""

from dataclasses import replace

from harness.doctor.checks.strangers import STRANGERS
from harness.doctor.diagnosis import at_first_contact
from harness.doctor.problem import Severity
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind, Replaced
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Closed, LinkLost, Opened, Record
from harness.record.lines import FORMAT
from tests.protocols.udmi.doctor.cases import NOW, PROFILE, case, found

CLOUD = "setpoint-cloud-DEV-1"
HELLO = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=60)
OVER = ObservedPacket(
    NOW, "DEV-1", PacketKind.CONNECT, hello=HELLO, peer="10.0.0.2", replaced=Replaced(3.0, 60, "10.0.0.1")
)
OWN = replace(OVER, peer="10.0.0.1", replaced=Replaced(61.0, 60, "10.0.0.1"))
BEGAN = Began(NOW, FORMAT, "0", Spec.UDMI_1_5, "virtual", "listen://", PROFILE.as_dict())


def test_both_addresses_of_two_clients_of_one_id_are_named() -> None:
    problem = found(STRANGERS, case(packets=[OVER, OVER]))

    assert problem.weight is Severity.GRAVE
    assert "two clients go by the id DEV-1: one from 10.0.0.2 ended the connection of one from 10.0.0.1" in problem.what
    assert "That happened 2 times" in problem.what


def test_device_that_takes_its_own_place_after_a_silence_is_no_second_client() -> None:
    assert not list(STRANGERS.find(case(packets=[OWN])))


def test_few_of_many_ids_are_told() -> None:
    assert len(list(STRANGERS.find(case(packets=[replace(OVER, client_id=f"c{number}") for number in range(99)])))) == 3


def test_somebody_who_came_under_our_id_and_was_turned_away_is_told() -> None:
    refused = ObservedPacket(NOW, CLOUD, PacketKind.CONNECT, refused=True, peer="10.0.0.9")

    problem = found(STRANGERS, case(packets=[refused]))

    assert (problem.weight, "somebody from 10.0.0.9 tried to connect as setpoint-cloud" in problem.what) == (
        Severity.MINOR,
        True,
    )


def test_session_of_ours_that_is_ended_again_and_again_is_told() -> None:
    assert "somebody else connects as setpoint-cloud-DEV-1" in found(STRANGERS, case(losses=2)).what
    assert not list(STRANGERS.find(case(losses=1)))


def test_stranger_in_the_middle_of_a_run_is_told_with_its_results() -> None:
    run: list[Record] = [BEGAN, Opened(NOW, "plain_write"), OVER, Closed(NOW)]

    assert "two clients go by the id" in at_first_contact(run)[0].what
    assert not any("two clients" in problem.what for problem in at_first_contact(run[:2]))


def test_losses_of_our_session_are_counted_over_the_whole_run() -> None:
    lost = LinkLost(NOW, "the connection is gone")

    assert any(
        "our own session with the broker was ended 2 times" in one.what for one in at_first_contact([BEGAN, lost, lost])
    )
