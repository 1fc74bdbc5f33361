"""The cost of strangers and floods to the broker of ours is bounded, and nobody waits for long because of them."""

from collections.abc import Sequence

import pytest

from harness.broker import Listener
from harness.broker.access_control import Account
from harness.broker.server import mqtt_broker
from harness.broker.server.bounds import (
    CONNECT_BYTES,
    CONTROL_BYTES,
    FILTERS,
    LATEST,
    LEVELS,
    LIKE_A_PACKET,
    PACKET_BYTES,
    PACKETS_IN_A_ROW,
    RETAINED,
    RETAINED_BYTES,
    RETAINED_IN_A_ROW,
    STRANGERS,
    WAITING,
    WAITING_BYTES,
)
from harness.broker.server.client import Client
from harness.broker.server.client_session import ClientSession
from harness.broker.server.retained import RetainedMessages
from harness.broker.server.subscriptions import Subscriptions
from harness.mqtt.endpoint import Login
from harness.mqtt.packets import ObservedPacket, PacketKind
from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Kind, Message, frame, publish, text
from tests.broker.raw_client import RawClient


def _announced(kind: Kind, size: int) -> bytes:
    """The header of a packet that never comes."""
    whole = frame(kind, bytes(size))
    return whole[: len(whole) - size]


def test_first_packet_that_claims_to_be_huge_is_hung_up_on_before_it_comes(embedded: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> bool:
        stranger = await meeting.stranger()
        stranger.write(_announced(Kind.CONNECT, CONNECT_BYTES + 1))
        await stranger.gone()
        return stranger.closed.is_set()

    assert embedded.run(check)


def test_later_packet_may_be_larger_but_not_without_bound(embedded: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[int, bool]:
        subscriber, mouth = await meeting.client("ear"), await meeting.client("mouth")
        await subscriber.subscribe(("t", 0))
        await mouth.publish("t", bytes(CONNECT_BYTES + 1), 1)
        mouth.write(_announced(Kind.PUBLISH, PACKET_BYTES + 1))
        await mouth.gone()
        return len((await subscriber.heard(1))[0].payload), mouth.closed.is_set()

    assert embedded.run(check) == (CONNECT_BYTES + 1, True)


@pytest.mark.parametrize("kind", [Kind.SUBSCRIBE, Kind.UNSUBSCRIBE])
def test_packet_that_is_no_message_may_not_be_as_large_as_one(embedded: BrokerUnderTest, kind: Kind) -> None:
    async def check(meeting: Meeting) -> bool:
        greedy = await meeting.client("greedy")
        header = _announced(kind, CONTROL_BYTES + 1)
        greedy.write(bytes([header[0] | 2]) + header[1:])
        await greedy.gone()
        return greedy.closed.is_set()

    assert embedded.run(check)


def test_connection_that_says_nothing_makes_room_for_a_newer_one(embedded: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[list[bool], int]:
        strangers = [await meeting.stranger() for _ in range(STRANGERS)]
        device = await meeting.client("device")
        await strangers[0].gone()
        return [stranger.closed.is_set() for stranger in strangers[:2]], device.code

    assert embedded.run(check) == ([True, False], 0)


@pytest.mark.parametrize("said", [b"", frame(Kind.CONNECT, bytes(20))[:-1]], ids=["nothing", "a part of it"])
def test_connection_on_which_no_connect_comes_in_time_is_closed(
    embedded: BrokerUnderTest, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(mqtt_broker, "CONNECT_WITHIN", 0.2)

    async def check(meeting: Meeting) -> bool:
        stranger = await meeting.stranger()
        stranger.write(said)
        await stranger.gone()
        return stranger.closed.is_set()

    assert embedded.run(check)


def test_flood_of_packets_gives_everybody_else_a_turn(embedded: BrokerUnderTest) -> None:
    assert _rounds_before_another_has_its_turn(embedded, b"", 50 * PACKETS_IN_A_ROW) <= 2 * PACKETS_IN_A_ROW


def test_flood_of_messages_that_many_filters_are_compared_with_gives_everybody_else_a_turn(
    embedded: BrokerUnderTest,
) -> None:
    filters = [f"+/{number}" for number in range(FILTERS)]
    like_packets = FILTERS // LIKE_A_PACKET

    rounds = _rounds_before_another_has_its_turn(embedded, publish(Message("a/b", b"x"), 0), 100, filters)

    assert rounds <= 2 * PACKETS_IN_A_ROW // like_packets


def test_flood_of_messages_that_many_clients_hear_gives_everybody_else_a_turn(embedded: BrokerUnderTest) -> None:
    hearers = 3 * LIKE_A_PACKET

    rounds = _rounds_before_another_has_its_turn(embedded, publish(Message("t", b"x"), 0), 100, hearers=hearers)

    assert rounds <= 2 * PACKETS_IN_A_ROW // (2 + 3)


def test_flood_of_subscriptions_gives_everybody_else_a_turn(embedded: BrokerUnderTest) -> None:
    subscribe = frame(Kind.SUBSCRIBE, b"\0\1" + (text("t") + b"\0") * 10 * LIKE_A_PACKET, flags=2)

    assert _rounds_before_another_has_its_turn(embedded, subscribe, 100) <= 2 * PACKETS_IN_A_ROW // (2 + 10) + 1


def _rounds_before_another_has_its_turn(
    broker: BrokerUnderTest, flood: bytes, rounds: int, filters: Sequence[str] = (), *, hearers: int = 0
) -> int:
    """How often a client that sends `flood` and a ping in a row is heard before another, who says a word, is."""
    pings: list[str] = []

    async def check(meeting: Meeting) -> None:
        for number in range(hearers):
            await (await meeting.client(f"ear-{number}")).subscribe(("t", 0))
        flooding, patient = await meeting.client("flood"), await meeting.client("patient")
        for topic_filter in filters:
            flooding.write(frame(Kind.SUBSCRIBE, b"\0\1" + text(topic_filter) + b"\0", flags=2))
        await flooding.settle()
        pings.clear()
        flooding.write((flood + frame(Kind.PINGREQ)) * rounds)
        patient.write(frame(Kind.PINGREQ))
        await patient.hears(Kind.PINGRESP)
        while pings.count("flood") < rounds:
            await flooding.hears(Kind.PINGRESP)

    def note(seen: ObservedPacket) -> None:
        if seen.what is PacketKind.PINGREQ:
            pings.append(seen.client_id)

    broker.run(check, Listener(watch=note))
    return pings.index("patient")


def test_crowd_of_retained_messages_gives_everybody_else_a_turn(embedded: BrokerUnderTest) -> None:
    crowd = 5 * RETAINED_IN_A_ROW

    async def check(meeting: Meeting) -> tuple[int, int]:
        mouth, subscriber, patient = [await meeting.client(name) for name in ("mouth", "ear", "patient")]
        for number in range(crowd):
            mouth.write(publish(Message(f"t/{number}", b"x", retain=True), 0))
        await mouth.settle()
        subscriber.write(frame(Kind.SUBSCRIBE, b"\0\1" + text("t/#") + b"\0", flags=2))
        await patient.settle()
        return len(subscriber.messages), len(await subscriber.heard(crowd))

    meanwhile, at_last = embedded.run(check)

    assert meanwhile <= 2 * RETAINED_IN_A_ROW
    assert at_last == crowd


def test_client_may_not_subscribe_without_end() -> None:
    table = Subscriptions()

    granted = [table.add("greedy", f"t/{number}", 1) for number in range(FILTERS + 1)]

    assert granted == [True] * FILTERS + [False]
    assert table.add("greedy", "t/0", 0)
    assert table.add("modest", "t/0", 1)
    assert table.granted("t/0") == {"greedy": 0, "modest": 1}


def test_filter_may_not_have_levels_without_end() -> None:
    table = Subscriptions()

    assert table.add("modest", "+/" * (LEVELS - 1) + "#", 1)
    assert not table.add("greedy", "+/" * LEVELS + "#", 1)
    assert table.granted("a/" * (2 * LEVELS)) == {"modest": 1}


def test_topic_goes_to_filters_that_came_or_went_since_its_last_message() -> None:
    table = Subscriptions()
    table.add("first", "a/+", 1)
    before = table.granted("a/b")

    table.add("second", "a/#", 0)
    both = table.granted("a/b")
    table.forget("first")
    after = table.granted("a/b")

    assert (before, both, after) == ({"first": 1}, {"first": 1, "second": 0}, {"second": 0})


def test_broker_keeps_no_more_retained_messages_than_it_has_room_for() -> None:
    retained = RetainedMessages()

    assert all(retained.put(str(number), b"x", 0) for number in range(RETAINED))
    assert not retained.put("one more", b"x", 0)
    assert retained.put("0", b"", 0)
    assert retained.put("one more", b"x", 0)
    assert not retained.put("one more", bytes(RETAINED_BYTES), 0)
    assert retained.at("one more") is None


def test_message_that_is_passed_on_though_there_is_no_room_to_keep_it_arrives(embedded: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        mouth, subscriber = await meeting.client("mouth"), await meeting.client("ear")
        await subscriber.subscribe(("last", 0))
        for number in range(RETAINED):
            mouth.write(publish(Message(f"t/{number}", b"x", retain=True), 0))
        await mouth.publish("last", b"x", retain=True)
        return [*await subscriber.heard(1), *await (await _new(meeting)).settle()]

    async def _new(meeting: Meeting) -> RawClient:
        late = await meeting.client("late")
        await late.subscribe(("last", 0))
        return late

    assert embedded.run(check) == [Message("last", b"x")]


def test_client_that_is_away_has_no_more_kept_for_it_than_there_is_room_for(embedded: BrokerUnderTest) -> None:
    size = PACKET_BYTES - 1_000

    async def check(meeting: Meeting) -> int:
        away = await meeting.client("away", clean=False)
        await away.subscribe(("t", 1))
        await away.leave()
        mouth = await meeting.client("mouth")
        for _ in range(WAITING_BYTES // size + 2):
            await mouth.publish("t", bytes(size), 1)
        return len(await (await meeting.client("away", clean=False)).settle())

    assert embedded.run(check) == WAITING_BYTES // size


def test_client_that_is_away_has_no_more_messages_kept_for_it_than_a_number() -> None:
    client = _away()

    for number in range(WAITING + 1):
        client.send("t", str(number).encode(), 1, retain=False)

    assert [bytes(message.data) for message in client.session.inflight_out.values()] == [
        str(number).encode() for number in range(WAITING)
    ]


def test_latest_message_is_kept_of_no_more_topics_than_there_is_room_for() -> None:
    client = _away()
    for number in range(LATEST + 1):
        client.send(f"t/{number}", b"x", 1, retain=False)
        client.acknowledged(number + 1, 1)

    client.send_again("t/0")
    client.send_again(f"t/{LATEST}")

    assert [message.topic for message in client.session.inflight_out.values()] == [f"t/{LATEST}"]


def test_client_that_never_releases_what_it_says_twice_is_hung_up_on(embedded: BrokerUnderTest) -> None:
    size = PACKET_BYTES - 1_000

    async def check(meeting: Meeting) -> int:
        hoarder = await meeting.client("hoarder")
        for number in range(WAITING_BYTES // size + 1):
            hoarder.write(publish(Message("t", bytes(size), 2), number + 1))
        await hoarder.gone()
        return (await meeting.client("another")).code

    assert embedded.run(check) == 0


def _away() -> Client:
    """A client that has no connection at the moment."""
    return Client(ClientSession(), Account(Login("x", "y")), None, lambda _client_id, _packet: None)
