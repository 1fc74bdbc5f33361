"""Figures as people say them: rounded for the eye, with the share of the network where that decides.

The exact ones stand in `results.json`.
"""

from collections.abc import Sequence

from harness.judging.verdicts.verdict import Verdict
from harness.report.results import Measurement

_MOST_DECIMALS = 3  # a microsecond says nothing of a device
_ABSENT = "(absent)"  # how a story names what a message has no field of


def seconds_for_the_eye(seconds: float, *limits: float | None) -> str:
    """One decimal, or as many as show on which side of each limit it lies; and none that say nothing."""
    for decimals in range(1, _MOST_DECIMALS):
        rounded = round(seconds, decimals)
        if all(_side(rounded, limit) == _side(seconds, limit) for limit in (0.0, *limits) if limit is not None):
            return _trimmed(seconds, decimals)
    return _trimmed(seconds, _MOST_DECIMALS)


def figure_words(figure: Measurement, verdict: Verdict = Verdict.PASS) -> str:
    """The figure, and what was required of it: of an open clause, what the text says.

    Where a limit lies within what was measured, or a figure beyond it was let pass, the difference is the network's.
    """
    required = "the text says" if verdict is Verdict.OBSERVATION else "required"
    return f"{what_of(figure)} {measured_words(figure, verdict)}; {required} {figure.required}"


def measured_words(figure: Measurement, verdict: Verdict = Verdict.PASS) -> str:
    """The seconds alone, with the share that may be the network's where it decides."""
    limits = (figure.earliest, figure.latest)
    least, most = (seconds_for_the_eye(one, *limits) for one in (figure.least, figure.most))
    if figure.earliest is None:
        return f"{most} s"
    latest = float("inf") if figure.latest is None else figure.latest
    lies_within = [figure.earliest <= one <= latest for one in (figure.least, figure.most)]
    if any(lies_within) and not all(lies_within):
        share = figure.most - figure.least
        if share < 1:  # at one decimal, the two ends and what lies between them would not add up
            least, most = _trimmed(figure.least, 2), _trimmed(figure.most, 2)
        return f"{least} to {most} s, of which {seconds_for_the_eye(share)} s may be the network's"
    if not any(lies_within) and verdict is Verdict.PASS:
        beyond = max(figure.earliest - figure.most, figure.least - latest)
        return f"{most} s, and the {seconds_for_the_eye(beyond)} s beyond the limit may be the network's"
    return f"{most} s"


def what_of(figure: Measurement) -> str:
    """The name of the figure, in words for a person."""
    return not_reported(figure.what)


def not_reported(words: str) -> str:
    """The words of a story, in which a message's lack of a field is named for a person."""
    return words.replace(_ABSENT, "not reported")


def path_for_the_eye(path: Sequence[str]) -> list[str]:
    """The lines of a story beneath its first: what has no field was not reported."""
    return [line.replace(f"  {_ABSENT}", "  not reported") for line in path]


def verdict_words(verdict: Verdict) -> str:
    """As a reader sees it who does not know what a view is."""
    return "not visible" if verdict is Verdict.OUT_OF_VIEW else str(verdict)


def _side(seconds: float, limit: float) -> int:
    return (seconds > limit) - (seconds < limit)


def _trimmed(seconds: float, decimals: int) -> str:
    text = f"{seconds:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
