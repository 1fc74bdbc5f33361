"""A box that reports the points that its config lists and no others: where there is no list, it reports none."""

from typing import Any

from live.devices.plain import Device, main


class OnlyListed(Device):
    """It decides nothing by itself."""

    def __init__(self, *about: Any) -> None:  # noqa: ANN401 - as any device
        super().__init__(*about)
        for point in self.points.values():
            point.listed = False

    def take_pointset(self, pointset: dict[str, Any], at: float) -> None:
        """No list is an empty one."""
        super().take_pointset({"points": {}, **pointset}, at)


if __name__ == "__main__":
    main(OnlyListed)
