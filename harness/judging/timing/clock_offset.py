"""How far the device's clock is from ours, by what it stamps. What is to happen at a time, happens by its own clock."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClockOffset:
    """Seconds by which its clock is ahead of ours, and by which it is behind: as far as the stamps may be explained so.

    At most one of them is more than what a device stamps away when it rounds.
    """

    ahead: float = 0.0
    behind: float = 0.0

    @classmethod
    def of(cls, stamps: Iterable[tuple[float, float]], allowance: float) -> "ClockOffset":
        """From what messages were stamped with, and when they reached us, after `allowance` seconds at most.

        The message that came fastest tells: it was stamped after it reached us, or longer ago than its way can take.
        """
        told = list(stamps)
        if not told:
            return cls()
        newest = max(stamped - heard for stamped, heard in told)
        rounding = next((unit for unit in _UNITS if all(_is_whole(stamped / unit) for stamped, _ in told)), 0.0)
        ahead, behind = newest, -newest - allowance - rounding
        return cls(round(max(0.0, ahead), 6), round(max(0.0, behind), 6))

    @property
    def words(self) -> str:
        """For a story."""
        return f"{self.ahead:.1f} s ahead of ours" if self.ahead else f"{self.behind:.1f} s behind ours"


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < _EXACT


_UNITS = (1.0, 0.001)  # seconds: what devices round their stamps to
_EXACT = 1e-3  # of a unit: as exactly as a double holds Unix time
