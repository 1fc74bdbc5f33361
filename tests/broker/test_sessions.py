"""Sessions that outlive a connection, what waits in them, and who takes them over."""

import asyncio

import pytest

from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Kind, Message, acknowledgement, frame, publish
from tests.broker.raw_client import RawClient


async def _away(meeting: Meeting, *filters: tuple[str, int]) -> None:
    """A session with these subscriptions, whose client has left."""
    subscriber = await meeting.client("ear", clean=False)
    await subscriber.subscribe(*filters)
    await subscriber.leave()


async def _back(meeting: Meeting) -> RawClient:
    return await meeting.client("ear", clean=False)


def test_messages_of_one_who_was_away_wait_in_order_without_the_retain_flag(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[bool, list[Message]]:
        await _away(meeting, ("p", 1), ("r", 2))
        mouth = await meeting.client("mouth")
        await mouth.publish("p", b"1", 1)
        await mouth.publish("r", b"2", 2, retain=True)
        await mouth.publish("p", b"3", 2)
        subscriber = await _back(meeting)
        return subscriber.session_present, [*await subscriber.heard(3)]

    assert broker.run(check) == (True, [Message("p", b"1", 1), Message("r", b"2", 2), Message("p", b"3", 1)])


def test_message_at_qos_0_does_not_wait(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        await _away(meeting, ("p", 1))
        await (await meeting.client("mouth")).publish("p", b"1")
        return await (await _back(meeting)).settle()

    assert broker.run(check) == []


def test_clean_session_ends_the_one_before(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[bool, bool, list[Message]]:
        await _away(meeting, ("p", 1))
        await (await meeting.client("mouth")).publish("p", b"1", 1)
        clean = await meeting.client("ear")
        await clean.leave()
        subscriber = await _back(meeting)
        return clean.session_present, subscriber.session_present, await subscriber.settle()

    assert broker.run(check) == (False, False, [])


def test_subscription_goes_on_with_the_session(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        await _away(meeting, ("p", 1))
        subscriber = await _back(meeting)
        await (await meeting.client("mouth")).publish("p", b"1", 1)
        return await subscriber.settle()

    assert broker.run(check) == [Message("p", b"1", 1)]


@pytest.mark.parametrize("qos", [1, 2])
def test_message_that_was_not_acknowledged_comes_again_as_a_duplicate(broker: BrokerUnderTest, qos: int) -> None:
    async def check(meeting: Meeting) -> tuple[list[Message], list[int], list[Message], list[int]]:
        deaf = await meeting.client("ear", clean=False, acknowledges=False)
        await deaf.subscribe(("x", qos))
        await (await meeting.client("mouth")).publish("x", b"1", qos)
        await deaf.heard(1)
        await deaf.close()
        subscriber = await _back(meeting)
        return deaf.messages, deaf.ids, await subscriber.settle(), subscriber.ids

    first, first_ids, again, again_ids = broker.run(check)
    assert (first, again) == ([Message("x", b"1", qos)], [Message("x", b"1", qos, dup=True)])
    assert first_ids == again_ids


def test_message_that_was_acknowledged_does_not_come_again(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber = await meeting.client("ear", clean=False)
        await subscriber.subscribe(("x", 1))
        await (await meeting.client("mouth")).publish("x", b"1", 1)
        await subscriber.settle()
        await subscriber.close()
        return await (await _back(meeting)).settle()

    assert broker.run(check) == []


def test_acknowledgement_after_six_seconds_is_in_time(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[list[Message], list[Message]]:
        slow, mouth = await meeting.client("ear", clean=False, acknowledges=False), await meeting.client("mouth")
        await slow.subscribe(("l", 1))
        await mouth.publish("l", b"1", 1)
        await slow.heard(1)
        await asyncio.sleep(6)
        slow.write(acknowledgement(Kind.PUBACK, slow.ids[0]))
        await mouth.publish("l", b"2", 1)
        await slow.settle()
        await slow.close()
        return slow.messages, await (await _back(meeting)).settle()

    heard, again = broker.run(check)
    assert heard == [Message("l", b"1", 1), Message("l", b"2", 1)]
    assert again == [Message("l", b"2", 1, dup=True)]


def test_release_that_was_not_answered_comes_again(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[int, int, list[Message]]:
        half = await meeting.client("ear", clean=False, acknowledges=False)
        await half.subscribe(("x", 2))
        await (await meeting.client("mouth")).publish("x", b"1", 2)
        await half.heard(1)
        half.write(acknowledgement(Kind.PUBREC, half.ids[0]))
        first = await half.hears(Kind.PUBREL)
        await half.close()
        subscriber = await _back(meeting)
        return first.id, (await subscriber.hears(Kind.PUBREL)).id, await subscriber.settle()

    first, again, messages = broker.run(check)
    assert first == again
    assert messages == []


def test_message_said_twice_before_its_release_is_passed_on_once(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber = await meeting.client("ear")
        await subscriber.subscribe(("x", 2))
        first = await meeting.client("mouth", clean=False)
        first.write(publish(Message("x", b"1", 2), 7))
        await first.hears(Kind.PUBREC)
        await first.close()
        again = await meeting.client("mouth", clean=False)
        again.write(publish(Message("x", b"1", 2, dup=True), 7))
        await again.hears(Kind.PUBREC)
        again.write(acknowledgement(Kind.PUBREL, 7))
        await again.hears(Kind.PUBCOMP)
        return await subscriber.settle()

    assert broker.run(check) == [Message("x", b"1", 2)]


def test_release_is_answered_each_time_it_is_said(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[int]:
        mouth = await meeting.client("mouth")
        mouth.write(publish(Message("x", b"1", 2), 7))
        await mouth.hears(Kind.PUBREC)
        mouth.write(acknowledgement(Kind.PUBREL, 7) * 2)
        return [(await mouth.hears(Kind.PUBCOMP)).id for _ in range(2)]

    assert broker.run(check) == [7, 7]


@pytest.mark.parametrize("clean", [True, False])
def test_second_client_of_a_name_takes_the_place_of_the_first(broker: BrokerUnderTest, *, clean: bool) -> None:
    async def check(meeting: Meeting) -> tuple[bool, bool, list[Message]]:
        first = await meeting.client("twin", clean=clean)
        await first.subscribe(("t", 1))
        second = await meeting.client("twin", clean=clean)
        await first.gone()
        if clean:
            await second.subscribe(("t", 1))
        await (await meeting.client("mouth")).publish("t", b"1", 1)
        return second.session_present, second.closed.is_set(), await second.settle()

    assert broker.run(check) == (not clean, False, [Message("t", b"1", 1)])


def test_client_without_a_name_gets_one(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[int]:
        one, other = await meeting.client(""), await meeting.client("")
        await other.settle()
        await one.settle()
        return [one.code, other.code]

    assert broker.run(check) == [0, 0]


def test_session_without_a_name_is_refused(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> int:
        nameless = await meeting.client("", clean=False)
        await nameless.gone()
        return nameless.code

    assert broker.run(check) == 2


def test_unsubscribed_topic_is_no_longer_heard(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, mouth = await meeting.client("ear"), await meeting.client("mouth")
        await subscriber.subscribe(("a", 1), ("b", 1))
        await subscriber.unsubscribe("a")
        await mouth.publish("a", b"1", 1)
        await mouth.publish("b", b"1", 1)
        return await subscriber.settle()

    assert broker.run(check) == [Message("b", b"1", 1)]


def test_leaving_closes_the_connection(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> bool:
        client = await meeting.client("c")
        client.write(frame(Kind.DISCONNECT))
        await client.gone()
        return True

    assert broker.run(check)
