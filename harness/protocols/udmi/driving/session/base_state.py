"""Brings a device back to its base state between two scenarios: every point free, but for those that stay held."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from harness.driving.not_reached import NotReachedError
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.standing_writes import standing

ANSWER = 5.0  # seconds after which the next config may be sent though this one was not answered
BACK_TO_BASE = 20.0  # seconds that a point may take to be free again, and the first state to come


@dataclass
class BaseState:
    """`held`: points that did not come free in their time, and the words for it. Each is waited for once.

    The others go on being driven; a held point that comes free after all is one of them again. `back_to_base`: seconds.
    """

    cloud: Cloud
    points: Iterable[str]
    tell: Callable[[str], None]
    back_to_base: float = BACK_TO_BASE
    held: dict[str, str] = field(default_factory=dict)

    async def reach(self, sample_rate: float) -> bool:
        """Release every point, and ask for telemetry every so many seconds; whether the config was answered.

        True too of a device that has never said a state, as nobody can tell.
        """
        await self.cloud.want_nothing(sample_rate, "rest", resets=True)
        return self.cloud.heard.state is None or await self.cloud.allow_answer(at_most=ANSWER)

    async def see_who_is_free(self) -> None:
        """Give points that still stand written their time, and know those by name that do not come free in it."""
        self.held = {name: words for name, words in self.held.items() if name in self._standing()}
        if self._is_free():
            return
        names = ", ".join(name for name in self._standing() if name not in self.held)
        try:
            await self.cloud.until_state(lambda _: self._is_free(), f"{names} is free again", at_most=self.back_to_base)
        except NotReachedError:
            for name, words in self._standing().items():
                if name not in self.held:
                    self.held[name] = f"waited {self.back_to_base:g} s until {name} is free again, in vain: its {words}"
                    self.tell(f"{self.held[name]}; scenarios that need it are not driven")

    def _is_free(self) -> bool:
        return self._standing().keys() <= self.held.keys()

    def _standing(self) -> dict[str, str]:
        return standing(self.cloud.heard.state, self.points)
