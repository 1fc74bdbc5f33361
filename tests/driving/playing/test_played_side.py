"""A part that the harness plays, whatever protocol it speaks: what it records, and how it waits."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from harness.broker import embedded_broker
from harness.clock import Clock
from harness.driving.not_reached import NotReachedError
from harness.driving.playing.played_side import PlayedSide
from harness.driving.progress import Unseen
from harness.interruption import run
from harness.mqtt.link import connect
from harness.record.kinds import Done, Received, Sent
from harness.record.trace import Recorder

T = TypeVar("T")


class _Watched(Unseen):
    """Notes what is waited for."""

    def __init__(self) -> None:
        self.waited: list[tuple[str, float]] = []

    def waits(self, fact: str, at_most: float) -> None:
        """Noted."""
        self.waited.append((fact, at_most))


class _Side(PlayedSide):
    """Counts what it hears."""

    heard = 0

    async def attend(self) -> None:
        """Until cancelled."""
        async for delivery in self._link.deliveries():
            self.note(delivery)
            self.heard += 1
            self.has_news()


def _in_virtual_time(main: Coroutine[Any, Any, T]) -> T:
    return run(main, Clock.VIRTUAL)


def test_message_is_recorded_before_it_leaves_and_once_it_comes() -> None:
    async def drive() -> None:
        async with embedded_broker() as broker, connect(broker, "a") as link:
            await link.subscribe("a/#")
            side = _Side(link, "ear", recorder, Unseen())
            attending = asyncio.create_task(side.attend())
            await side.publish("a/b", b"word", "first", retain=True)
            await side.until(lambda: side.heard > 0, "a word", 1)
            attending.cancel()

    recorder = Recorder()
    _in_virtual_time(drive())

    [sent] = [one for one in recorder.records if isinstance(one, Sent)]
    [heard] = [one for one in recorder.records if isinstance(one, Received)]
    assert isinstance(recorder.records[0], Sent)
    assert (sent.topic, sent.payload, sent.label, sent.connection) == ("a/b", b"word", "first", "ear")
    assert sent.retain
    assert (heard.topic, heard.payload, heard.connection) == ("a/b", b"word", "ear")
    assert [one.of for one in recorder.records if isinstance(one, Done)] == [0]


def test_wait_in_vain_ends_the_scenario_or_is_passed_over() -> None:
    async def drive() -> tuple[bool, bool, float]:
        async with embedded_broker() as broker, connect(broker, "a") as link:
            side = _Side(link, "ear", Recorder(), watched)
            began = asyncio.get_running_loop().time()
            came = await side.goes_on(lambda: False, "the sun rises", 5)
            there = await side.goes_on(lambda: True, "it is there", 5)
            await side.listen(2)
            took = asyncio.get_running_loop().time() - began
            with pytest.raises(NotReachedError, match="waited 3 s until the sun rises, in vain"):
                await side.until(lambda: False, "the sun rises", 3)
            return came, there, took

    watched = _Watched()

    came, there, took = _in_virtual_time(drive())

    assert (came, there) == (False, True)
    assert took == pytest.approx(7, abs=0.1)
    assert watched.waited == [
        ("the sun rises", 5),
        ("it is there", 5),
        ("the stretch to watch is over", 2),
        ("the sun rises", 3),
    ]
