"""The device as a scenario knows it: the points that its profile offers, the conditions that can be brought about."""

from collections.abc import Mapping
from types import MappingProxyType

from harness.clock import utc
from harness.driving.device_link import DeviceLink
from harness.driving.playing.provoking import bring_about, provoked
from harness.driving.scenario import Scenario
from harness.protocols.udmi.driving.point_choice import PointChoice
from harness.protocols.udmi.driving.settling_times import SettlingTimes
from harness.protocols.udmi.profile import Point, Profile
from harness.protocols.udmi.words.device_events import (
    NAMES,
    Break,
    ChangeUnits,
    DeviceEvent,
    Mend,
    Move,
    Override,
    Release,
    Restart,
    provocation_of,
    undoing,
)
from harness.provocations.provocation import CannotProvoke, Provoker
from harness.record.kinds import Lacked
from harness.record.trace import Recorder


class Device(PointChoice):
    """Everything that was provoked is undone when the scenario is over.

    `scenario`: the one that it is handed to, which may provoke what it says that it does; None: whatever it likes.
    """

    def __init__(
        self,
        profile: Profile,
        provoker: Provoker,
        record: Recorder,
        link: DeviceLink | None = None,
        *,
        held: Mapping[str, str] = MappingProxyType({}),
        settling: SettlingTimes | None = None,
        scenario: Scenario | None = None,
    ) -> None:
        super().__init__(profile, record, held, settling or SettlingTimes())
        self._provoker, self._link, self._scenario = provoker, link, scenario
        self._provoked: list[DeviceEvent] = []

    @property
    def link(self) -> DeviceLink:
        """Its connection, for scenarios that need a broker of ours."""
        if self._link is None:
            raise ValueError("a scenario that breaks the device's connection says what it needs")
        return self._link

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
        await self._bring_about_for_sure(change, label)
        self._provoked.append(change)

    async def restart(self, label: str) -> None:
        """Take the device's power away and give it back. Raises CannotProvoke: all that follows hangs on it."""
        await self._bring_about_for_sure(Restart(), label)

    async def move(self, point: Point, value: float, label: str) -> None:
        """Bring the point to show this by itself. Raises CannotProvoke: all that follows hangs on it."""
        move = Move(point.name, value, point.moves[0])
        await self._bring_about_for_sure(move, label)
        if all(not isinstance(earlier, Move) or earlier.point != point.name for earlier in self._provoked):
            self._provoked.append(move)  # one way back is enough

    async def allow_acknowledgements(self, *, at_most: float) -> None:
        """Give the device time to acknowledge its configs, where a broker of ours sees whether it does."""
        if self._link:
            await self._link.allow_acknowledgements(at_most=at_most)

    async def undo(self) -> None:
        """Take back what is still provoked, latest first."""
        if self._link:
            await self._link.mend()
        while self._provoked:
            event = undoing(self._provoked.pop())
            try:
                await self._bring_about(event, "undo")
            except CannotProvoke as lack:  # the next scenario will find the point as it is, and say so
                self._record.append(Lacked(utc(), "undo", str(lack), provocation=True))

    async def _bring_about_for_sure(self, event: DeviceEvent, label: str) -> None:
        name = NAMES[type(event)]
        if self._scenario and name not in self._scenario.hangs_on:
            raise ValueError(f"it hangs on {name!r}, and does not say so")
        await self._bring_about(event, label)

    async def _provoke(self, event: DeviceEvent, label: str) -> None:
        name = NAMES[type(event)]
        if self._scenario and self._scenario.provokes.get(label) != name:
            raise ValueError(f"it provokes {name!r} as {label!r}, and does not say so")
        try:
            await self._bring_about(event, label)
        except CannotProvoke as lack:
            self._record.append(Lacked(utc(), label, str(lack), provocation=True))
        else:
            self._provoked.append(event)

    async def _bring_about(self, event: DeviceEvent, label: str) -> None:
        provocation = provocation_of(event)
        what = provocation.name.replace("_", " ")
        with provoked(self._record, label, what, provocation.subject, provocation.detail):
            await bring_about(self._provoker, provocation)
