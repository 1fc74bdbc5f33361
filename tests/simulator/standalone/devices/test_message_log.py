"""The last messages of a device: how many are kept, and how they are shown."""

import asyncio

from simulator.link.passing_message import PassingMessage
from simulator.standalone.devices.message_log import LONGEST, MOST, MessageLog


def message(payload: bytes = b"{}", topic: str = "bells/1/ring") -> PassingMessage:
    """One that the device sends."""
    return PassingMessage(5.0, topic, payload, is_sent=True)


def numbers(log: MessageLog, after: int = 0) -> list[int]:
    """Those that a reader gets who has read so far."""
    return [one.number for one in log.after(after)]


def test_last_messages_are_kept_in_their_order() -> None:
    log = MessageLog()
    for _ in range(MOST + 3):
        log.add(message())

    assert numbers(log) == [*range(4, MOST + 4)]
    assert numbers(log, MOST + 1) == [MOST + 2, MOST + 3]


def test_large_messages_are_cut_and_fewer_of_them_are_kept() -> None:
    log = MessageLog()
    for _ in range(MOST):
        log.add(message(b"x" * 1_000_000))

    [first, *_] = kept = log.after(0)

    assert len(kept) * LONGEST <= 128 * 1024 < (len(kept) + 1) * LONGEST
    assert (first.size, len(first.message.payload), first.as_json()["is_cut"]) == (1_000_000, LONGEST, True)


def test_number_of_another_life_is_read_as_none() -> None:
    log = MessageLog()
    log.add(message())

    assert numbers(log, 77) == [1]


def test_what_does_not_print_is_escaped() -> None:
    log = MessageLog()
    log.add(message("\u202e<b>\x1b[31m".encode() + b"\xff", topic="bells/\n/ring"))

    [shown] = [one.as_json() for one in log.after(0)]

    assert (shown["topic"], shown["payload"], shown["size"]) == ("bells/\\n/ring", "\\u202e<b>\\x1b[31m\ufffd", 12)


def test_reader_waits_for_what_it_has_not_read() -> None:
    async def drive() -> tuple[list[int], list[int]]:
        log = MessageLog()
        log.add(message())
        first, second = (asyncio.create_task(log.more(number)) for number in (0, 1))
        found = [one.number for one in await first]
        assert not second.done()
        log.add(message())
        return found, [one.number for one in await second]

    assert asyncio.run(drive()) == ([1], [2])
