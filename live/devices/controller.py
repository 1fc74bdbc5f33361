"""A controller without points: it has an identity, takes configs, logs and restarts, and knows no pointset."""

from typing import Any

from live.devices.plain import Device, main
from live.devices.points import Point


class Controller(Device):
    """No points, no pointset, no telemetry."""

    def made_of(self) -> dict[str, Point]:
        """Nothing."""
        return {}

    def pointset(self) -> dict[str, Any]:
        """No block."""
        return {}

    def take_pointset(self, pointset: dict[str, Any], at: float) -> None:
        """It is for others."""

    def send_telemetry(self, values: dict[str, Any]) -> None:
        """There is none."""


if __name__ == "__main__":
    main(Controller)
