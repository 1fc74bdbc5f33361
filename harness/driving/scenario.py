"""Procedures that play the counterpart. A scenario drives and never judges; pytest sees its episode as a fixture."""

from collections.abc import Awaitable, Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from inspect import signature
from typing import Any, Protocol, TypedDict, Unpack

import pytest

from harness.driving.device_link import Needs
from harness.errors import UsageError
from harness.protocol import Subject, subject_of
from harness.record.left_out import OutOfView
from harness.suggest import hinted

Drive = Callable[..., Awaitable[None]]
Hands = Mapping[str, object]
Demand = Callable[
    [Any], object
]  # a pure question to what its plug knows of a profile: it can be asked before any drive


class RecordedRun(Protocol):
    """A record, cut into the episodes of its scenarios."""

    def episode(self, scenario: "Scenario") -> object:
        """That of the scenario, for one judgement. Without one it raises what the judgement ends with."""


EPISODES = pytest.StashKey[RecordedRun]()
SCENARIOS: dict[str, "Scenario"] = {}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A drive, the base state that it begins in, and what it needs of the target, if anything.

    Its function is called with those hands of its subject that its parameters name, as with pytest's fixtures; what its
    `demands` are met with is among them, by their names.

    `begins_in`: what its subject's session is to bring about first, in its plug's own words; None: there is no choice.

    `about`: a requirement without which it makes no sense; under a spec that does not have it, it is not driven.
    `minutes`: that it takes, where these are more than a run in real time is to take unasked. `takes`: seconds, in real
    time, of a device that does everything at once: from it an operator is told how long a drive goes on. `is_rough`: a
    device may not survive what it is sent, so that others are driven before. `subject`: the kind of thing that it is
    driven at; None where its suite is no protocol's.

    `demands`: what it takes of the profile. `provokes`: which provocation is brought about under a label, where it goes
    on without; `hangs_on`: those without which it ends. `is_left_out`: nobody asked for what takes so long.
    """

    name: str
    drive: Drive
    begins_in: object = None
    about: str | None = None
    minutes: float = 0
    needs: Needs | None = None
    takes: float = 10
    is_rough: bool = False
    subject: Subject | None = None
    demands: Mapping[str, Demand] = field(default_factory=dict)
    provokes: Mapping[str, str] = field(default_factory=dict)
    hangs_on: tuple[str, ...] = ()
    is_left_out: bool = False

    async def run(self, hands: Hands) -> None:
        """Drive it. Raises TypeError where a parameter names no hand that its subject has."""
        wanted = signature(self.drive).parameters
        if unknown := [name for name, one in wanted.items() if name not in hands and one.default is one.empty]:
            raise TypeError(f"it asks for {', '.join(unknown)}; there is {', '.join(hands)}")
        await self.drive(**{name: hands[name] for name in wanted if name in hands})

    def left_out(self) -> "Scenario":
        """The same, not driven; its record says how to have it driven."""
        return replace(self, is_left_out=True, takes=0)

    def hidden_from(self, shown: Container[str]) -> OutOfView | None:
        """Why it is not driven at a target that can show this, or in a run of this length; None where it is."""
        if self.is_left_out:
            return OutOfView.without("--long", f"{self.name} takes {self.minutes:g} minutes of real time")
        return OutOfView.without(self.needs) if self.needs and self.needs not in shown else None


def known_scenario(name: str) -> Scenario:
    """The scenario of that name. Raises UsageError, with the nearest known one."""
    if name not in SCENARIOS:
        raise UsageError(hinted(f"there is no scenario {name!r}", name, SCENARIOS))
    return SCENARIOS[name]


class Facts(TypedDict, total=False):
    """Fields of `Scenario` that a suite may set."""

    about: str
    minutes: float
    needs: Needs
    takes: float
    is_rough: bool
    demands: Mapping[str, Demand]
    provokes: Mapping[str, str]
    hangs_on: tuple[str, ...]


def scenario(*, begins_in: object = None, **facts: Unpack[Facts]) -> Callable[[Drive], Any]:
    """Make a drive known by its name, which is unique over all suites, and give its episode to judgements that ask."""

    def known(drive: Drive) -> Any:  # noqa: ANN401 - whatever pytest makes of a fixture
        name = drive.__name__
        if name in SCENARIOS and SCENARIOS[name].drive.__module__ != drive.__module__:
            raise ValueError(f"two scenarios are called {name}")
        SCENARIOS[name] = Scenario(name, drive, begins_in, subject=subject_of(drive.__module__), **facts)

        @pytest.fixture(name=name)
        def episode(pytestconfig: pytest.Config) -> object:  # for each `request`, pytest looks up a signature
            return pytestconfig.stash[EPISODES].episode(SCENARIOS[name])

        return episode

    return known
