"""A cloud that does not know yet which points a device has."""

from collections.abc import Iterable
from dataclasses import replace

from harness.protocols.udmi.driving.counterpart import Counterpart, Manner
from harness.protocols.udmi.words.messages import Config
from harness.protocols.udmi.words.site_placement import SitePlacement


class DiscoveringCloud(Counterpart):
    """May ask for whatever points the device has, in place of those that it was given."""

    asks_for_all = False

    def ask_for(self, points: Iterable[str], wiring: SitePlacement) -> None:
        """From the next config on list these points, wired so."""
        self._points, self._wiring, self.asks_for_all = tuple(points), wiring, False

    def compose(self, now: float, manner: Manner) -> Config:
        """The whole config."""
        config = super().compose(now, manner)
        if self.asks_for_all and config.pointset:
            return replace(config, pointset=replace(config.pointset, points=None))
        return config
