"""The reading of a CONNECT."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.broker.server.connect_packet import CURRENT, OLD, observed_connect
from harness.mqtt.packets import ObservedConnect, Will


def text(words: str) -> bytes:
    """As MQTT has it: behind its length."""
    return len(words).to_bytes(2) + words.encode()


def test_connect_of_mqtt_3_1_1_tells_who_comes_and_how() -> None:
    body = CURRENT + b"\xe6\x00\x3c" + text("AHU-1") + text("gone") + text("farewell") + text("ahu") + text("sesame")

    will = Will("gone", 0, retain=True)
    assert observed_connect(body) == (
        "AHU-1",
        ObservedConnect("MQTT", 4, clean_session=True, keep_alive=60, user="ahu", will=will),
    )


def test_connect_of_mqtt_3_1_is_read_alike() -> None:
    assert observed_connect(OLD + b"\x00\x00\x05" + text("AHU-1")) == (
        "AHU-1",
        ObservedConnect("MQIsdp", 3, clean_session=False, keep_alive=5),
    )


def test_properties_of_mqtt_5_are_passed_over() -> None:
    body = b"\x00\x04MQTT\x05\x02\x00\x0a\x05\x11\x00\x00\x00\x0a" + text("AHU-1")

    assert observed_connect(body) == ("AHU-1", ObservedConnect("MQTT", 5, clean_session=True, keep_alive=10))


def test_password_is_nowhere() -> None:
    body = CURRENT + b"\xc2\x00\x3c" + text("AHU-1") + text("ahu") + text("sesame")

    assert "sesame" not in repr(observed_connect(body))


@pytest.mark.parametrize("length", range(len(CURRENT) + 9))
def test_connect_that_is_cut_off_is_none(length: int) -> None:
    assert observed_connect((CURRENT + b"\x02\x00\x3c" + text("AHU-1"))[:length]) is None


@given(st.binary(max_size=80))
def test_whatever_bytes_come_nothing_raises(body: bytes) -> None:
    observed_connect(body)
    observed_connect(CURRENT + body)
    observed_connect(b"\x00\x04MQTT\x05" + body)
