"""Whether a scenario can be driven by a profile, before any drive: its demands, and the deadlines that it waits for.

It is gone through with nobody there: nothing is sent, nothing comes, and every wait is over at once. A scenario that
lacks a deadline is taken for one that is not driven, though a run drives it up to there: so a plan promises less than a
run gives.
"""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, cast

from harness.driving.not_reached import NotReachedError
from harness.driving.progress import Unseen
from harness.driving.scenario import Scenario
from harness.protocols.update.driving.agent.manager import Manager
from harness.protocols.update.driving.component_choice import ComponentChoice
from harness.protocols.update.driving.device.backend import Backend
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links, Requester
from harness.protocols.update.profile import Deadline, Role, UpdateProfile, update_profile
from harness.record.trace import Recorder
from harness.target.declared import Declared


def check_demands(role: Role, scenario: Scenario, declared: Declared, recorder: Recorder) -> None:
    """Ask what it demands of a profile alone. Raises NotApplicable, or NotReachedError with lines, as in a drive."""
    del recorder
    profile = update_profile(declared, role)
    choice = ComponentChoice(profile)
    demanded = {name: ask(choice) for name, ask in scenario.demands.items()}
    if lacking := _lacking(role, profile, scenario, demanded):
        lines = ", ".join(f"{name} = 60" for name in lacking)
        raise NotReachedError(f"nobody knows how long to wait: the profile needs {lines} in [deadlines]")


def _lacking(role: Role, profile: UpdateProfile, scenario: Scenario, demanded: dict[str, object]) -> list[Deadline]:
    """The deadlines that it waits for, and that the profile does not give."""
    rehearsed: _RehearsedManager | _RehearsedBackend = (
        _RehearsedManager(profile) if role is Role.AGENT else _RehearsedBackend(profile)
    )
    nobody = _Nobody()
    hands = dict.fromkeys(("agent", "agents", "device", "limits"), nobody)
    _run(scenario.run({**hands, "manager": rehearsed, "backend": rehearsed, **demanded}))
    return [name for name in Deadline if name in rehearsed.lacking]


def _run(drive: Coroutine[Any, Any, None]) -> None:
    try:
        drive.send(None)
    except StopIteration:
        return
    drive.close()  # it waits for what nobody rehearses


class _Rehearsed(Requester):
    def __init__(self, profile: UpdateProfile) -> None:
        links = cast("Links", _Nobody())
        super().__init__(links, UpdateKnowledge(profile), Recorder(), Unseen())
        self.lacking: set[Deadline] = set()

    def deadline(self, name: Deadline) -> float:
        """It is noted where the profile does not give it."""
        if name not in self.profile.deadlines:
            self.lacking.add(name)
        return 0.0

    async def publish(
        self, topic: str, payload: bytes, label: str, *, retain: bool = False, qos: int | None = None
    ) -> None:
        """Nobody hears it."""

    async def listen(self, seconds: float) -> None:
        """It is over at once."""

    async def until(self, fact: Callable[[], bool], words: str, at_most: float) -> None:
        """It is over at once."""

    async def goes_on(self, fact: Callable[[], bool], words: str, at_most: float) -> bool:
        """It never comes."""
        del fact, words, at_most
        return False

    async def somebody_subscribes_late(self) -> None:
        """Nobody does."""


class _RehearsedManager(_Rehearsed, Manager):
    """Opposite no agent."""


class _RehearsedBackend(_Rehearsed, Backend):
    """Opposite no device."""


class _Nobody:
    """It does nothing, and gives itself for every answer."""

    def __getattr__(self, name: str) -> "_Nobody":
        return self

    def __call__(self, *_: object, **__: object) -> "_Nobody":
        """Nothing."""
        return self

    def __await__(self) -> Generator[None, None, "_Nobody"]:
        yield from ()
        return self
