"""The device as a scenario knows it: the conditions that can be brought about on it."""

from harness.clock import utc
from harness.driving.device_link import DeviceLink
from harness.driving.scenario import Scenario
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty
from harness.provocations.provocation import CannotProvoke, NobodyAnswered, Provocation, Provoker
from harness.record.kinds import Done, Provoked
from harness.record.trace import Recorder


class Device:
    """`scenario`: the one that it is handed to, which provokes what it hangs on; None: whatever it likes."""

    def __init__(
        self, provoker: Provoker, record: Recorder, link: DeviceLink | None = None, scenario: Scenario | None = None
    ) -> None:
        self._provoker, self._record, self._link, self._scenario = provoker, record, link, scenario

    @property
    def link(self) -> DeviceLink:
        """Its connection, for scenarios that need a broker of ours."""
        if self._link is None:
            raise ValueError("a scenario that breaks the device's connection says what it needs")
        return self._link

    async def restarts(self, label: str) -> None:
        """Its power goes and comes. Raises CannotProvoke."""
        await self._provoke(Provocation("restart"), label)

    async def changes(self, one: DeclaredProperty, value: JSON, label: str) -> None:
        """A property becomes another on the device itself. Raises CannotProvoke."""
        words = {"property": one.name, "value": value}
        await self._provoke(Provocation("change", one.name, value, words), label)

    async def undo(self) -> None:
        """Its connection is left alone."""
        if self._link:
            await self._link.mend()

    async def _provoke(self, provocation: Provocation, label: str) -> None:
        if self._scenario and provocation.name not in self._scenario.hangs_on:
            raise ValueError(f"it hangs on {provocation.name!r}, and does not say so")
        place = self._record.append(Provoked(utc(), label, provocation.name, provocation.subject, provocation.detail))
        try:
            await self._provoker.provoke(provocation)
        except NobodyAnswered as nobody:
            raise CannotProvoke(provocation, str(nobody)) from nobody
        self._record.append(Done(utc(), place))
