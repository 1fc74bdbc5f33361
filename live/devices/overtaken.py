"""A box that says `updating` at once and writes 10 s later, by a timer that nothing stops.

So an older write is applied after a newer one was wanted, while that is still on its way.
"""

import time
from typing import Any

from live.devices.plain import Device, main
from live.devices.points import Point

DELAY = 10.0


class Delayed(Point):
    """Each write has its timer."""

    def __init__(self, *about: Any, **more: Any) -> None:  # noqa: ANN401 - as any point
        super().__init__(*about, **more)
        self.timers: list[tuple[float, Any]] = []
        self.is_there = False

    def begin(self, value: Any) -> None:  # noqa: ANN401 - as JSON has it
        """Set one more timer."""
        super().begin(value)
        self.is_there = False
        self.timers.append((self.began + DELAY, self.wanted_native))

    def reconcile(self) -> bool:
        """Timers run off in their time, whether anything is wanted by then or not."""
        while self.timers and self.timers[0][0] <= time.time():
            _, self.wanted_native = self.timers.pop(0)
            self.is_there = True
        return super().reconcile()

    def actuator(self) -> tuple[str, str | None]:
        """The write whose timer ran off last is applied, whatever is wanted by now."""
        if self.loose:
            return super().actuator()
        return "applied" if self.is_there else "updating", None


class Overtaken(Device):
    """All its points are delayed."""

    point = Delayed


if __name__ == "__main__":
    main(Overtaken)
