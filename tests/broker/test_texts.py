"""Texts of packets that are no UTF-8: who sends one is hung up on, nobody hears of it, and everybody else is served."""

import pytest

from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Kind, frame, text

BAD = b"/devices/\xff/state"
_ID = b"\0\7"


@pytest.mark.parametrize(
    "packet",
    [
        pytest.param(frame(Kind.PUBLISH, text(BAD) + b"{}"), id="topic"),
        pytest.param(frame(Kind.PUBLISH, text(BAD) + _ID + b"{}", flags=2), id="topic at QoS 1"),
        pytest.param(frame(Kind.PUBLISH, text(b"a\xed\xa0\x80") + b"{}"), id="surrogate"),
        pytest.param(frame(Kind.SUBSCRIBE, _ID + text("good") + b"\1" + text(BAD) + b"\1", flags=2), id="filter"),
        pytest.param(frame(Kind.UNSUBSCRIBE, _ID + text("good") + text(BAD), flags=2), id="filter to give up"),
    ],
)
def test_client_whose_text_is_no_utf_8_is_hung_up_on(broker: BrokerUnderTest, packet: bytes) -> None:
    async def check(meeting: Meeting) -> tuple[bool, list[str]]:
        subscriber, mouth, another = [await meeting.client(name) for name in ("ear", "mouth", "another")]
        await subscriber.subscribe(("#", 0))
        mouth.write(packet)
        await mouth.gone()
        await another.publish("good", b"", 0)
        return mouth.closed.is_set(), [message.topic for message in await subscriber.heard(1)]

    assert broker.run(check) == (True, ["good"])


@pytest.mark.parametrize(
    "payload",
    [
        text(b"\xff"),
        text("id") + text(b"will/\xff") + text(b"") + text("user"),
        text("id") + text("will") * 2 + text(b"\xff"),
    ],
    ids=["client id", "topic of the will", "user"],
)
def test_connect_whose_text_is_no_utf_8_is_not_answered(broker: BrokerUnderTest, payload: bytes) -> None:
    flags = 0x02 if payload == text(b"\xff") else 0x86

    async def check(meeting: Meeting) -> bool:
        stranger = await meeting.stranger()
        stranger.write(frame(Kind.CONNECT, text("MQTT") + bytes([4, flags, 0, 0]) + payload))
        await stranger.gone()
        return stranger.closed.is_set()

    assert broker.run(check)


def test_message_of_a_will_may_be_any_bytes(embedded: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> int:
        stranger = await meeting.stranger()
        body = text("MQTT") + bytes([4, 0x06, 0, 0]) + text("id") + text("will") + text(b"\xff\xfe")
        stranger.write(frame(Kind.CONNECT, body))
        return (await stranger.hears(Kind.CONNACK)).body[1]

    assert embedded.run(check) == 0
