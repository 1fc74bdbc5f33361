"""The device as a scenario knows it: the points that its profile offers, the conditions that can be brought about."""

import json

from harness.clock import utc
from harness.driving.device_link import DeviceLink
from harness.judging.verdict import NotApplicable
from harness.profile import Kind, Point, Profile, Setting
from harness.provoke import (
    NAMES,
    Break,
    CannotProvoke,
    ChangeUnits,
    Mend,
    Move,
    Override,
    Provocation,
    Provoker,
    Release,
    Restart,
    undoing,
)
from harness.record import Done, Lacked, Provoked
from harness.trace import Recorder
from harness.wire.udmi import Value


class Device:
    """Everything that was provoked is undone when the scenario is over."""

    def __init__(self, profile: Profile, provoker: Provoker, record: Recorder, link: DeviceLink | None = None) -> None:
        self._profile, self._provoker, self._record, self._link = profile, provoker, record, link
        self._provoked: list[Provocation] = []

    @property
    def link(self) -> DeviceLink:
        """Its connection, for scenarios that need a broker of ours."""
        if self._link is None:
            raise ValueError("a scenario that breaks the device's connection says what it needs")
        return self._link

    @property
    def names(self) -> list[str]:
        """Every point of the profile."""
        return list(self._profile.points)

    def point(self, kind: str, *, goods: int = 1) -> Point:
        """A point of that kind with so many good values. Raises NotApplicable, with the line to add, without one."""
        found = self._profile.of_kind(Kind(kind))
        if not found:
            raise NotApplicable(self._lack(kind, 1))
        rich = [point for point in found if len(point.good) >= goods]
        if not rich:
            raise NotApplicable(
                f"no {kind} point has {goods} good values: if one takes more, add them to its line good = […]"
            )
        return rich[0]

    def spare(self, kind: str, label: str) -> list[Point]:
        """The second point of that kind, if there is one; else it is recorded as lacking under that label."""
        found = self._profile.of_kind(Kind(kind))[1:2]
        if not found:
            self.lacks(kind, label, count=2)
        return found

    def lacks_line(self, point: Point, line: str, label: str) -> None:
        """The profile does not have that line for the point, so what goes by the label cannot be done."""
        remedy = f"{point.name} has no {line}: if there is such a value, add the line {line} = …"
        self._record.append(Lacked(utc(), label, remedy))

    def lacks(self, kind: str, *labels: str, count: int = 1) -> None:
        """What would have been done to a point of that kind, under these labels, does not concern this device."""
        for label in labels:
            self._record.append(Lacked(utc(), label, self._lack(kind, count)))

    def convertible(self, kind: str) -> tuple[Point, str, Value]:
        """A point of that kind which can be switched to other units, those units, and a good value in them."""
        for point in self._profile.of_kind(Kind(kind)):
            for units, value in point.elsewhere.items():
                return point, units, value
        raise NotApplicable(
            f"no {kind} point can be switched to other units: give one of [points.*] a line such as "
            "elsewhere = { Degrees-Fahrenheit = 68.0 }, a good value in them"
        )

    def movable(self) -> Point:
        """A point whose own value can be moved; if there is one, a point that is never written to."""
        points = sorted(self._profile.points.values(), key=lambda point: point.kind is not Kind.READ_ONLY)
        for point in points:
            if point.moves:
                return point
        raise NotApplicable(
            "no point can be moved: if a bench can make one show other values, give it a line such as "
            "moves = [20.0, 22.5, 26.0], the first of which it is left at, and say how in [provocations.move]"
        )

    def number(self, kind: str, *, goods: int) -> Point:
        """A point of that kind with so many good values, all of them numbers."""
        for point in self._profile.of_kind(Kind(kind)):
            if len(point.good) >= goods and not any(isinstance(value, bool | str) for value in point.good):
                return point
        wanted = f"{goods} good values that are numbers"
        raise NotApplicable(f"no {kind} point has {wanted}: if one takes more, add them to its line good = […]")

    def one_of_each(self, *kinds: str) -> list[Setting]:
        """A good value for a point of each kind, labelled so; a kind that is not offered is recorded as lacking."""
        settings: list[Setting] = []
        for kind in kinds:
            found = self._profile.of_kind(Kind(kind))
            if found:
                settings.append(found[0].to(found[0].good[0], kind))
            else:
                self.lacks(kind, kind)
        return settings

    def tries_longer_than(self, seconds: float) -> float:
        """By how many seconds longer its maker says that it tries before a write is a failure."""
        return max(0.0, (self._profile.time_to_failure or 0.0) - seconds)

    async def override(self, point: str, label: str) -> None:
        """Let someone of higher priority take the point."""
        await self._provoke(Override(point), label)

    async def release(self, point: str, label: str) -> None:
        """Let go of the point whoever holds it."""
        await self._provoke(Release(point), label)

    async def break_(self, point: str, label: str) -> None:
        """Bring the point's trouble back."""
        await self._provoke(Break(point), label)

    async def mend(self, point: str, label: str) -> None:
        """Clear the point's trouble."""
        await self._provoke(Mend(point), label)

    async def change_units(self, point: Point, units: str, label: str) -> None:
        """Switch the point to other units, on the device itself. Raises CannotProvoke: all that follows hangs on it."""
        change = ChangeUnits(point.name, units, point.units or "")
        await self._bring_about(change, label)
        self._provoked.append(change)

    async def restart(self, label: str) -> None:
        """Take the device's power away and give it back. Raises CannotProvoke: all that follows hangs on it."""
        await self._bring_about(Restart(), label)

    async def move(self, point: Point, value: float, label: str) -> None:
        """Bring the point to show this by itself. Raises CannotProvoke: all that follows hangs on it."""
        move = Move(point.name, value, point.moves[0])
        await self._bring_about(move, label)
        if all(not isinstance(earlier, Move) or earlier.point != point.name for earlier in self._provoked):
            self._provoked.append(move)  # one way back is enough

    async def undo(self) -> None:
        """Take back what is still provoked, latest first."""
        if self._link:
            await self._link.mend()
        while self._provoked:
            provocation = undoing(self._provoked.pop())
            try:
                await self._bring_about(provocation, "undo")
            except CannotProvoke as lack:  # the next scenario will find the point as it is, and say so
                self._record.append(Lacked(utc(), "undo", str(lack), provocation=True))

    def _lack(self, kind: str, count: int) -> str:
        """What there is too little of, and the line to add: of the kind itself, or of values to write."""
        mute = [point.name for point in self._profile.points.values() if point.kind == kind and not point.good]
        if mute:
            few = f"no {kind} point has" if count == 1 else f"fewer than {count} {kind} points have"
            return f"{few} good values: if {mute[0]} may be written, or another, add them to its line good = […]"
        few, more = ("no point is", "one") if count == 1 else (f"fewer than {count} points are", "another")
        return (
            f'{few} {kind}: if the device has {more} that is, add it with the line kind = "{kind}" and its good values'
        )

    async def _provoke(self, provocation: Provocation, label: str) -> None:
        try:
            await self._bring_about(provocation, label)
        except CannotProvoke as lack:
            self._record.append(Lacked(utc(), label, str(lack), provocation=True))
        else:
            self._provoked.append(provocation)

    async def _bring_about(self, provocation: Provocation, label: str) -> None:
        what = NAMES[type(provocation)].replace("_", " ")
        place = self._record.append(Provoked(utc(), label, what, provocation.point, _detail(provocation)))
        await self._provoker.provoke(provocation)
        self._record.append(Done(utc(), place))


def _detail(provocation: Provocation) -> str:
    match provocation:
        case ChangeUnits(units=units):
            return units
        case Move(value=value):
            return json.dumps(value)
        case _:
            return ""
