"""The messages that lay on the broker."""

from dataclasses import replace

import pytest

from harness.doctor.problem import Severity
from harness.protocols.udmi.doctor.checks.retained import RETAINED
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig
from tests.protocols.udmi.doctor.cases import CONFIG, DOOR, NOW, beside, case, found, is_sound, state, telemetry
from tests.udmi_1_5 import encode


def _writes(name: str, value: str | float) -> bytes:
    return encode(Config(NOW - 3600, pointset=PointsetConfig(points={name: PointConfig(value)})))


@pytest.mark.parametrize("payload", [None, CONFIG, b"{}"])
def test_config_that_writes_nothing_is_no_leftover(payload: bytes | None) -> None:
    assert is_sound(RETAINED, case(found=payload))


def test_config_that_writes_is_told_with_what_it_writes() -> None:
    problem = found(RETAINED, case(found=_writes("damper", 30)))

    assert problem.weight is Severity.GRAVE
    assert "2025-12-31T23:00:00Z lay retained at /devices/DEV-1/config that writes damper = 30;" in problem.what
    assert problem.mend.endswith("mosquitto_pub -h broker -p 1883 -t /devices/DEV-1/config -r -n")


def test_what_is_no_config_is_told() -> None:
    assert "is no config: the message is not JSON" in found(RETAINED, case(found=b"\x1b[31m")).what


def test_retained_state_is_told() -> None:
    problem = found(RETAINED, case(states=[state(retain=True), state(2)]))

    assert "a state lay retained at /devices/DEV-1/state" in problem.what


def test_retained_telemetry_is_told_at_first_contact_too() -> None:
    problem = found(RETAINED, case(telemetry=[telemetry(retain=True)], beside=None))

    assert "telemetry lay retained at /devices/DEV-1/events/pointset" in problem.what


def test_command_fits_the_broker() -> None:
    access = replace(DOOR, user="me; rm", ca="a ca.crt")

    problem = found(RETAINED, case(found=_writes("x", 1), target="mqtts://broker", beside=beside(access=access)))

    assert "-h broker -p 8883 --cafile 'a ca.crt' -u 'me; rm' -P … -t" in problem.mend


def test_hostile_names_and_values_do_nothing() -> None:
    problem = found(RETAINED, case(found=_writes("\x1b[2J\n" + "x" * 500, "\u202e\x07")))

    assert problem.what.isprintable()
    assert len(problem.what) < 620
