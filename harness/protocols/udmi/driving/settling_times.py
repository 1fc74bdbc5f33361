"""How long each point took to apply a write, as this run has seen it: one that takes long can be met under way."""

from collections.abc import Iterable

from harness.payload.values import Value
from harness.protocols.udmi.profile import Setting

LATE = 5.0  # seconds after which a write that has not settled must have said that it is updating


class SettlingTimes:
    """Each write counts once, from when it was sent to when it was first seen to be applied."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[Value | None, float]] = {}
        self._seconds: dict[str, float] = {}

    def begin(self, settings: Iterable[Setting], now: float) -> None:
        """These are written, or released."""
        self._begun |= {setting.point: (setting.value, now) for setting in settings}

    def end(self, setting: Setting, now: float, allowance: float) -> None:
        """It is applied by now, as a state tells that was up to `allowance` seconds on its way."""
        value, began = self._begun.pop(setting.point, (None, now))
        if value == setting.value:
            least = max(0.0, now - began - allowance)
            self._seconds[setting.point] = max(least, self._seconds.get(setting.point, 0.0))

    def seconds(self, point: str) -> float | None:
        """The longest that it took; None: nobody has seen it applied."""
        return self._seconds.get(point)

    def is_late(self, point: str) -> bool:
        """Whether a write of it was seen to take more than LATE seconds."""
        return self._seconds.get(point, 0.0) > LATE
