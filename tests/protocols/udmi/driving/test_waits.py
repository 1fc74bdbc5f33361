"""The waits of a scenario as the cloud, and when each ends. The other end of the link is played by hand."""

import pytest

from harness.clock import VIRTUAL_BIRTHDAY
from harness.driving.not_reached import NotReachedError
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import In
from harness.protocols.udmi.profile import Point, PointKind, Setting
from harness.protocols.udmi.words.messages import (
    PointsetState,
    PointState,
    State,
    Status,
    SystemEvent,
    SystemState,
    Telemetry,
    ValueState,
)
from tests.protocols.udmi.driving.by_hand import FAR, PUBACK_IN, HandMade, played, reporting

APPLIED = ValueState.APPLIED
WRITE = Setting("damper", 30.0, "write")


def test_wait_ends_with_the_report_that_it_is_for() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, reporting(ValueState.UPDATING))
        link.say_later(9, reporting(APPLIED))
        await cloud.write(WRITE)
        await cloud.until(WRITE, APPLIED, at_most=20)

    assert played(script).seconds == 9


def test_report_that_came_while_the_config_was_on_its_way_ends_the_wait_at_once() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, reporting(APPLIED))
        await cloud.write(WRITE)
        await cloud.until(WRITE, APPLIED, at_most=20)

    assert played(script).seconds == 2


def test_report_from_before_the_config_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(reporting(APPLIED))
        await cloud.listen(1)
        link.say_later(7, reporting(APPLIED))
        await cloud.write(WRITE)
        await cloud.until(WRITE, APPLIED, at_most=20)

    assert played(script).seconds == 8


def test_wait_in_vain_says_for_what_and_how_long() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE)
        with pytest.raises(NotReachedError, match="waited 20 s until damper becomes applied, in vain"):
            await cloud.until(WRITE, APPLIED, at_most=20)

    assert played(script).seconds == 22


def test_wait_for_a_free_point_is_not_ended_by_a_state_without_a_pointset() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(3, State())
        await cloud.write(Setting("damper", None, "release"))
        with pytest.raises(NotReachedError, match="until damper becomes free"):
            await cloud.until(WRITE, None, at_most=20)

    assert played(script).seconds == 22


def test_point_may_be_given_time_without_ending_the_scenario() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE)
        await cloud.allow(WRITE, APPLIED, at_most=20)

    assert played(script).seconds == 22


def test_telemetry_that_was_there_before_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(Telemetry())
        await cloud.listen(1)
        link.say_later(3, Telemetry())
        await cloud.until_telemetry(at_most=20)

    assert played(script).seconds == 4


def test_any_state_after_the_config_answers_it() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, State())
        await cloud.say_again("idle")
        await cloud.until_answered(at_most=20)

    assert played(script).seconds == 5


def test_telemetry_answers_no_config() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, Telemetry())
        await cloud.say_again("idle")
        await cloud.allow_answer(at_most=6)

    assert played(script).seconds == 8


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

    assert played(writes_twice).seconds == 7


def test_telemetry_that_may_have_left_before_all_was_there_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(0.9, Telemetry())
        link.say_later(2, Telemetry(version="2"))
        await cloud.until_telemetry(at_most=20)

    assert played(script, allowance=FAR).seconds == 2


def test_next_sample_may_have_left_before() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(0.9, Telemetry())
        await cloud.until_sampled(at_most=20)

    assert played(script, allowance=FAR).seconds == 0.9


@pytest.mark.parametrize(("readings", "seconds"), [({}, 4), ({"damper": 30.0}, 1)])
def test_telemetry_of_a_part_of_the_points_does_not_end_the_wait(readings: dict[str, float], seconds: float) -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, Telemetry(readings=readings, partial=True))
        link.say_later(4, Telemetry(readings={"damper": 30.0}))
        await cloud.until_telemetry(at_most=20)

    assert played(script).seconds == seconds


def test_part_that_comes_after_a_telemetry_that_may_have_left_before_does_not_end_the_wait() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(0.9, Telemetry(readings={"damper": 30.0}))
        link.say_later(2, Telemetry(partial=True))
        link.say_later(3, Telemetry(readings={"damper": 30.0}))
        await cloud.until_telemetry(at_most=20)

    assert played(script, allowance=FAR).seconds == 3


@pytest.mark.parametrize("ahead", [0, 7200, -7200])
def test_wait_for_what_was_kept_ends_with_telemetry_that_is_late_by_the_devices_own_clock(ahead: float) -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        for seconds, made_at in ((1, 0.5), (5, 4.5), (6, 2), (9, 1)):
            link.say_later(seconds, Telemetry(VIRTUAL_BIRTHDAY + made_at + ahead))
        await cloud.listen(3)
        assert await cloud.allow_held_back(2, at_most=20)

    assert played(script).seconds == 6


def test_what_came_late_before_the_latest_config_was_kept_of_another_time() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(1, Telemetry(VIRTUAL_BIRTHDAY + 1))
        link.say_later(2, Telemetry(VIRTUAL_BIRTHDAY - 60))
        await cloud.listen(3)
        await cloud.say_again("current")
        assert not await cloud.allow_held_back(2, at_most=20)

    assert played(script).seconds == 25


def test_wait_until_a_moment_leaves_time_for_another_config() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE, expiry=In(10))
        assert not await cloud.allow_until(cloud.expiry - 1, WRITE, APPLIED)

    assert played(script, allowance=FAR).seconds == 8.5


def test_wait_until_a_moment_ends_with_the_report() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say_later(5, reporting(APPLIED))
        await cloud.write(WRITE, expiry=In(10))
        assert await cloud.allow_until(cloud.expiry, WRITE, APPLIED)

    assert played(script).seconds == 5


def test_expiry_of_a_config_that_writes_nothing_is_that_of_the_one_before() -> None:
    async def script(cloud: Cloud, _link: HandMade) -> None:
        await cloud.write(WRITE, expiry=In(10))
        await cloud.write(Setting("damper", None, "release"))
        await cloud.listen_past(cloud.expiry, 5)

    assert played(script, allowance=FAR).seconds == 15.5


def test_wait_for_units_is_not_ended_by_a_state_that_repeats_the_old_ones() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.say_again("idle")
        for seconds, units in ((1, "Percent"), (2, "Percent"), (3, "Volts")):
            link.say_later(seconds, State(pointset=PointsetState("e", {"damper": PointState(units=units)})))
        await cloud.allow_units(Point("damper", PointKind.WRITABLE, (30.0,)), "Volts", at_most=20)

    assert played(script).seconds == 5


def test_wait_for_recovery_ends_with_the_state_that_tells_of_no_error() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.write(WRITE)
        for seconds, level in ((1, 500), (2, 200)):
            status = Status("Point damper", "pointset.point.applied", level)
            link.say_later(seconds, State(pointset=PointsetState("e", {"damper": PointState(APPLIED, status)})))
        await cloud.allow_recovery(WRITE, at_most=20)

    assert played(script).seconds == 4


def entry_of(moment: float) -> SystemEvent:
    """An event that brings what was written down then."""
    return SystemEvent(entries=(Status("Parsed", "system.config.parse", 100, VIRTUAL_BIRTHDAY + moment),))


def test_entry_that_was_written_before_the_config_does_not_end_the_wait_for_one() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(Telemetry(VIRTUAL_BIRTHDAY))
        await cloud.listen(10)
        await cloud.say_again("config")
        link.say_later(4, entry_of(7))
        link.say_later(9, entry_of(12))
        assert await cloud.allow_entry("system.config.parse", at_most=30)

    assert played(script).seconds == 10 + PUBACK_IN + 9


@pytest.mark.parametrize(("written", "more"), [(-20, 22), (-1, 3), (0, 0)])
def test_log_is_listened_to_for_as_long_as_it_is_gathered(written: float, more: float) -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        link.say(Telemetry(VIRTUAL_BIRTHDAY))
        link.say_later(2, entry_of(2 + written))
        await cloud.listen(3)
        await cloud.listen_for_the_log()

    assert played(script).seconds == 3 + more
