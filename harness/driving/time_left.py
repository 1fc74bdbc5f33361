"""How long a drive goes on: what is left, at the pace of what was driven. No verdict rests on it."""

from collections.abc import Iterable

from harness.driving.scenario import Scenario

_ENOUGH = 30.0  # seconds of scenarios after which the pace is the device's own
_SLOWEST, _FASTEST = 6.0, 0.5  # times what a device takes that does all at once: one odd scenario is no pace


class TimeLeft:
    """Each scenario says what it takes on a device that does everything at once; slower ones are slower throughout."""

    def __init__(self) -> None:
        self._usual = self._took = 0.0
        self._begun: tuple[Scenario, float] | None = None

    def begins(self, left: Iterable[Scenario], now: float) -> float:
        """The first of these begins now: seconds until all of them are driven, by what is known."""
        scenarios = list(left)
        if self._begun:
            scenario, began = self._begun
            again = bool(scenarios) and scenarios[0].name == scenario.name
            self._usual += 0.0 if again else scenario.takes
            self._took += now - began
        self._begun = (scenarios[0], now) if scenarios else None
        return sum(scenario.takes for scenario in scenarios) * self._pace

    @property
    def _pace(self) -> float:
        """How many times as long as usual the scenarios took."""
        if self._usual < _ENOUGH:
            return 1.0
        return min(_SLOWEST, max(_FASTEST, self._took / self._usual))


def words_for(seconds: float) -> str:
    """As a person would say it."""
    if seconds >= _A_MINUTE_AND_A_HALF:
        return f"about {round(seconds / 60)} min left"
    return f"about {max(10, round(seconds / 10) * 10)} s left"


_A_MINUTE_AND_A_HALF = 90
