"""The terms of a scenario at a UDMI device: its rate of telemetry, and how long its writes have to last.

A write ends by itself soon after a run that was killed, and never while its scenario still looks at it. So a scenario
that writes says how long its longest wait is, by the limits and by how slow the device may be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar, Unpack

from harness.driving import scenario as neutral
from harness.driving.scenario import Drive, Facts, Scenario
from harness.protocols.udmi.profile import PROMPTLY

MARGIN = 60.0  # seconds more than the longest wait of its scenario, before a write ends by itself
ON_ITS_WAY = 2.0  # seconds more than a point may take, that a wait for it goes on

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class DevicePace(Generic[L]):
    """How slow the device of a run may be. `limits`: of its suites, as the profile stretches them.

    All in seconds. `settles_in`: the most that a point may take which is not chosen for taking long; `late_in`: that
    any may. `fails_in`: that the device tries before a write is a failure. `provokes_within`: that a provocation takes
    at most. `allowance`: that a message may be on its way. `ahead`, `behind`: of our clock, as far as is made up for.
    """

    limits: L
    settles_in: float = 0.0
    late_in: float = 0.0
    fails_in: float = 0.0
    provokes_within: float = 0.0
    allowance: float = 0.0
    ahead: float = 0.0
    behind: float = 0.0

    def applied(self, at_most: float) -> float:
        """The longest that a wait for *applied* takes."""
        return _applied(self.settles_in, at_most)

    def late_applied(self, at_most: float) -> float:
        """The same, of a point that was chosen for taking long."""
        return _applied(self.late_in, at_most)


def _applied(settles_in: float, at_most: float) -> float:
    return max(at_most, settles_in + ON_ITS_WAY) if settles_in > PROMPTLY else at_most


LongestWait: TypeAlias = Callable[[DevicePace[Any]], float]


@dataclass(frozen=True, slots=True)
class ScenarioTerms:
    """`sample_rate`: seconds from one telemetry to the next, at most.

    `longest_wait`: seconds from a config that writes until the device has the next, or the scenario is over, at most;
    a person who is asked to do something on the device is waited for. None: the scenario never writes.
    """

    sample_rate: float
    longest_wait: LongestWait | None = None


def scenario(
    *, sample_rate: float, longest_wait: LongestWait | None = None, **facts: Unpack[Facts]
) -> Callable[[Drive], Any]:
    """A scenario of a UDMI suite, on these terms: see `ScenarioTerms`."""
    return neutral.scenario(begins_in=ScenarioTerms(sample_rate, longest_wait), **facts)


def terms_of(scenario: Scenario) -> ScenarioTerms:
    """Raises TypeError where the suite did not say them: the decorator of another protocol was taken."""
    if isinstance(scenario.begins_in, ScenarioTerms):
        return scenario.begins_in
    raise TypeError(f"{scenario.name} names no sample rate")
