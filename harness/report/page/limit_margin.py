"""How near to its limit a figure came: the proportions of a small bar, and a few words."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.verdicts.verdict import Verdict
from harness.report.figures import measured_words, seconds_for_the_eye
from harness.report.results import Measurement

_ROOM = 1.15  # of the larger of limit and figure


@dataclass(frozen=True, slots=True)
class LimitMargin:
    """From 0, the left end of the bar, to 1, its right end. `kept`: the figure is allowed."""

    allowed: tuple[float, float]
    measured: tuple[float, float]
    kept: bool


def margin_of(figure: Measurement) -> LimitMargin | None:
    """None where the limits are unknown, as in old results."""
    earliest, latest = figure.earliest, figure.latest
    if earliest is None:
        return None
    least, most = figure.least, figure.most
    full = max(latest if latest is not None else 2 * earliest, most, 0.001) * _ROOM
    end = full if latest is None else latest
    return LimitMargin((earliest / full, end / full), (least / full, most / full), earliest <= least and most <= end)


def tightest(figures: Sequence[Measurement]) -> Measurement | None:
    """The figure that came nearest to a limit, or farthest beyond it; one without limits comes last."""
    return min(figures, key=_slack, default=None)


def words_of_margin(figure: Measurement, verdict: Verdict = Verdict.PASS) -> str:
    """`2 s of 5 s`, or what else the limit is."""
    measured, latest = measured_words(figure, verdict), figure.latest
    if figure.earliest == 0 and latest is not None:
        return (
            f"{measured} of {seconds_for_the_eye(latest)} s" if "," not in measured else f"{measured}, of {latest:g} s"
        )
    return f"{measured}; {'the text says' if verdict is Verdict.OBSERVATION else 'required'} {figure.required}"


def _slack(figure: Measurement) -> float:
    """The distance to the nearest limit, in widths of the window."""
    earliest, latest = figure.earliest, figure.latest
    if earliest is None:
        return float("inf")
    to_latest = float("inf") if latest is None else latest - figure.most
    to_earliest = figure.least - earliest if earliest else float("inf")
    return min(to_latest, to_earliest) / ((latest or 2 * earliest) - earliest or 1)
