"""The device as a scenario knows it: points by their kind, and conditions that can be brought about, or not."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import StringIO

import pytest

from harness.clock import Clock, new_loop
from harness.driving.scenario import Scenario
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.record.kinds import Done, Lacked, Provoked, Record
from harness.record.left_out import NotApplicable
from harness.record.trace import Recorder

PROFILE = Profile(
    "DEV-1",
    {
        "setpoint": Point("setpoint", PointKind.WRITABLE, (21.5, 18.0)),
        "pressure": Point("pressure", PointKind.WRITABLE, (300,), units="Pascals", elsewhere={"Kilopascals": 0.3}),
        "damper": Point("damper", PointKind.STUCK, (30.0,)),
    },
)


class Hands:
    """A target's way to bring conditions about; it cannot let anyone take a point."""

    def __init__(self) -> None:
        self.done: list[Provocation] = []

    async def provoke(self, provocation: Provocation) -> None:
        """Note it."""
        if provocation.name == "override":
            raise CannotProvoke(provocation, "give [provocations] the line override = COMMAND")
        self.done.append(provocation)


def records_of(script: Callable[[Device], Awaitable[None]]) -> list[Record]:
    """The records of a scenario that does that with the device."""

    async def main() -> list[Record]:
        recorder = Recorder(StringIO())
        await script(Device(PROFILE, Hands(), recorder))
        return recorder.records

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(main())


def device() -> Device:
    """One that is asked for its points alone."""
    return Device(PROFILE, Hands(), Recorder(StringIO()))


def test_point_of_a_kind_is_the_first_of_the_profile() -> None:
    assert device().point("writable").name == "setpoint"


def test_kind_that_the_profile_does_not_have_is_not_applicable_and_names_the_line() -> None:
    with pytest.raises(NotApplicable, match=r'no point is slow: .* the line kind = "slow"'):
        device().point("slow")


def test_kind_whose_points_have_no_good_values_is_not_applicable_and_names_one() -> None:
    points = {"level": Point("level", PointKind.READ_ONLY, ())}
    mute = Device(replace(PROFILE, points=points), Hands(), Recorder(StringIO()))

    with pytest.raises(NotApplicable, match=r"no read_only point has good values: if level .* add them to its line"):
        mute.point("read_only")


def test_convertible_point_comes_with_other_units_and_a_value_in_them() -> None:
    point, units, value = device().convertible("writable")

    assert (point.name, units, value) == ("pressure", "Kilopascals", 0.3)


def test_kind_without_other_units_is_not_applicable_and_names_the_line() -> None:
    with pytest.raises(NotApplicable, match="elsewhere = "):
        device().convertible("stuck")


def test_kinds_that_are_offered_are_written_and_the_others_recorded_as_lacking() -> None:
    settings = []

    async def asks(device: Device) -> None:
        settings.extend(device.one_of_each(["writable", "slow", "stuck"]))

    [lacked] = records_of(asks)

    assert [(setting.label, setting.point, setting.value) for setting in settings] == [
        ("writable", "setpoint", 21.5),
        ("stuck", "damper", 30.0),
    ]
    assert isinstance(lacked, Lacked)
    assert (lacked.role, lacked.provocation) == ("slow", False)


def test_spare_point_is_the_second_of_its_kind() -> None:
    assert [point.name for point in device().spare("writable", "spare")] == ["pressure"]


def test_spare_point_that_is_not_there_is_recorded_as_lacking() -> None:
    async def asks(device: Device) -> None:
        assert device.spare("stuck", "spare") == []

    [lacked] = records_of(asks)

    assert isinstance(lacked, Lacked)
    assert (lacked.role, "fewer than 2 points are stuck" in lacked.remedy) == ("spare", True)


def test_whatever_a_missing_point_was_wanted_for_is_recorded_as_lacking() -> None:
    async def misses(device: Device) -> None:
        device.lacks("slow", "pending", "dropped")

    lacking = [record for record in records_of(misses) if isinstance(record, Lacked)]

    assert [(lacked.role, "no point is slow" in lacked.remedy) for lacked in lacking] == [
        ("pending", True),
        ("dropped", True),
    ]


def test_provocation_is_recorded_before_it_is_brought_about_and_when_it_is_done() -> None:
    async def mends(device: Device) -> None:
        await device.mend("damper", "mended")

    provoked, done = records_of(mends)

    assert isinstance(provoked, Provoked)
    assert isinstance(done, Done)
    assert (provoked.label, provoked.name, provoked.subject, done.of) == ("mended", "mend", "damper", 0)


def test_provocation_that_the_target_offers_no_way_for_is_recorded_as_lacking() -> None:
    async def overrides(device: Device) -> None:
        await device.override("damper", "taken")

    lacked = records_of(overrides)[-1]

    assert isinstance(lacked, Lacked)
    assert (lacked.role, lacked.provocation) == ("taken", True)
    assert lacked.remedy == "cannot override damper: give [provocations] the line override = COMMAND"


def test_provocation_that_never_came_about_is_not_undone() -> None:
    async def overrides_and_mends(device: Device) -> None:
        await device.override("damper", "taken")
        await device.mend("damper", "mended")
        await device.undo()

    records = records_of(overrides_and_mends)

    undone = [record.name for record in records if isinstance(record, Provoked) and record.label == "undo"]
    assert undone == ["break"]


def test_what_is_undone_is_not_undone_again() -> None:
    async def undoes_twice(device: Device) -> None:
        await device.mend("damper", "mended")
        await device.undo()
        await device.undo()

    provoked = [record.label for record in records_of(undoes_twice) if isinstance(record, Provoked)]

    assert provoked == ["mended", "undo"]


def test_point_with_as_many_good_values_as_are_wanted_is_preferred() -> None:
    few, many = (Point(name, PointKind.WRITABLE, good) for name, good in (("few", (1,)), ("many", (1, 2))))
    one = Device(Profile("DEV-1", {"few": few, "many": many}), Hands(), Recorder(StringIO()))

    assert (one.point("writable"), one.point("writable", goods=2)) == (few, many)


def test_kind_without_as_many_good_values_is_not_applicable_and_names_the_line() -> None:
    with pytest.raises(NotApplicable, match=r"no stuck point has 2 good values: .* its line good = \["):
        device().point("stuck", goods=2)


def test_line_that_the_profile_does_not_have_for_a_point_is_recorded_as_lacking() -> None:
    async def misses(device: Device) -> None:
        device.point("writable", lines={"out of range": "out_of_range"})

    [lacked] = records_of(misses)

    assert isinstance(lacked, Lacked)
    assert (lacked.role, lacked.provocation) == ("out of range", False)
    assert lacked.remedy == ("setpoint has no out_of_range: if there is such a value, add the line out_of_range = …")


def test_provocation_that_cannot_be_undone_does_not_stop_the_others() -> None:
    async def mends_and_releases(device: Device) -> None:
        await device.mend("damper", "mended")
        await device.release("damper", "let go")
        await device.undo()

    records = records_of(mends_and_releases)

    undone = [record.name for record in records if isinstance(record, Provoked) and record.label == "undo"]
    lacking = [(record.role, record.provocation) for record in records if isinstance(record, Lacked)]
    assert (undone, lacking) == (["override", "break"], [("undo", True)])


def test_point_that_is_never_written_is_moved_rather_than_another() -> None:
    points = {
        "setpoint": Point("setpoint", PointKind.WRITABLE, (21.5,), moves=(20.0, 22.0, 24.0)),
        "sensor": Point("sensor", PointKind.READ_ONLY, (), moves=(19.0, 23.0, 27.0)),
    }
    device = Device(Profile("DEV-1", points), Hands(), Recorder(StringIO()))

    assert device.movable().name == "sensor"


def test_profile_without_a_point_that_moves_names_the_line_to_add() -> None:
    with pytest.raises(NotApplicable, match=r"moves = \["):
        Device(PROFILE, Hands(), Recorder(StringIO())).movable()


def test_point_that_was_moved_is_left_at_the_first_value_once() -> None:
    sensor = Point("sensor", PointKind.READ_ONLY, (), moves=(19.0, 23.0, 27.0))

    async def moves(device: Device) -> None:
        await device.move(sensor, 23.0, "up")
        await device.move(sensor, 27.0, "further up")
        await device.undo()

    provoked = [record for record in records_of(moves) if isinstance(record, Provoked)]

    assert [(record.name, record.detail) for record in provoked] == [
        ("move", 23.0),
        ("move", 27.0),
        ("move", 19.0),
    ]


def test_number_is_wanted_where_values_are_compared() -> None:
    points = {
        "mode": Point("mode", PointKind.WRITABLE, ("auto", "hand")),
        "setpoint": Point("setpoint", PointKind.WRITABLE, (21.5, 18.0)),
    }
    device = Device(Profile("DEV-1", points), Hands(), Recorder(StringIO()))

    assert device.number("writable", goods=2).name == "setpoint"


@pytest.mark.parametrize(
    ("drive", "said"),
    [
        (lambda device: device.mend("damper", "mended"), "it provokes 'mend' as 'mended', and does not say so"),
        (lambda device: device.restart("power cut"), "it hangs on 'restart', and does not say so"),
    ],
)
def test_scenario_provokes_what_it_says_and_nothing_else(drive: Callable[[Device], Awaitable[None]], said: str) -> None:
    async def main() -> None:
        await drive(Device(PROFILE, Hands(), Recorder(StringIO()), scenario=Scenario("silent", drive)))

    runner = asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL))
    with runner, pytest.raises(ValueError, match=said):
        runner.run(main())
