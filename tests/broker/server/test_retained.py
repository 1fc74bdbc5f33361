"""Retained messages: to whom, when, and how marked."""

import pytest

from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Message


@pytest.mark.parametrize("published", [0, 1, 2])
@pytest.mark.parametrize("granted", [0, 1, 2])
def test_retained_message_comes_once_at_the_lower_qos_and_says_so(
    broker: BrokerUnderTest, published: int, granted: int
) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await mouth.publish("r", b"x", published, retain=True)
        await subscriber.subscribe(("r", granted))
        return await subscriber.settle()

    assert broker.run(check) == [Message("r", b"x", min(published, granted), retain=True)]


def test_retained_message_is_not_marked_for_who_has_subscribed_before(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await subscriber.subscribe(("r", 1))
        await mouth.publish("r", b"x", 1, retain=True)
        return await subscriber.settle()

    assert broker.run(check) == [Message("r", b"x", 1)]


def test_retained_message_does_not_come_to_who_did_not_subscribe(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await mouth.publish("r", b"x", 1, retain=True)
        await subscriber.subscribe(("#", 1))
        return await (await meeting.client("newcomer")).settle()

    assert broker.run(check) == []


def test_session_that_goes_on_brings_no_retained_message_again(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear", clean=False)
        await subscriber.subscribe(("r", 1))
        await mouth.publish("r", b"x", 1, retain=True)
        await subscriber.settle()
        await subscriber.leave()
        return await (await meeting.client("ear", clean=False)).settle()

    assert broker.run(check) == []


def test_subscribing_again_brings_the_retained_message_again(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await mouth.publish("r", b"x", 1, retain=True)
        await subscriber.subscribe(("r", 1))
        await subscriber.subscribe(("r", 1))
        return await subscriber.settle()

    assert broker.run(check) == [Message("r", b"x", 1, retain=True)] * 2


def test_latest_retained_message_is_the_one(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await mouth.publish("r", b"old", 1, retain=True)
        await mouth.publish("r", b"new", 1, retain=True)
        await mouth.publish("r", b"passing", 1)
        await subscriber.subscribe(("r", 1))
        return await subscriber.settle()

    assert broker.run(check) == [Message("r", b"new", 1, retain=True)]


def test_empty_payload_clears_the_retained_message(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await mouth.publish("r", b"x", 1, retain=True)
        await mouth.publish("r", b"", 1, retain=True)
        await subscriber.subscribe(("r", 1))
        return await subscriber.settle()

    assert broker.run(check) == []
