"""Findings of judgements, requirement by requirement, and the outcome for the device."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from harness.judging.requirements.requirement import Requirement
from harness.judging.verdicts.evidence import Due, Evidence, Measured
from harness.judging.verdicts.evidence_ref import NO_EVIDENCE, EvidenceRef
from harness.judging.verdicts.verdict import (
    ACCUSING,
    UNDECIDED,
    CouldNotTest,
    Level,
    NotDriven,
    NotObserved,
    Undecided,
    Undocumented,
    Unprovided,
    Verdict,
    verdict_of,
    worst,
)
from harness.record.left_out import OutOfView


@dataclass(frozen=True, slots=True)
class Finding:
    """The finding of one judgement, with its scenarios. `places` are places in the record, counted from zero.

    `unprovided`: a part without an occasion, which the device does not owe. `cause`: what kept
    it from being decided, in words that others of the same cause share. `needs`: what would show what is out of view.
    `undriven`: the drive ended before its scenario.
    """

    requirement: str
    judgement: str
    verdict: Verdict
    story: str
    measured: tuple[Measured, ...]
    observed: tuple[str, ...]
    places: tuple[int, ...]
    due: tuple[Due, ...] = ()
    evidence_ref: EvidenceRef = NO_EVIDENCE
    scenarios: tuple[str, ...] = ()
    unprovided: bool = False
    cause: str | None = None
    needs: str | None = None
    undriven: bool = False

    @classmethod
    def of(
        cls,
        requirement: Requirement,
        level: Level,
        judgement: str,
        ended: BaseException | None,
        evidences: Mapping[str, Evidence],
    ) -> "Finding":
        """The finding for the way the judgement ended, and for its evidence, scenario by scenario."""
        evidence_ref = ended.evidence_ref if isinstance(ended, NotObserved | Undecided) else NO_EVIDENCE
        told = {place for place in (evidence_ref.decisive, evidence_ref.since) if place is not None}
        return cls(
            requirement.id,
            judgement,
            verdict_of(ended, level),
            str(ended) if ended else "",
            tuple(one for evidence in evidences.values() for one in evidence.measured),
            tuple(one for evidence in evidences.values() for one in evidence.observed),
            tuple(sorted(told.union(*(evidence.places for evidence in evidences.values())))),
            tuple(one for evidence in evidences.values() for one in evidence.due),
            evidence_ref,
            tuple(evidences),
            isinstance(ended, Unprovided),
            _cause(ended),
            ended.needed if isinstance(ended, OutOfView) else None,
            isinstance(ended, NotDriven),
        )


class Outcome(IntEnum):
    """The outcome of a run: its exit code."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    UNDECIDED = 2
    UNUSABLE = 3
    HARNESS_ERROR = 4


def by_requirement(findings: Iterable[Finding]) -> Mapping[str, Verdict]:
    """Every requirement's verdict: the worst of its findings, but for parts left out of what others decide."""
    of_each: dict[str, list[Finding]] = {}
    for finding in findings:
        of_each.setdefault(finding.requirement, []).append(finding)
    return {name: _verdict(of_it) for name, of_it in of_each.items()}


def _verdict(findings: Sequence[Finding]) -> Verdict:
    """A part without an occasion is left out where another part passed; else nothing is decided."""
    given = [finding.verdict for finding in findings if not finding.unprovided]
    is_decided = any(verdict in _DECIDED for verdict in given)
    return worst(given if is_decided else [finding.verdict for finding in findings])


def _cause(ended: BaseException | None) -> str | None:
    """Of a control that did not hold, what happened in its place: many judgements may have had the same."""
    if not isinstance(ended, Undecided | CouldNotTest | Undocumented):
        return None
    if isinstance(ended, NotDriven):
        return _NOT_DRIVEN
    return str(ended.__cause__ or ended).partition("\n")[0]


def outcome_of(verdicts: Iterable[Verdict], *, strict: bool = False) -> Outcome:
    """A device conforms if every must that was judged is kept, where it is strict every should, and all is decided."""
    all_of_them = set(verdicts)
    if all_of_them & (ACCUSING if strict else {Verdict.FAIL}):
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
_NOT_DRIVEN = "its scenario was not driven"  # of many scenarios, one reason
_DECIDED = frozenset({Verdict.PASS, Verdict.OBSERVATION})
