"""Points that do not come free between two scenarios: named with what they say, waited for once, and gone without."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from harness.clock import VIRTUAL_BIRTHDAY
from harness.driving.progress import Unseen
from harness.judging.verdicts.verdict import CouldNotTest
from harness.payload.values import IllTyped
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.driving.standing_writes import standing
from harness.protocols.udmi.profile import Point, PointKind
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, Status, ValueState
from harness.record.kinds import Opened
from harness.record.left_out import NotApplicable
from simulator.udmi.declared import points
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.points import Writable
from simulator.udmi.rules import StateRules, kept_but
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.narrowing import with_points
from tests.protocols.udmi.driving.playing import POINTS, PROFILE, idle, play, small_device, writes

DIRTY = Status("Valve is held", "pointset.point.overridden", 400, 0.0)
HELD = kept_but(
    StateRules(
        say=lambda state, _said: with_points(
            state, {**state.points, "setpoint": PointState(ValueState.OVERRIDDEN, status=DIRTY)}
        )
    )
)
COMES_FREE_LATE = kept_but(StateRules(say=lambda state, _said: _held_for_half_a_minute(state), repeats_after=1.0))
FREE_FROM = VIRTUAL_BIRTHDAY + 30
WORDS = (
    "waited 20 s until setpoint is free again, in vain: its value_state is overridden, "
    "and its status says Valve is held (pointset.point.overridden, level 400)"
)


def _held_for_half_a_minute(state: State) -> State:
    assert isinstance(state.timestamp, float)
    held = PointState(ValueState.OVERRIDDEN, status=DIRTY)
    return with_points(state, {**state.points, "setpoint": held}) if state.timestamp < FREE_FROM else state


def with_a_second_writable_point() -> SimTarget:
    """The small device, held like the other, with one more point that takes writes."""
    spare = Point("spare", PointKind.WRITABLE, (21.5,), units="Celsius")
    target = small_device(HELD, replace(PROFILE, points={**PROFILE.points, "spare": spare}))
    file = replace(target.file, points=(*POINTS, points.SimulatedPoint("spare", 20.0, Writable(), units="Celsius")))
    return replace(target, file=DeviceFile(file.identity, file.points, file.profile))


async def needs_the_point(cloud: Cloud, device: Device) -> None:
    """A scenario that asks for a writable point by its kind."""
    await cloud.write(device.point("writable").to(21.5, "write"), label="config")


async def takes_one_of_each(cloud: Cloud, device: Device) -> None:
    """A scenario that goes on without what it cannot have."""
    await cloud.write(*device.one_of_each(["writable", "stuck", "faulty"]), label="config")
    device.spare("stuck", "second")


def test_point_that_does_not_come_free_is_named_with_what_it_says() -> None:
    [closed] = play(needs_the_point, target=small_device(HELD)).closed

    assert closed.cut_short == WORDS


def test_scenario_that_does_not_need_the_point_is_driven() -> None:
    first, second, third = play(idle, needs_the_point, idle, target=small_device(HELD)).closed

    assert (first.cut_short, second.cut_short, third.cut_short) == (None, WORDS, None)


def test_point_that_does_not_come_free_is_waited_for_once() -> None:
    played = play(needs_the_point, needs_the_point, needs_the_point, target=small_device(HELD))

    opened = [record.time for record in played.of(Opened)]
    assert [later - before < 6 for before, later in pairwise(opened)] == [True, True]
    assert {closed.cut_short for closed in played.closed} == {WORDS}


def test_another_point_of_the_kind_is_taken_instead() -> None:
    played = play(needs_the_point, target=with_a_second_writable_point())

    assert [closed.cut_short for closed in played.closed] == [None]
    assert played.wanted("config")["spare"] == 21.5


def test_point_that_cannot_be_had_is_not_said_to_be_none_of_the_devices() -> None:
    episode = play(takes_one_of_each, target=small_device(HELD)).episode

    with pytest.raises(CouldNotTest, match="until setpoint is free again"):
        episode.write("writable")
    with pytest.raises(NotApplicable, match="no point is faulty"):
        episode.write("faulty")
    with pytest.raises(NotApplicable, match="fewer than 2 points are stuck"):
        episode.write("second")
    assert episode.write("stuck").value == 30.0


def test_point_that_comes_free_after_all_is_written_again() -> None:
    seconds = 60.0

    def held_for_a_while(state: State, _said: State | None) -> State:
        now = state.timestamp if isinstance(state.timestamp, float) else 0.0
        return HELD.states.say(state, None) or state if now % 3600 < seconds else state

    rules = kept_but(StateRules(say=held_for_a_while, repeats_after=5.0))

    first, *_, last = play(needs_the_point, *[idle] * 12, writes, target=small_device(rules)).closed

    assert first.cut_short is not None
    assert last.cut_short is None


def test_operator_is_told_once_of_what_is_not_driven() -> None:
    told: list[str] = []

    class Told(Unseen):
        def tell(self, line: str) -> None:
            told.append(line)

    play(idle, needs_the_point, needs_the_point, target=small_device(HELD), progress=Told())

    assert told == [f"{WORDS}; scenarios that need it are not driven"]


def test_point_whose_status_is_ill_typed_or_missing_is_put_in_words() -> None:
    told = {
        "a": PointState(ValueState.APPLIED),
        "b": PointState(IllTyped("?"), status=IllTyped([1])),
        "c": PointState(),
    }

    assert standing(State(pointset=PointsetState(None, told)), "abcd") == {
        "a": "value_state is applied, and it has no status",
        "b": "value_state is '?', and its status is [1]",
    }


def test_device_that_said_no_state_stands_written_nowhere() -> None:
    assert standing(None, ["a"]) == {}


@pytest.mark.parametrize("stretched", [{}, {"in_time": 40}])
def test_point_is_given_as_long_to_come_free_as_the_profile_says(stretched: Mapping[str, float]) -> None:
    profile = replace(PROFILE, limits=stretched)

    [closed] = play(needs_the_point, target=small_device(COMES_FREE_LATE, profile)).closed

    assert (closed.cut_short is None) is bool(stretched)
