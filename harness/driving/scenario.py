"""Procedures that play the cloud. A scenario drives and never judges; pytest sees it as a fixture, its episode."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from harness.driving.cloud import Cloud
from harness.driving.device import Device
from harness.driving.device_link import Needs
from harness.judging.episode import Episode, is_watched
from harness.judging.verdict import CouldNotTest, OutOfView

EPISODES = pytest.StashKey[Mapping[str, Episode]]()
SCENARIOS: dict[str, "Scenario"] = {}

Drive = Callable[[Cloud, Device], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A drive, the sample rate (seconds) that it asks of the device, and what it needs of the target, if anything.

    `about`: a requirement without which it makes no sense; under a spec that does not have it, it is not driven.
    `minutes`: that it takes, where these are more than a run in real time is to take unasked.
    """

    name: str
    drive: Drive
    sample_rate: float
    about: str | None = None
    minutes: float = 0
    needs: Needs | None = None

    def left_out(self) -> "Scenario":
        """The same, not driven; its record says how to have it driven."""

        async def drive(_cloud: Cloud, _device: Device) -> None:
            raise OutOfView.without("--long", f"{self.name} takes {self.minutes:g} minutes of real time")

        return replace(self, drive=drive)


def scenario(
    *, sample_rate: float, about: str | None = None, minutes: float = 0, needs: Needs | None = None
) -> Callable[[Drive], Any]:
    """Make a drive known by its name, which is unique over all suites, and give its episode to judgements that ask."""

    def known(drive: Drive) -> Any:  # noqa: ANN401 - whatever pytest makes of a fixture
        name = drive.__name__
        if name in SCENARIOS and SCENARIOS[name].drive.__module__ != drive.__module__:
            raise ValueError(f"two scenarios are called {name}")
        SCENARIOS[name] = Scenario(name, drive, sample_rate, about, minutes, needs)

        @pytest.fixture(name=name)
        def episode(request: pytest.FixtureRequest) -> Episode:
            episodes = request.config.stash[EPISODES]
            if name not in episodes and needs and not is_watched(episodes.values()):
                raise OutOfView.without(needs)
            if name not in episodes:
                raise CouldNotTest(f"{name} was not driven")
            return Episode(episodes[name].history)

        return episode

    return known
