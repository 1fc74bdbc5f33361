"""The ways a judgement can end. Each exception takes facts and is a verdict, not an error of ours."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """What a specification makes of a requirement."""

    MUST = "must"
    SHOULD = "should"
    OBSERVATION = "observation"


class Verdict(StrEnum):
    """From best to worst: the worst of its judgements is a requirement's verdict."""

    NOT_APPLICABLE = "not applicable"
    OUT_OF_VIEW = "out of view"
    PASS = "pass"  # noqa: S105 - no secret
    OBSERVATION = "observation"
    WARN = "warn"
    INCONCLUSIVE = "inconclusive"
    COULD_NOT_TEST = "could not test"
    HARNESS_ERROR = "harness error"
    FAIL = "fail"


ACCUSING = frozenset({Verdict.FAIL, Verdict.WARN})
UNDECIDED = frozenset({Verdict.INCONCLUSIVE, Verdict.COULD_NOT_TEST})


class NotObserved(AssertionError):  # noqa: N818
    """The device did not do it, or not in its time."""


class Undecided(Exception):  # noqa: N818
    """The evidence does not say."""


class CouldNotTest(Exception):  # noqa: N818
    """What had to come first did not happen."""


class NotApplicable(Exception):  # noqa: N818
    """The profile declares that this does not concern the device."""


class OutOfView(Exception):  # noqa: N818
    """This kind of target cannot show it."""


def verdict_of(ended: BaseException | None, level: Level) -> Verdict:
    """What it means that a judgement ended so. The level decides severity, never the test."""
    match ended:
        case None:
            return Verdict.OBSERVATION if level is Level.OBSERVATION else Verdict.PASS
        case AssertionError():
            return _BROKEN[level]
        case Undecided():
            return Verdict.INCONCLUSIVE
        case CouldNotTest():
            return Verdict.COULD_NOT_TEST
        case NotApplicable():
            return Verdict.NOT_APPLICABLE
        case OutOfView():
            return Verdict.OUT_OF_VIEW
        case _:
            return Verdict.HARNESS_ERROR


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that speaks for all of them."""
    return max(verdicts, key=_SEVERITY.index)


_SEVERITY = tuple(Verdict)
_BROKEN = {Level.MUST: Verdict.FAIL, Level.SHOULD: Verdict.WARN, Level.OBSERVATION: Verdict.OBSERVATION}
