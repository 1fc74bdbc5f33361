"""What judgements came to, requirement by requirement, and what that makes of the device."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from harness.judging.ledger import Due, Ledger, Measured
from harness.judging.requirement import Requirement
from harness.judging.verdict import ACCUSING, UNDECIDED, Level, NotObserved, Undecided, Verdict, verdict_of, worst
from harness.judging.where import NOWHERE, Where


@dataclass(frozen=True, slots=True)
class Finding:
    """What one judgement came to, in which scenarios. `places` are lines of the trace, counted from zero."""

    requirement: str
    judgement: str
    verdict: Verdict
    story: str
    measured: tuple[Measured, ...]
    observed: tuple[str, ...]
    places: tuple[int, ...]
    due: tuple[Due, ...] = ()
    where: Where = NOWHERE
    scenarios: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        requirement: Requirement,
        level: Level,
        judgement: str,
        ended: BaseException | None,
        ledgers: Mapping[str, Ledger],
    ) -> "Finding":
        """From how the judgement ended, and what it looked at meanwhile, scenario by scenario."""
        where = ended.where if isinstance(ended, NotObserved | Undecided) else NOWHERE
        told = {place for place in (where.decisive, where.since) if place is not None}
        return cls(
            requirement.id,
            judgement,
            verdict_of(ended, level),
            str(ended) if ended else "",
            tuple(one for ledger in ledgers.values() for one in ledger.measured),
            tuple(one for ledger in ledgers.values() for one in ledger.observed),
            tuple(sorted(told.union(*(ledger.places for ledger in ledgers.values())))),
            tuple(one for ledger in ledgers.values() for one in ledger.due),
            where,
            tuple(ledgers),
        )


class Outcome(IntEnum):
    """What becomes of a run: its exit code."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    UNDECIDED = 2
    UNUSABLE = 3
    HARNESS_ERROR = 4


def by_requirement(findings: Iterable[Finding]) -> Mapping[str, Verdict]:
    """Every requirement's verdict: the worst of its findings."""
    verdicts: dict[str, list[Verdict]] = {}
    for finding in findings:
        verdicts.setdefault(finding.requirement, []).append(finding.verdict)
    return {name: worst(of_it) for name, of_it in verdicts.items()}


def outcome_of(verdicts: Iterable[Verdict]) -> Outcome:
    """A device conforms if every must that was judged is kept, and nothing is left undecided."""
    all_of_them = set(verdicts)
    if Verdict.FAIL in all_of_them:
        return Outcome.DOES_NOT_CONFORM
    if Verdict.HARNESS_ERROR in all_of_them:
        return Outcome.HARNESS_ERROR
    judged = all_of_them - {Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW}
    if all_of_them & UNDECIDED or not judged:
        return Outcome.UNDECIDED
    return Outcome.CONFORMS


def some_of(names: Iterable[str]) -> str:
    """The first few of them, and how many more there are."""
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - _NAMED} more" if len(each) > _NAMED else ""
    return ", ".join(each[:_NAMED]) + more


def accused(verdicts: Mapping[str, Verdict]) -> set[str]:
    """The requirements that the device is said to break."""
    return {name for name, verdict in verdicts.items() if verdict in ACCUSING}


_NAMED = 5
