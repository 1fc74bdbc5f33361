"""The ways a judgement can end. Each exception takes facts and is a verdict, not an error of ours."""

from collections.abc import Iterable
from enum import StrEnum

from harness.judging.verdicts.evidence_ref import NO_EVIDENCE, EvidenceRef
from harness.record.left_out import NotApplicable, OutOfView


class Level(StrEnum):
    """The level of a requirement in a specification."""

    MUST = "must"
    SHOULD = "should"
    OBSERVATION = "observation"


class Verdict(StrEnum):
    """From best to worst: the worst of its judgements is a requirement's verdict. What is broken is not undecided."""

    NOT_APPLICABLE = "not applicable"
    OUT_OF_VIEW = "out of view"
    PASS = "pass"  # noqa: S105 - no secret
    OBSERVATION = "observation"
    INCONCLUSIVE = "inconclusive"
    COULD_NOT_TEST = "could not test"
    WARN = "warn"
    HARNESS_ERROR = "harness error"
    FAIL = "fail"


ACCUSING = frozenset({Verdict.FAIL, Verdict.WARN})
UNDECIDED = frozenset({Verdict.INCONCLUSIVE, Verdict.COULD_NOT_TEST})


class NotObserved(AssertionError):  # noqa: N818 - a verdict, not an error of ours
    """The device did not do it, or not in its time: the story, and which records it is about."""

    def __init__(self, story: str, evidence_ref: EvidenceRef = NO_EVIDENCE) -> None:
        super().__init__(story)
        self.evidence_ref = evidence_ref


class Undecided(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The evidence does not say, and why; where some records nearly do, which."""

    def __init__(self, reason: str, evidence_ref: EvidenceRef = NO_EVIDENCE) -> None:
        super().__init__(reason)
        self.evidence_ref = evidence_ref


class CouldNotTest(Exception):  # noqa: N818 - a verdict, not an error of ours
    """A condition of the judgement did not hold."""


class Unprovided(CouldNotTest):
    """Bench, profile or values gave no occasion for it. The device owes nothing: other parts may decide the clause."""


class NotDriven(CouldNotTest):
    """Its scenario was not come to, as the drive ended before."""


class Undeclared(NotApplicable):
    """The profile alone says so: it is known before any device is met."""


class Unconfirmed(CouldNotTest):
    """The judgement rests on a draft's guess that nobody has confirmed: this is known before any device is met, too."""


class Undocumented(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The profile does not say what the device is to be measured by; where the clause binds, it cannot be tested."""


class NotShown(Exception):  # noqa: N818 - an observation, not an error of ours
    """The thing under test shows nothing of what its source leaves to it: that is noted, at whatever level."""


def verdict_of(ended: BaseException | None, level: Level) -> Verdict:
    """The verdict for the way in which a judgement ended. The level decides severity, never the test."""
    if ended is None:
        return Verdict.OBSERVATION if level is Level.OBSERVATION else Verdict.PASS
    if isinstance(ended, NotObserved):
        return _BROKEN[level]
    if isinstance(ended, Undocumented):
        return Verdict.NOT_APPLICABLE if level is Level.OBSERVATION else Verdict.COULD_NOT_TEST
    return next((verdict for kind, verdict in _ENDINGS.items() if isinstance(ended, kind)), Verdict.HARNESS_ERROR)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that speaks for all of them."""
    return max(verdicts, key=_SEVERITY.index)


_SEVERITY = tuple(Verdict)
_ENDINGS = {
    Undecided: Verdict.INCONCLUSIVE,
    CouldNotTest: Verdict.COULD_NOT_TEST,
    NotApplicable: Verdict.NOT_APPLICABLE,
    OutOfView: Verdict.OUT_OF_VIEW,
    NotShown: Verdict.OBSERVATION,
}
_BROKEN = {Level.MUST: Verdict.FAIL, Level.SHOULD: Verdict.WARN, Level.OBSERVATION: Verdict.OBSERVATION}
