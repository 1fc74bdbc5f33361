"""How the cloud wants points reported, apart from what it writes to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from harness.protocols.udmi.words.messages import PointConfig

_NOTHING = PointConfig()


class Listed(Enum):
    """Which points a config lists, where it does not name them."""

    ALL = "every point of the profile"
    NONE = "no list of points"
    NOTHING = "no pointset"


@dataclass(frozen=True, slots=True)
class SamplingRequest:
    """`rate`, `limit`: seconds, None leaves the field out. `points`: those that are listed, known or not.

    `units` and `increments`, by point: those that it is to be reported in, the change that is to be told of at once.
    """

    rate: float | None
    limit: float | None = None
    points: Sequence[str] | Listed = Listed.ALL
    units: Mapping[str, str] = field(default_factory=dict)
    increments: Mapping[str, float] = field(default_factory=dict)

    def names(self, every: Sequence[str]) -> Sequence[str] | None:
        """The points that are listed, where the profile has `every`; None: there is no list."""
        match self.points:
            case Listed.ALL:
                return every
            case Listed.NONE | Listed.NOTHING:
                return None
            case names:
                return names

    def asks(self, point: str) -> PointConfig:
        """The config of a point that is not written."""
        if point not in self.units and point not in self.increments:
            return _NOTHING
        return PointConfig(units=self.units.get(point), cov_increment=self.increments.get(point))
