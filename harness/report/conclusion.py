"""The conclusion of a run, in the words of its results."""

from collections.abc import Iterable
from enum import StrEnum

from harness.judging.verdicts.finding import Outcome


class Conclusion(StrEnum):
    """From best to worst. As among the verdicts of one subject, what is broken outweighs what is undecided.

    Of a part of a spec nothing conforms: there, nothing is broken.
    """

    CONFORMS = "conforms"
    NOTHING_BROKEN = "nothing broken"
    UNDECIDED = "undecided"
    HARNESS_ERROR = "harness error"
    DOES_NOT_CONFORM = "does not conform"

    @classmethod
    def of(cls, outcome: Outcome, *, is_whole: bool) -> "Conclusion":
        """`is_whole`: all that the spec asks was asked."""
        return cls.NOTHING_BROKEN if outcome is Outcome.CONFORMS and not is_whole else cls[outcome.name]

    @property
    def outcome(self) -> Outcome:
        """Its exit code."""
        return Outcome.CONFORMS if self is Conclusion.NOTHING_BROKEN else Outcome[self.name]


def worst_conclusion(conclusions: Iterable[Conclusion]) -> Conclusion:
    """The one that speaks for all subjects of a run."""
    return max(conclusions, key=list(Conclusion).index)
