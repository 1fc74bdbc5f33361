"""The network conditions between a device and its link."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

import pytest

from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop, utc
from harness.mqtt.link import Delivery
from simulator.link.network_conditions import Network, one_after_the_other, repeated, rewritten, slow, straight
from simulator.udmi.variations.connection.slow_networks import SLOW_NETWORKS
from simulator.udmi.variations.messages.json_styles import JSON_STYLES
from simulator.udmi.variations.variation import Variation
from tests.protocols.udmi.words.whole_messages import STATE
from tests.udmi_1_5 import decode_state

T = TypeVar("T")


class HandMade:
    """A line whose messages are written down, with the seconds since the beginning; and which delivers three."""

    def __init__(self) -> None:
        self.sent: list[tuple[float, str, bytes]] = []
        self.flags: list[tuple[bool, int | None]] = []

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """Written down."""
        self.flags.append((retain, qos))
        self.sent.append((_now(), topic, payload))

    async def rejoin(self) -> None:
        """Nothing comes of it."""

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """At once."""
        for number in range(3):
            yield Delivery(utc(), "config", str(number).encode(), retain=False)
        await asyncio.Event().wait()


def _now() -> float:
    return round(utc() - VIRTUAL_BIRTHDAY, 6)


def _run(drive: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(drive)


def _sent(road: Network, *messages: tuple[str, bytes]) -> list[tuple[float, str, bytes]]:
    """The deliveries of a link if these are sent at once, and ten seconds are waited."""

    async def drive() -> list[tuple[float, str, bytes]]:
        line = HandMade()
        async with road(line) as near:
            for topic, payload in messages:
                await near.publish(topic, payload)
            await asyncio.sleep(10)
        return line.sent

    return _run(drive())


def _heard(road: Network) -> list[tuple[float, bytes]]:
    """The messages that arrive at the device in ten seconds, and when."""

    async def drive() -> list[tuple[float, bytes]]:
        heard: list[tuple[float, bytes]] = []

        async def hear() -> None:
            async for delivery in near.deliveries():
                heard.append((_now(), delivery.payload))  # noqa: PERF401 - it is cancelled in the middle

        async with road(HandMade()) as near:
            hearing = asyncio.create_task(hear())
            await asyncio.sleep(10)
            hearing.cancel()
        return heard

    return _run(drive())


def test_straight_road_changes_nothing() -> None:
    assert _sent(straight, ("state", b"1")) == [(0, "state", b"1")]
    assert _heard(straight) == [(0, b"0"), (0, b"1"), (0, b"2")]


def test_what_is_rewritten_leaves_so() -> None:
    assert _sent(rewritten(bytes.upper), ("state", b"a")) == [(0, "state", b"A")]


def test_what_is_repeated_is_only_what_was_asked_for() -> None:
    sent = _sent(repeated("/state"), ("a/state", b"1"), ("a/events", b"2"))

    assert sent == [(0, "a/state", b"1"), (0, "a/state", b"1"), (0, "a/events", b"2")]


def test_slow_messages_do_not_hold_up_the_device() -> None:
    assert _sent(slow((3.0,), (0.0,)), ("state", b"1"), ("state", b"2")) == [(3, "state", b"1"), (3, "state", b"2")]


def test_slow_messages_do_not_overtake() -> None:
    assert _sent(slow((2.0, 1.0), (0.0,)), ("state", b"1"), ("state", b"2")) == [(2, "state", b"1"), (2, "state", b"2")]


def test_messages_to_the_device_take_their_time() -> None:
    assert _heard(slow((0.0,), (0.5, 1.5))) == [(0.5, b"0"), (1.5, b"1"), (1.5, b"2")]


@pytest.mark.parametrize("road", [straight, rewritten(bytes.upper), repeated("x"), slow((0.0,), (0.0,))])
def test_message_keeps_its_flags_on_every_road(road: Network) -> None:
    async def drive() -> list[tuple[bool, int | None]]:
        line = HandMade()
        async with road(line) as near:
            await near.publish("state", b"{}", retain=True, qos=0)
            await asyncio.sleep(1)
        return line.flags

    assert _run(drive()) == [(True, 0)]


def test_roads_are_passed_in_turn() -> None:
    road = one_after_the_other(repeated("state"), slow((0.0, 1.0), (0.0,)))

    assert _sent(road, ("state", b"1")) == [(0, "state", b"1"), (1, "state", b"1")]


@pytest.mark.parametrize("variation", JSON_STYLES, ids=lambda variation: variation.variant.id)
def test_quirk_of_spelling_says_the_same_in_other_words(variation: Variation) -> None:
    system = {**STATE["system"], "hardware": {"make": "Müller / Sons", "model": "AHU"}}
    plain = json.dumps({**STATE, "system": system}).encode()

    ((_, _, payload),) = _sent(variation.network, ("state", plain))

    assert payload != plain
    assert decode_state(payload) == decode_state(plain)


@pytest.mark.parametrize("variation", SLOW_NETWORKS, ids=lambda variation: variation.variant.id)
def test_quirk_of_a_road_loses_nothing_and_keeps_the_order(variation: Variation) -> None:
    messages = [("a/state", str(number).encode()) for number in range(20)]

    sent = _sent(variation.network, *messages)

    assert list(dict.fromkeys(payload for _, _, payload in sent)) == [payload for _, payload in messages]
    assert [payload for _, payload in _heard(variation.network)] == [b"0", b"1", b"2"]
