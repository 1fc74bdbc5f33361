"""A plug's part around the scenarios of its subject: all that the runner knows of a protocol."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from harness.driving.device_link import DeviceLink
from harness.driving.progress import Progress
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.record.trace import Recorder
from harness.suite_limits import NoLimits, longest_stretch
from harness.target import RunningTarget
from harness.target.declared import Declared


@dataclass(frozen=True, slots=True)
class DriveContext:
    """The means that counterparts drive with. `link`: the device's connection, None where it is not ours to break.

    `limits`: of the suites, as the profile stretches them. `opposite`: what is declared of the thing that stands
    opposite, where that is under test as well: then nobody plays it.
    """

    profile: Declared
    spec: str
    running: RunningTarget
    recorder: Recorder
    progress: Progress
    link: DeviceLink | None = None
    limits: object = NoLimits()
    opposite: Declared | None = None

    @property
    def longest_stretch(self) -> float:
        """Seconds by which the profile stretches a limit of the suites, and so a wait for it, at most."""
        return longest_stretch(self.limits)


class SubjectSession(ABC):
    """One stay on the broker, up to a lost link at most. Whatever is awaited raises LinkError where that is lost.

    What a subject has no use for, it leaves as it is here.
    """

    async def meet(self) -> str | None:
        """First contact, before any scenario: why it makes no sense to go on."""
        return None

    async def rest(self, scenario: Scenario) -> str | None:  # noqa: ARG002 - for those that have a base state
        """Back to the base state that the scenario begins in: why it makes no sense to go on."""
        return None

    @abstractmethod
    def hands(self, scenario: Scenario) -> Hands:
        """The arguments for a scenario that begins now, by the names of its parameters.

        Raises NotApplicable, with the line to add, where the profile does not meet one, and NotReachedError where it
        cannot be met now.
        """

    async def undo(self, *, is_interrupted: bool) -> None:  # noqa: B027 - for those that provoke
        """Take back what was provoked with the latest hands. Nothing stays wanted of a device where we are hurried."""

    async def hear_out(self) -> None:  # noqa: B027 - for those to whom something comes late
        """All is driven: wait for log entries that were written by now."""


class Counterparts(Protocol):
    """The counterparts of one thing under test. Their knowledge outlasts a lost link."""

    def session(self, retained: RetainedConfig) -> AbstractAsyncContextManager[SubjectSession]:
        """On the broker as long as the block lasts. They leave at its end, after Ctrl-C too: all is as it was found."""


Casting: TypeAlias = Callable[[DriveContext], Counterparts]
