"""The shell gives a machine a link and a clock, and carries out its effects in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import pytest

from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop, utc
from harness.errors import LinkError
from harness.machine.effects import Effect, Publish, WakeAt
from harness.machine.shell import Tell, alive
from harness.mqtt.link import Delivery, Link

FAR_AWAY = 1e6  # seconds


def since_birth() -> float:
    """Virtual seconds."""
    return round(utc() - VIRTUAL_BIRTHDAY, 6)


class Wire(Link):
    """A link without a broker. Its PUBACK takes `latency` seconds; the link is lost when None is delivered."""

    def __init__(self, latency: float = 0.0) -> None:
        self.incoming = asyncio.Queue[Delivery | None]()
        self.log: list[tuple[float, str]] = []
        self.flags: list[tuple[bool, int | None]] = []
        self._latency = latency

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """Note when it began."""
        assert payload
        self.flags.append((retain, qos))
        self.log.append((since_birth(), topic))
        await asyncio.sleep(self._latency)

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """The messages that the test put in."""
        while delivery := await self.incoming.get():
            yield delivery
        raise LinkError("the broker", "is gone")


@dataclass
class Recorder:
    """A machine that notes what it was told and when, and answers by a script."""

    on_wake: Callable[[float], Sequence[Effect]]
    on_event: Callable[[str, float], Sequence[Effect]]
    log: list[tuple[float, str]] = field(default_factory=list)

    def receive(self, event: str, now: float) -> Sequence[Effect]:
        """Note the event."""
        self.log.append((since_birth(), event))
        return self.on_event(event, now)

    def wake(self, now: float) -> Sequence[Effect]:
        """Note that it was woken."""
        self.log.append((since_birth(), "woken"))
        return self.on_wake(now)


def machine(*, sleeps: float = FAR_AWAY, on_event: Callable[[str, float], Sequence[Effect]] | None = None) -> Recorder:
    """One that wishes to be woken every so many seconds, and does nothing else unless told otherwise."""
    return Recorder(lambda now: [WakeAt(now + sleeps)], on_event or (lambda _event, _now: []))


def say(*topics: str) -> list[Effect]:
    """Publish on these topics, in this order."""
    return [Publish(topic, b"{}") for topic in topics]


def live(recorder: Recorder, script: Callable[[Wire, Tell[str]], Awaitable[None]], *, latency: float = 0.0) -> Wire:
    """Let the machine live, in virtual time, as long as the script lasts."""

    async def main() -> Wire:
        wire = Wire(latency)
        async with alive(recorder, wire, _read) as tell:
            await script(wire, tell)
        return wire

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(main())


def _read(delivery: Delivery) -> str | None:
    return delivery.payload.decode() or None


def delivery(text: str) -> Delivery:
    """A message with this text."""
    return Delivery(utc(), "topic", text.encode(), retain=False)


async def wait(_wire: Wire, _tell: Tell[str]) -> None:
    """Ten virtual seconds."""
    await asyncio.sleep(10)


def test_machine_is_woken_at_once_and_then_whenever_it_wishes() -> None:
    recorder = machine(sleeps=3)

    live(recorder, wait)

    assert recorder.log == [(0, "woken"), (3, "woken"), (6, "woken"), (9, "woken")]


def test_wish_that_has_passed_is_fulfilled_at_once() -> None:
    wishes = iter([-5.0, FAR_AWAY])
    recorder = Recorder(lambda now: [WakeAt(now + next(wishes))], lambda _event, _now: [])

    live(recorder, wait)

    assert recorder.log == [(0, "woken"), (0, "woken")]


def test_machine_that_wishes_for_nothing_more_is_not_woken_again() -> None:
    recorder = Recorder(lambda _now: [], lambda _event, _now: [])

    live(recorder, wait)

    assert recorder.log == [(0, "woken")]


def test_later_wish_replaces_the_earlier_one() -> None:
    recorder = machine(sleeps=5, on_event=lambda _event, now: [WakeAt(now + 7)])

    async def tell_at_two(_wire: Wire, tell: Tell[str]) -> None:
        await asyncio.sleep(2)
        tell("later")
        await asyncio.sleep(8)

    live(recorder, tell_at_two)

    assert recorder.log == [(0, "woken"), (2, "later"), (9, "woken")]


def test_message_goes_out_with_its_flags() -> None:
    flagged: list[Effect] = [Publish("a", b"{}"), Publish("b", b"{}", retain=True), Publish("c", b"{}", qos=0)]

    wire = live(Recorder(lambda _now: flagged, lambda _event, _now: []), wait)

    assert wire.flags == [(False, None), (True, None), (False, 0)]


def test_event_without_a_wish_leaves_the_alarm_as_it_is() -> None:
    recorder = machine(sleeps=5)

    async def tell_at_two(_wire: Wire, tell: Tell[str]) -> None:
        await asyncio.sleep(2)
        tell("by the way")
        await asyncio.sleep(4)

    live(recorder, tell_at_two)

    assert recorder.log == [(0, "woken"), (2, "by the way"), (5, "woken")]


def test_deliveries_reach_the_machine_in_order_and_in_time() -> None:
    recorder = machine()

    async def deliver(wire: Wire, _tell: Tell[str]) -> None:
        await asyncio.sleep(1)
        wire.incoming.put_nowait(delivery("first"))
        wire.incoming.put_nowait(delivery("second"))
        await asyncio.sleep(1)

    live(recorder, deliver)

    assert recorder.log == [(0, "woken"), (1, "first"), (1, "second")]


def test_delivery_that_means_nothing_is_dropped() -> None:
    recorder = machine()

    async def deliver(wire: Wire, _tell: Tell[str]) -> None:
        wire.incoming.put_nowait(delivery(""))
        await asyncio.sleep(1)

    live(recorder, deliver)

    assert recorder.log == [(0, "woken")]


def test_effects_are_carried_out_in_order() -> None:
    recorder = machine(on_event=lambda event, _now: say(f"{event}/state", f"{event}/events"))

    async def tell_twice(_wire: Wire, tell: Tell[str]) -> None:
        tell("a")
        tell("b")
        await asyncio.sleep(1)

    wire = live(recorder, tell_twice)

    assert [topic for _, topic in wire.log] == ["a/state", "a/events", "b/state", "b/events"]


def test_no_publish_overtakes_the_one_before() -> None:
    recorder = machine(on_event=lambda event, _now: say(event))

    async def tell_twice(_wire: Wire, tell: Tell[str]) -> None:
        await asyncio.sleep(1)
        tell("a")
        tell("b")
        await asyncio.sleep(9)

    wire = live(recorder, tell_twice, latency=2)

    assert wire.log == [(1, "a"), (3, "b")]


def test_event_and_alarm_at_one_instant_are_both_served() -> None:
    recorder = machine(sleeps=5)

    async def tell_at_five(_wire: Wire, tell: Tell[str]) -> None:
        await asyncio.sleep(5)
        tell("at five")
        await asyncio.sleep(1)

    live(recorder, tell_at_five)

    assert sorted(recorder.log) == [(0, "woken"), (5, "at five"), (5, "woken")]


def test_alarm_that_rings_while_effects_are_carried_out_is_served_after_them() -> None:
    recorder = machine(sleeps=3, on_event=lambda event, _now: say(event))

    async def tell_at_two(_wire: Wire, tell: Tell[str]) -> None:
        await asyncio.sleep(2)
        tell("a")
        await asyncio.sleep(4)

    live(recorder, tell_at_two, latency=2)

    assert recorder.log == [(0, "woken"), (2, "a"), (4, "woken")]


def test_machine_is_left_alone_once_the_block_is_over() -> None:
    async def main() -> list[tuple[float, str]]:
        recorder = machine(sleeps=1)
        async with alive(recorder, Wire(), _read):
            await asyncio.sleep(2.5)
        await asyncio.sleep(10)
        return recorder.log

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        assert runner.run(main()) == [(0, "woken"), (1, "woken"), (2, "woken")]


def test_link_that_is_lost_ends_the_block_with_its_error() -> None:
    async def lose(wire: Wire, _tell: Tell[str]) -> None:
        wire.incoming.put_nowait(None)
        await asyncio.sleep(FAR_AWAY)

    with pytest.raises(ExceptionGroup) as lost:
        live(machine(), lose)

    assert [str(error) for error in lost.value.exceptions] == ["the broker: is gone"]


def test_machine_that_falls_over_ends_the_block_with_its_error() -> None:
    def fall_over(_event: str, _now: float) -> Sequence[Effect]:
        raise ZeroDivisionError("ours")

    async def trip(_wire: Wire, tell: Tell[str]) -> None:
        tell("a stone")
        await asyncio.sleep(FAR_AWAY)

    with pytest.raises(ExceptionGroup) as fallen:
        live(machine(on_event=fall_over), trip)

    assert [str(error) for error in fallen.value.exceptions] == ["ours"]
