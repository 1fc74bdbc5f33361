"""Conditions that a scenario brings about, each of which is recorded: when it began, and when it had come about."""

from collections.abc import Iterator
from contextlib import contextmanager

from harness.clock import utc
from harness.driving.device_link import DeviceLink
from harness.driving.scenario import Scenario
from harness.payload.values import JSON
from harness.provocations.provocation import CannotProvoke, NobodyAnswered, Provocation, Provoker
from harness.record.kinds import Done, Provoked
from harness.record.trace import Recorder


@contextmanager
def provoked(recorder: Recorder, label: str, name: str, subject: str = "", detail: JSON = None) -> Iterator[None]:
    """A condition that the block brings about; where that raises, it never is done."""
    place = recorder.append(Provoked(utc(), label, name, subject, detail))
    yield
    recorder.append(Done(utc(), place))


async def bring_about(provoker: Provoker, provocation: Provocation) -> None:
    """Have it done. Raises CannotProvoke, also where it would take a person and nobody is there."""
    try:
        await provoker.provoke(provocation)
    except NobodyAnswered as nobody:
        raise CannotProvoke(provocation, str(nobody)) from nobody


class ProvokedDevice:
    """A device as a scenario knows it: what can be brought about on it, whatever its protocol.

    `scenario`: the one that it is handed to, which provokes what it hangs on; None: whatever it likes.
    """

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
        await self.provoke(Provocation("restart"), label)

    async def provoke(self, provocation: Provocation, label: str) -> None:
        """A condition without which the scenario makes no sense. Raises CannotProvoke."""
        if self._scenario and provocation.name not in self._scenario.hangs_on:
            raise ValueError(f"it hangs on {provocation.name!r}, and does not say so")
        with provoked(self._record, label, provocation.name, provocation.subject, provocation.detail):
            await bring_about(self._provoker, provocation)

    async def undo(self) -> None:
        """Its connection is left alone."""
        if self._link:
            await self._link.mend()
