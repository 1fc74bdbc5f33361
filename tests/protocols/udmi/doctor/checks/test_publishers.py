"""The clients that speak under the device's topics."""

from harness.doctor.diagnosis import at_first_contact
from harness.doctor.problem import Party
from harness.protocols.udmi.doctor.checks.publishers import PUBLISHERS
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Closed, Opened, Received, Record
from harness.record.lines import FORMAT
from tests.protocols.udmi.doctor.cases import CONFIG, NOW, PROFILE, beside, case, found, is_sound, state, telemetry

FOREIGN = Received(NOW, "/devices/DEV-1/config", b'{"timestamp": "2026-01-01T00:00:05Z"}', retain=False)


def test_one_device_is_one_publisher() -> None:
    assert is_sound(PUBLISHERS, case(states=[state(1), state(3), state(5)]))


def test_two_serials_are_two_devices() -> None:
    problem = found(PUBLISHERS, case(states=[state(1), state(3, serial="S-2"), state(5)]))

    assert (problem.whose, "serial_no is now S-1, now S-2" in problem.what) == (Party.NETWORK, True)


def test_retained_serial_is_no_second_device() -> None:
    assert is_sound(PUBLISHERS, case(states=[state(0, serial="S-0", retain=True), state(1)]))


def test_last_config_that_comes_back_is_a_second_device() -> None:
    old = NOW - 86_400

    problem = found(PUBLISHERS, case(states=[state(1), state(2, last_config=old), state(3)]))

    assert "last_config goes back and forth between 2025-12-31T23:59:00Z, 2025-12-31T00:00:00Z" in problem.what


def test_last_config_that_moves_on_is_sound() -> None:
    assert is_sound(PUBLISHERS, case(states=[state(1, last_config=NOW - 900), state(2), state(3)]))


def test_points_that_come_and_go_are_two_devices() -> None:
    messages = [telemetry(2), telemetry(3, {"other": 1}), telemetry(4)]

    assert "now with and now without mode, other, setpoint" in found(PUBLISHERS, case(telemetry=messages)).what


def test_partial_telemetry_is_sound() -> None:
    parts = [telemetry(at, {name: 1}, partial=True) for at, name in enumerate(["a", "b", "a", "b"])]

    assert is_sound(PUBLISHERS, case(telemetry=parts))


def test_times_that_jump_back_again_and_again_are_two_clocks() -> None:
    messages = [telemetry(at, off=-30.0 * (at % 2)) for at in range(6)]

    assert "jump back, 3 times, by up to 29.0 s" in found(PUBLISHERS, case(telemetry=messages)).what


def test_clock_that_is_set_once_is_no_second_device() -> None:
    assert is_sound(PUBLISHERS, case(telemetry=[telemetry(2, off=9), telemetry(4), telemetry(6)]))


def test_config_that_is_not_ours_is_told() -> None:
    problem = found(PUBLISHERS, case(beside=beside(configs=[FOREIGN])))

    assert "somebody else sends configs" in problem.what
    assert "the last of 2026-01-01T00:00:05Z" in problem.what


def test_config_that_is_not_ours_is_told_with_a_run() -> None:
    began = Began(NOW, FORMAT, "0", Spec.UDMI_1_5, "real", "mqtt://broker", PROFILE.as_dict())
    run: list[Record] = [began, Opened(NOW, "plain_write"), Closed(NOW), FOREIGN]

    assert any("somebody else sends configs" in problem.what for problem in at_first_contact(run))
    assert not any("somebody else sends configs" in problem.what for problem in at_first_contact(run[:3]))


def test_configs_of_ours_and_the_one_that_was_found_are_no_others() -> None:
    ours = [Received(NOW, FOREIGN.topic, payload, retain=False) for payload in (CONFIG, b"found", b"")]

    assert is_sound(PUBLISHERS, case(found=b"found", beside=beside(configs=ours)))
