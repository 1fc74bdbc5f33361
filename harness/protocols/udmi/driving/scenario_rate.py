"""A scenario at a UDMI device begins in a base state in which telemetry is asked for at a rate of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Unpack

from harness.driving import scenario as neutral
from harness.driving.scenario import Drive, Facts, Scenario


@dataclass(frozen=True, slots=True)
class SampleRate:
    """Seconds from one telemetry to the next, at most."""

    seconds: float


def scenario(*, sample_rate: float, **facts: Unpack[Facts]) -> Callable[[Drive], Any]:
    """A scenario of a UDMI suite. `sample_rate`: in seconds."""
    return neutral.scenario(begins_in=SampleRate(sample_rate), **facts)


def sample_rate_of(scenario: Scenario) -> float:
    """In seconds. Raises TypeError where the suite did not say it: the decorator of another protocol was taken."""
    if isinstance(scenario.begins_in, SampleRate):
        return scenario.begins_in.seconds
    raise TypeError(f"{scenario.name} names no sample rate")
