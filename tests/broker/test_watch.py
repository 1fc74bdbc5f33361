"""What the embedded broker tells of its clients."""

import asyncio

from harness.broker import Account, Listener, Seen, Sight, embedded_broker
from harness.clock import VIRTUAL_BIRTHDAY, Clock
from harness.wire.endpoint import Login
from tests.broker.bench import Bench, Meeting
from tests.broker.packets import Kind, acknowledgement

OURS = Bench(embedded_broker, Clock.VIRTUAL)


def _seen_of(client_id: str, seen: list[Seen]) -> list[tuple[float, Sight, tuple[str, ...]]]:
    return [(sight.time - VIRTUAL_BIRTHDAY, sight.what, sight.topics) for sight in seen if sight.client_id == client_id]


def test_packets_of_a_client_are_seen_when_they_are_read() -> None:
    async def check(meeting: Meeting) -> None:
        ear, mouth = await meeting.client("ear", acknowledges=False), await meeting.client("mouth")
        await ear.subscribe(("a/#", 1), ("b", 0))
        await mouth.publish("a/b", b"x", 1)
        await ear.heard(1)
        await asyncio.sleep(2)
        ear.write(acknowledgement(Kind.PUBACK, ear.ids[0]))
        ear.write(acknowledgement(Kind.PUBACK, 99))
        await asyncio.sleep(1)
        await ear.settle()
        await ear.leave()

    seen: list[Seen] = []
    OURS.run(check, Listener(watch=seen.append))

    assert _seen_of("ear", seen) == [
        (0, Sight.CONNECT, ()),
        (0, Sight.SUBSCRIBE, ("a/#", "b")),
        (2, Sight.PUBACK, ("a/b",)),
        (2, Sight.PUBACK, ()),
        (3, Sight.PINGREQ, ()),
        (3, Sight.DISCONNECT, ()),
    ]


def test_client_that_is_lost_is_seen_to_be() -> None:
    async def check(meeting: Meeting) -> None:
        await meeting.client("silent", keep_alive=2)
        await asyncio.sleep(10)

    seen: list[Seen] = []
    OURS.run(check, Listener(watch=seen.append))

    assert _seen_of("silent", seen) == [(0, Sight.CONNECT, ()), (3, Sight.LOST, ())]


def test_client_that_is_refused_is_seen_to_ask() -> None:
    async def check(meeting: Meeting) -> None:
        await (await meeting.client("c", login=Login("who", "knows"))).gone()

    seen: list[Seen] = []
    OURS.run(check, Listener(accounts=(Account(Login("a", "b")),), watch=seen.append))

    assert _seen_of("c", seen) == [(0, Sight.CONNECT, ())]


def test_connection_that_says_nothing_is_closed_after_ten_seconds() -> None:
    async def check(meeting: Meeting) -> float:
        stranger = await meeting.stranger()
        await stranger.closed.wait()
        return asyncio.get_running_loop().time()

    assert OURS.run(check) == 10


def test_client_whose_place_is_taken_is_lost_before_the_next_one_comes() -> None:
    async def check(meeting: Meeting) -> None:
        await meeting.client("twin")
        await (await meeting.client("twin")).leave()

    seen: list[Seen] = []
    OURS.run(check, Listener(watch=seen.append))

    assert [sight.what for sight in seen] == [Sight.CONNECT, Sight.LOST, Sight.CONNECT, Sight.DISCONNECT]


def test_client_that_leaves_its_name_to_the_broker_is_one_and_the_same_in_all_that_is_seen() -> None:
    async def check(meeting: Meeting) -> None:
        nameless = await meeting.client("")
        await nameless.subscribe(("a", 1))
        await nameless.leave()

    seen: list[Seen] = []
    OURS.run(check, Listener(watch=seen.append))

    assert [sight.what for sight in seen] == [Sight.CONNECT, Sight.SUBSCRIBE, Sight.DISCONNECT]
    assert len({sight.client_id for sight in seen}) == 1
