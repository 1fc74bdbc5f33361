"""What a scenario does as the cloud: it sends, and waits for facts. The other end of the link is played by hand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from io import StringIO

import pytest

from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop, utc
from harness.driving.cloud import Cloud, NotReachedError
from harness.driving.counterpart import Counterpart, In
from harness.driving.progress import Unseen
from harness.profile import Kind, Point, Setting
from harness.record import Done, Received, Record, Sent
from harness.trace import Recorder
from harness.wire.link import Delivery, Link
from harness.wire.topics import Topics
from harness.wire.udmi import Message, PointsetState, PointState, State, Status, SystemState, Telemetry, ValueState
from tests.udmi_1_5 import CODEC, decode_config, encode

TOPICS = Topics.of("DEV-1")
APPLIED = ValueState.APPLIED
WRITE = Setting("damper", 30.0, "write")


def reporting(value_state: ValueState | None, *, etag: str = "e") -> State:
    """A state of the damper."""
    return State(pointset=PointsetState(etag, {"damper": PointState(value_state)}))


class HandMade(Link):
    """A link whose other end is the test; its PUBACK takes two seconds."""

    def __init__(self) -> None:
        self._incoming = asyncio.Queue[Delivery]()

    def say(self, message: Message, *, retain: bool = False) -> None:
        """The device says this, now."""
        topic = TOPICS.telemetry if isinstance(message, Telemetry) else TOPICS.state
        self._incoming.put_nowait(Delivery(utc(), topic, encode(message), retain))

    def say_later(self, seconds: float, message: Message) -> None:
        """The device says this in so many seconds."""
        asyncio.get_running_loop().call_later(seconds, self.say, message)

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Configs are retained, as a device that comes back must find them."""
        assert (topic, retain, bool(payload)) == (TOPICS.config, True, True)
        await asyncio.sleep(2)

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """What the device said."""
        while True:
            yield await self._incoming.get()


Script = Callable[[Cloud, HandMade], Awaitable[None]]


FAR = 0.5  # seconds: the allowance of a device that is not near


def records_of(script: Script) -> list[Record]:
    """What is recorded while a scenario does that."""
    return list(played(script)[0].records)


def lasted(script: Script, allowance: float = 0.0) -> float:
    """How many seconds it takes."""
    return played(script, allowance)[1]


def played(script: Script, allowance: float = 0.0) -> tuple[Recorder, float]:
    """The recorder, and virtual seconds that passed."""

    async def main() -> tuple[Recorder, float]:
        link, recorder = HandMade(), Recorder(StringIO())
        cloud = Cloud(link, TOPICS, Counterpart(["damper"], CODEC), recorder, Unseen(), allowance=allowance)
        attending = asyncio.create_task(cloud.attend())
        await script(cloud, link)
        seconds = round(utc() - VIRTUAL_BIRTHDAY, 6)
        await asyncio.sleep(0)
        attending.cancel()
        with suppress(asyncio.CancelledError):
            await attending
        return recorder, seconds

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(main())


def test_config_is_recorded_before_it_leaves_and_its_puback_when_it_comes() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE, label="config")

    sent, done = records_of(script)

    assert isinstance(sent, Sent)
    assert isinstance(done, Done)
    assert (sent.label, sent.settings) == ("config", {"write": ("damper", 30.0)})
    assert (sent.time, done.time, done.of) == (VIRTUAL_BIRTHDAY, VIRTUAL_BIRTHDAY + 2, 0)


def test_what_the_device_says_meanwhile_is_recorded_between_the_two() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, reporting(None))
        await cloud.write(WRITE)

    assert [type(record) for record in records_of(script)] == [Sent, Received, Done]


def test_write_rests_on_the_latest_etag() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, reporting(None, etag="a"))
        await cloud.say_again("first")
        await cloud.write(WRITE, label="second")

    [second] = [record for record in records_of(script) if isinstance(record, Sent) and record.label == "second"]
    pointset = decode_config(second.payload).pointset

    assert pointset is not None
    assert pointset.etag == "a"


def test_retained_state_is_recorded_and_not_believed() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(reporting(None, etag="of long ago"), retain=True)
        await cloud.listen(1)
        assert not cloud.has_heard_a_state
        assert cloud.etag is None

    assert [type(record) for record in records_of(script)] == [Received]


def test_wait_ends_with_the_report_that_it_is_for() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, reporting(ValueState.UPDATING))
        link.say_later(9, reporting(APPLIED))
        await cloud.write(WRITE)
        await cloud.until(WRITE, APPLIED, at_most=20)

    assert lasted(script) == 9


def test_report_that_came_while_the_config_was_on_its_way_ends_the_wait_at_once() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, reporting(APPLIED))
        await cloud.write(WRITE)
        await cloud.until(WRITE, APPLIED, at_most=20)

    assert lasted(script) == 2


def test_report_from_before_the_config_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(reporting(APPLIED))
        await cloud.listen(1)
        link.say_later(7, reporting(APPLIED))
        await cloud.write(WRITE)
        await cloud.until(WRITE, APPLIED, at_most=20)

    assert lasted(script) == 8


def test_wait_in_vain_says_for_what_and_how_long() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE)
        with pytest.raises(NotReachedError, match="waited 20 s until damper becomes applied, in vain"):
            await cloud.until(WRITE, APPLIED, at_most=20)

    assert lasted(script) == 22


def test_wait_for_a_free_point_is_not_ended_by_a_state_without_a_pointset() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(3, State())
        await cloud.write(Setting("damper", None, "release"))
        with pytest.raises(NotReachedError, match="until damper becomes free"):
            await cloud.until(WRITE, None, at_most=20)

    assert lasted(script) == 22


def test_point_may_be_given_time_without_ending_the_scenario() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE)
        await cloud.allow(WRITE, APPLIED, at_most=20)

    assert lasted(script) == 22


def test_telemetry_that_was_there_before_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(Telemetry())
        await cloud.listen(1)
        link.say_later(3, Telemetry())
        await cloud.until_telemetry(at_most=20)

    assert lasted(script) == 4


def test_any_state_after_the_config_answers_it() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, State())
        await cloud.say_again("idle")
        await cloud.until_answered(at_most=20)

    assert lasted(script) == 5


def test_telemetry_answers_no_config() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, Telemetry())
        await cloud.say_again("idle")
        await cloud.allow_answer(at_most=6)

    assert lasted(script) == 8


@pytest.mark.parametrize(
    ("state", "at_base"), [(reporting(None), True), (reporting(APPLIED), False), (reporting(ValueState.INVALID), False)]
)
def test_device_stands_at_base_where_no_write_is_on_any_point(state: State, *, at_base: bool) -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(state)
        await cloud.listen(1)
        assert cloud.stands_at_base() is at_base

    assert lasted(script) == 1


def test_device_that_was_never_heard_of_does_not_stand_at_base() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        assert not cloud.stands_at_base()

    assert lasted(script) == 0


def test_state_that_names_an_older_config_does_not_answer_the_latest() -> None:
    async def writes_twice(cloud: Cloud, link: HandMade) -> None:
        await cloud.write(WRITE)
        older = State(system=SystemState(VIRTUAL_BIRTHDAY - 60))
        link.say(older)
        await cloud.until_answered(at_most=1)
        await cloud.write(WRITE)
        link.say(older)
        link.say_later(3, State(system=SystemState(VIRTUAL_BIRTHDAY + 2 - 60)))
        await cloud.until_answered(at_most=5)

    assert lasted(writes_twice) == 7


def test_telemetry_that_may_have_left_before_all_was_there_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(0.9, Telemetry())
        link.say_later(2, Telemetry(version="2"))
        await cloud.until_telemetry(at_most=20)

    assert lasted(script, allowance=FAR) == 2


def test_next_sample_may_have_left_before() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(0.9, Telemetry())
        await cloud.until_sampled(at_most=20)

    assert lasted(script, allowance=FAR) == 0.9


@pytest.mark.parametrize(("readings", "seconds"), [({}, 4), ({"damper": 30.0}, 1)])
def test_telemetry_of_a_part_of_the_points_does_not_end_the_wait(readings: dict[str, float], seconds: float) -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, Telemetry(readings=readings, partial=True))
        link.say_later(4, Telemetry(readings={"damper": 30.0}))
        await cloud.until_telemetry(at_most=20)

    assert lasted(script) == seconds


def test_wait_until_a_moment_leaves_time_for_another_config() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE, expiry=In(10))
        assert not await cloud.allow_until(cloud.expiry - 1, WRITE, APPLIED)

    assert lasted(script, allowance=FAR) == 8.5


def test_wait_until_a_moment_ends_with_the_report() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, reporting(APPLIED))
        await cloud.write(WRITE, expiry=In(10))
        assert await cloud.allow_until(cloud.expiry, WRITE, APPLIED)

    assert lasted(script) == 5


def test_expiry_of_a_config_that_writes_nothing_is_that_of_the_one_before() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE, expiry=In(10))
        await cloud.write(Setting("damper", None, "release"))
        await cloud.listen_past(cloud.expiry, 5)

    assert lasted(script, allowance=FAR) == 15.5


def test_wait_for_units_is_not_ended_by_a_state_that_repeats_the_old_ones() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.say_again("idle")
        for seconds, units in ((1, "Percent"), (2, "Percent"), (3, "Volts")):
            link.say_later(seconds, State(pointset=PointsetState("e", {"damper": PointState(units=units)})))
        await cloud.allow_units(Point("damper", Kind.WRITABLE, (30.0,)), "Volts", at_most=20)

    assert lasted(script) == 5


def test_wait_for_recovery_ends_with_the_state_that_tells_of_no_error() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.write(WRITE)
        for seconds, level in ((1, 500), (2, 200)):
            status = Status("Point damper", "pointset.point.applied", level)
            link.say_later(seconds, State(pointset=PointsetState("e", {"damper": PointState(APPLIED, status)})))
        await cloud.allow_recovery(WRITE, at_most=20)

    assert lasted(script) == 4
