"""Points that take their time: seen to, or declared to, so that a write to them can be met under way."""

import asyncio
from collections.abc import Mapping, Sequence
from io import StringIO

import pytest

from harness.clock import Clock, new_loop
from harness.driving.not_reached import NotReachedError
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.point_choice import PointChoice
from harness.protocols.udmi.driving.settling_times import SettlingTimes
from harness.protocols.udmi.profile import Point, PointKind, Profile, Setting
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, ValueState
from harness.record.kinds import Lacked
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder
from tests.protocols.udmi.driving.by_hand import HandMade, Script, played, reporting

APPLIED = ValueState.APPLIED
QUICK = Point("quick", PointKind.WRITABLE, (1.0, 2.0))
DECLARED = Point("declared", PointKind.WRITABLE, (1.0,), settles_within=16)
SLOW = Point("slow", PointKind.SLOW, (1.0, 2.0))


def settled(**seconds: float) -> SettlingTimes:
    """Points that were written, and applied after so long."""
    times = SettlingTimes()
    for name, took in seconds.items():
        times.begin([Setting(name, 1.0, "write")], 100.0)
        times.end(Setting(name, 1.0, "write"), 100.0 + took, 0.0)
    return times


def choice(
    *points: Point, seen: SettlingTimes | None = None, held: Mapping[str, str] | None = None
) -> tuple[PointChoice, Recorder]:
    """The points that a scenario may take of these."""
    recorder = Recorder(StringIO())
    profile = Profile("DEV-1", {point.name: point for point in points})
    return PointChoice(profile, recorder, held or {}, seen or SettlingTimes()), recorder


@pytest.mark.parametrize(
    ("points", "seen", "taken"),
    [
        ((QUICK, DECLARED, SLOW), {"quick": 9.0}, SLOW),
        ((QUICK, DECLARED), {"quick": 9.0}, QUICK),
        ((QUICK, DECLARED), {"quick": 1.0}, DECLARED),
        ((QUICK, DECLARED), {}, DECLARED),
    ],
)
def test_slow_point_is_taken_first_then_one_seen_to_be_late_then_one_that_says_so(
    points: Sequence[Point], seen: Mapping[str, float], taken: Point
) -> None:
    assert choice(*points, seen=settled(**seen))[0].late() is taken


@pytest.mark.parametrize("seen", [{"quick": 5.0}, {"quick": 0.0}, {}])
def test_point_that_settles_in_five_seconds_is_none(seen: Mapping[str, float]) -> None:
    with pytest.raises(NotApplicable, match="or settles_within = SECONDS to one that is writable and late"):
        choice(QUICK, seen=settled(**seen))[0].late()


def test_point_that_was_seen_to_settle_at_once_is_not_believed_to_be_late() -> None:
    with pytest.raises(NotApplicable):
        choice(DECLARED, seen=settled(declared=1.0))[0].late()


def test_point_with_too_few_values_is_named() -> None:
    with pytest.raises(NotApplicable, match="declared takes its time, and has fewer than 2 good values"):
        choice(DECLARED)[0].late(goods=2)


def test_point_takes_as_long_as_it_was_seen_to_and_else_as_long_as_it_may() -> None:
    assert choice(SLOW, seen=settled(slow=9.0))[0].takes(SLOW) == 9.0
    assert choice(SLOW)[0].takes(SLOW) == 60
    assert choice(DECLARED)[0].takes(DECLARED) == 16


def test_late_point_that_is_held_ends_the_scenario() -> None:
    with pytest.raises(NotReachedError, match="held by hand"):
        choice(SLOW, held={"slow": "held by hand"})[0].late()


def test_point_is_tried_where_nobody_knows_how_long_it_takes() -> None:
    assert choice(QUICK)[0].untried() == [QUICK]
    assert choice(QUICK, seen=settled(quick=1.0))[0].untried() == []
    assert choice(QUICK, held={"quick": "held"})[0].untried() == []
    assert choice(QUICK, SLOW)[0].untried() == choice(QUICK, DECLARED)[0].untried() == []


def test_slow_point_is_asked_for_what_takes_writes_where_nothing_else_does() -> None:
    assert choice(SLOW)[0].point("writable") is SLOW
    assert choice(SLOW, QUICK)[0].point("writable") is QUICK
    assert [setting.point for setting in choice(SLOW)[0].one_of_each(["writable"])] == ["slow"]


def test_point_beside_the_only_one_is_lacking() -> None:
    taken, recorder = choice(DECLARED)

    async def asked() -> list[Point]:
        return taken.another("writable", DECLARED, "kept")

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        assert runner.run(asked()) == []
    assert [record.role for record in recorder.records if isinstance(record, Lacked)] == ["kept"]
    assert choice(DECLARED, QUICK)[0].another("writable", DECLARED, "kept") == [QUICK]


@pytest.mark.parametrize(("point", "seconds"), [(QUICK, 20), (SLOW, 60), (DECLARED, 16)])
def test_point_settles_within_what_its_kind_or_its_profile_says(point: Point, seconds: float) -> None:
    assert point.settles_in == point.to(1.0, "write").settles_in == seconds


def test_write_counts_once_and_only_if_it_is_the_one_that_was_begun() -> None:
    times = SettlingTimes()
    times.begin([Setting("a", 1.0, "write")], 100.0)
    times.end(Setting("a", 2.0, "another"), 108.0, 0.0)
    assert times.seconds("a") is None

    times.begin([Setting("a", 1.0, "again")], 110.0)
    times.end(Setting("a", 1.0, "again"), 117.0, 1.0)
    times.end(Setting("a", 1.0, "again"), 190.0, 1.0)
    assert times.seconds("a") == 6.0
    assert times.is_late("a")


def waits_for(settles_within: float | None) -> Script:
    """A write to a point that may take so long is waited for, and never applied."""
    point = Point("damper", PointKind.WRITABLE, (30.0,), settles_within=settles_within)

    async def script(cloud: Cloud, link: HandMade) -> None:
        await cloud.write(point.to(30.0, "write"))
        link.say(reporting(ValueState.UPDATING))
        assert not await cloud.allow(point.to(30.0, "write"), APPLIED, at_most=22)

    return script


@pytest.mark.parametrize(("settles_within", "seconds"), [(None, 22), (16, 22), (40, 42)])
def test_wait_for_a_point_is_as_long_as_its_profile_says(settles_within: float | None, seconds: float) -> None:
    assert played(waits_for(settles_within), puback_in=0).seconds == seconds


def test_write_that_takes_long_is_remembered() -> None:
    async def script(cloud: Cloud, link: HandMade) -> None:
        setting = Setting("damper", 30.0, "write")
        await cloud.write(setting)
        link.say_later(9, State(pointset=PointsetState("e", {"damper": PointState(APPLIED)})))
        await cloud.until(setting, APPLIED, at_most=22)
        assert cloud.settling.is_late("damper")

    played(script)
