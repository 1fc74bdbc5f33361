"""Whom a broker of ours takes for the device, and whether it is there."""

import asyncio

import pytest

from harness.clock import Clock, new_loop
from harness.driving.witness import Witness
from harness.record import Record
from harness.trace import Recorder
from harness.wire.seen import Hello, Seen, Sight

CONFIG = "/devices/DEV-1/config"


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def witness(recorder: Recorder) -> Witness:
    return Witness(recorder, CONFIG)


def hello(client: str, *, keep_alive: int = 60, refused: bool | None = None) -> Seen:
    said = Hello("MQTT", 4, clean_session=True, keep_alive=keep_alive)
    return Seen(0.0, client, Sight.CONNECT, hello=said, refused=refused)


def asks(client: str, topic_filter: str = CONFIG) -> Seen:
    return Seen(0.0, client, Sight.SUBSCRIBE, (topic_filter,), (1,))


def gone(client: str) -> Seen:
    return Seen(0.0, client, Sight.LOST)


def shown(witness: Witness, *sights: Seen) -> Witness:
    for seen in sights:
        witness.see(seen)
    return witness


def test_our_own_clients_are_not_written_down(witness: Witness, recorder: Recorder) -> None:
    shown(witness, hello("setpoint-cloud-DEV-1"), asks("setpoint-cloud-DEV-1"))

    assert list[Record](recorder.records) == []
    assert not witness.is_up


@pytest.mark.parametrize("topic_filter", [CONFIG, "/devices/DEV-1/#", "/devices/+/config", "#"])
def test_who_asks_for_configs_is_the_device(witness: Witness, topic_filter: str) -> None:
    assert shown(witness, hello("a", keep_alive=7), asks("a", topic_filter)).is_up
    assert witness.keep_alive == 7
    assert not shown(witness, gone("a")).is_up


def test_who_asks_for_something_else_is_nobody(witness: Witness) -> None:
    assert not shown(witness, hello("a"), asks("a", "/devices/DEV-1/commands/#")).is_up


def test_who_listens_in_to_everything_does_not_stand_for_the_device(witness: Witness) -> None:
    shown(witness, hello("device", keep_alive=7), asks("device"), hello("ear"), asks("ear", "#"))

    assert shown(witness, gone("ear")).is_up
    assert not shown(witness, gone("device"), asks("ear", "#")).is_up
    assert witness.keep_alive == 7


def test_device_may_come_back_by_another_name(witness: Witness) -> None:
    assert shown(witness, hello("a"), asks("a"), gone("a"), hello("b"), asks("b")).is_up


def test_device_with_a_session_that_lasts_is_back_without_asking(witness: Witness) -> None:
    assert shown(witness, hello("a"), asks("a"), gone("a"), hello("a")).is_up


def test_device_that_is_refused_is_not_back(witness: Witness) -> None:
    assert not shown(witness, hello("a"), asks("a"), gone("a"), hello("a", refused=True)).is_up


def test_tries_are_counted_from_when_they_are_waited_for(witness: Witness) -> None:
    async def two_more() -> None:
        shown(witness, hello("a", refused=True))
        waiting = asyncio.create_task(witness.until_refused(2))
        for _ in range(2):
            await asyncio.sleep(1)
            assert not waiting.done()
            shown(witness, hello("a", refused=True))
        await waiting

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        runner.run(two_more())
