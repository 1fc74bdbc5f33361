"""A cloud that does not know yet which points a device has."""

from dataclasses import replace

from harness.driving.counterpart import Counterpart, Manner
from harness.wire.udmi import Config


class Asking(Counterpart):
    """May ask for whatever points the device has, in place of those that it was given."""

    asks_for_all = False

    def compose(self, now: float, manner: Manner) -> Config:
        """The whole config."""
        config = super().compose(now, manner)
        if self.asks_for_all and config.pointset:
            return replace(config, pointset=replace(config.pointset, points=None))
        return config
