"""A box whose actuator nothing stops: a write that is taken back while it is on its way arrives all the same."""

import time
from typing import Any

from live.devices.plain import Device, main
from live.devices.points import Point


class Landing(Point):
    """The value while nobody wants anything of the point is where its actuator went last."""

    goes_to: tuple[float, Any] | None = None

    def begin(self, value: Any) -> None:  # noqa: ANN401 - as JSON has it
        """A write that was on its way before goes elsewhere now."""
        super().begin(value)
        self.goes_to = (self.began + self.settles_in, self.wanted_native)

    def reconcile(self) -> bool:
        """A value that has arrived is given back once nobody wants it any more."""
        if self.value_state == "applied":
            self.goes_to = None
        return super().reconcile()

    def shown(self) -> Any:  # noqa: ANN401 - as JSON has it
        """A value that was taken back on its way is there when its time has come."""
        if self.wanted is None and not self.loose and self.goes_to and self.goes_to[0] <= time.time():
            return self.from_native(self.goes_to[1])
        return super().shown()


class LandsLate(Device):
    """All its points are such."""

    point = Landing


if __name__ == "__main__":
    main(LandsLate)
