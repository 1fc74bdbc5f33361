"""The device of the two flows: one that the harness plays, or the operator's own, which is watched."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from harness.clock import utc
from harness.mqtt.link import Link
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty, DeviceProfile
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.device.counterpart import nested
from harness.protocols.replica.driving.device.device import Device
from harness.protocols.replica.driving.device.property_choice import PropertyChoice
from harness.protocols.replica.words.content import Object, object_at, object_in
from harness.protocols.replica.words.flow import DEVICE, REPORT
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, root_of
from harness.record.kinds import Done, Provoked, Received
from harness.record.trace import Recorder

_A_MOMENT = 0.5  # seconds
_STARTS_WITHIN = 30.0  # seconds that its first report may take


class FlowDevice(Protocol):
    """The values are what a device says that is played; one that is watched has its own."""

    @property
    def may_be_late(self) -> float:
        """Seconds by which we may hear late of its reports."""

    async def starts(self, state: Object, label: str) -> None:
        """It reports its first state."""

    async def listens(self) -> None:
        """From now on it hears deltas."""

    async def is_desired(self, by: Component, state: Object, label: str, read_back: str, at_most: float) -> None:
        """A component desires a state of it, and asks back before it reports; until it has a delta to perform."""

    async def performs(self, state: Object, label: str, at_most: float) -> None:
        """It reports the state that was desired."""

    async def changes(self, state: Object, label: str, at_most: float) -> None:
        """It reports that it has changed by itself."""


class PlayedDevice:
    """A client of the service that does what the source document says."""

    may_be_late = 0.0

    def __init__(self, component: Component) -> None:
        self._component = component

    async def starts(self, state: Object, label: str) -> None:
        """By an update."""
        await self._component.hears(AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)
        await self._component.update({"reported": state}, label)

    async def listens(self) -> None:
        """By a topic more."""
        await self._component.hears(AnswerLevel.DELTA)

    async def is_desired(self, by: Component, state: Object, label: str, read_back: str, at_most: float) -> None:
        """It has its delta, and reports when it is told to."""
        await by.update({"desired": state}, label)
        await self._component.until_delta(at_most)
        await by.get(read_back)

    async def performs(self, state: Object, label: str, at_most: float) -> None:
        """By an update."""
        del at_most
        await self._component.update({"reported": state}, label)

    async def changes(self, state: Object, label: str, at_most: float) -> None:
        """Likewise."""
        await self.performs(state, label, at_most)


class WatchedDevice:
    """The operator's own. All topics of its replica are heard; an update that reports something is taken for its."""

    def __init__(self, link: Link, profile: DeviceProfile, recorder: Recorder, device: Device) -> None:
        self._link, self._profile, self._recorder, self._device = link, profile, recorder, device
        self._reports: list[tuple[int, Object]] = []
        self._reported: dict[tuple[str, ...], JSON] = {}
        self._wished: DeclaredProperty | None = None
        self._value: JSON = None
        self._wished_at = 0
        self._news = asyncio.Event()

    @property
    def may_be_late(self) -> float:
        """As its profile allows, and a moment."""
        return self._profile.network_allowance + _A_MOMENT

    async def starts(self, state: Object, label: str) -> None:
        """It is restarted. Raises CannotProvoke."""
        del state
        before = len(self._reports)
        await self._device.restarts(f"before {label}")
        await self._until(lambda _report: True, before, label, _STARTS_WITHIN)

    async def listens(self) -> None:
        """It sees to that itself."""

    async def is_desired(self, by: Component, state: Object, label: str, read_back: str, at_most: float) -> None:
        """The first property that may be set becomes another than it is. It waits for nobody, so both leave at once."""
        del state, at_most
        one = PropertyChoice(self._profile).settable()
        told = self._reported.get(one.path)
        self._wished, self._value = one, next(value for value in one.good if value != told)
        self._wished_at = len(self._reports)
        await by.update_and_get({"desired": nested({one.path: self._value})}, label, read_back)

    async def performs(self, state: Object, label: str, at_most: float) -> None:
        """Wait for a report of what was wished."""
        del state
        one, value = self._wished, self._value
        if one:
            await self._until(lambda report: _at(report, one) == value, self._wished_at, label, at_most)

    async def changes(self, state: Object, label: str, at_most: float) -> None:
        """A property is changed on the device itself. Raises CannotProvoke."""
        del state
        one = PropertyChoice(self._profile).changing()
        told, before = self._reported.get(one.path), len(self._reports)
        value = next(value for value in one.good if value != told)
        await self._device.changes(one, value, f"before {label}")
        await self._until(lambda report: _at(report, one) == value, before, label, at_most)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """As long as the block lasts. Raises LinkError."""
        await self._link.subscribe(f"{root_of(ReplicaId(self._profile.id), self._profile.scheme)}/#")
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(self._watch())
            yield
            watching.cancel()

    async def _watch(self) -> None:
        topic = self._profile.topic(Operation.UPDATE)
        async for heard in self._link.deliveries():
            place = self._recorder.append(Received(heard.time, heard.topic, heard.payload, heard.retain, DEVICE))
            reported = object_at(object_in(heard.payload) or {}, "state", "reported")
            if heard.topic == topic and reported is not None and not heard.retain:
                self._reports.append((place, reported))
                properties = self._profile.properties.values()
                self._reported |= {one.path: told for one in properties if (told := _at(reported, one)) is not None}
                self._news.set()

    async def _until(self, fits: Callable[[Object], bool], since: int, label: str, at_most: float) -> None:
        """The first report that fits gets the number of the step; where there is none in time, no report has it."""
        try:
            async with asyncio.timeout(at_most):
                while True:
                    for place, report in self._reports[since:]:
                        if fits(report):
                            told = self._recorder.append(Provoked(utc(), label, REPORT, detail={"place": place}))
                            self._recorder.append(Done(utc(), told))
                            return
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return


def _at(report: Object, one: DeclaredProperty) -> JSON:
    """The value of a property in a report; None: it does not tell."""
    part: JSON = report
    for name in one.path:
        part = part.get(name) if isinstance(part, dict) else None
    return part
