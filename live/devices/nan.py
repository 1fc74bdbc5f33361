"""A box with a sensor that is not connected: its reading is NaN, and json.dumps writes that down as it is."""

import math

from live.devices.plain import Device, main
from live.devices.points import Point


class NotANumber(Device):
    """One more point, without a sensor."""

    def made_of(self) -> dict[str, Point]:
        """And what is not connected."""
        return {**super().made_of(), "outside_temperature": Point(math.nan, "Degrees-Celsius", writable=False)}


if __name__ == "__main__":
    main(NotANumber)
