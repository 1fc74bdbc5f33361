"""The ways a judgement can end. Each exception takes facts and is a verdict, not an error of ours."""

from collections.abc import Iterable
from enum import StrEnum

from harness.judging.where import NOWHERE, Where


class Level(StrEnum):
    """What a specification makes of a requirement."""

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

    def __init__(self, story: str, where: Where = NOWHERE) -> None:
        super().__init__(story)
        self.where = where


class Undecided(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The evidence does not say, and why; where some records nearly do, which."""

    def __init__(self, reason: str, where: Where = NOWHERE) -> None:
        super().__init__(reason)
        self.where = where


class CouldNotTest(Exception):  # noqa: N818 - a verdict, not an error of ours
    """What had to come first did not happen."""


class NotApplicable(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The profile declares that this does not concern the device."""


class Undocumented(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The profile does not say what the device is to be measured by; where the clause binds, it cannot be tested."""


class OutOfView(Exception):  # noqa: N818 - a verdict, not an error of ours
    """A run of this kind cannot show it."""

    @classmethod
    def without(cls, needed: str, why: str | None = None) -> "OutOfView":
        """What would show it: another target, an option, more time."""
        return cls(f"needs {needed}: {why or _WHY[needed]}")


def needed_by(story: str) -> str | None:
    """What would have shown it, from the words of an OutOfView."""
    needs, colon, _ = story.removeprefix("needs ").partition(": ")
    return needs if colon and story.startswith("needs ") else None


def verdict_of(ended: BaseException | None, level: Level) -> Verdict:
    """What it means that a judgement ended so. The level decides severity, never the test."""
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
}
_BROKEN = {Level.MUST: Verdict.FAIL, Level.SHOULD: Verdict.WARN, Level.OBSERVATION: Verdict.OBSERVATION}
_WHY = {
    "listen://": "only a broker of ours tells what a device's client does, and can break its connection",
    "listens://": "only a broker of ours that has TLS can show another certificate",
}
