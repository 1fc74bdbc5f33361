"""The grounds of a finding, where they are looked up in the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Due
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.report.results import FindingResult


@dataclass(frozen=True, slots=True)
class Grounds:
    """Places in the record, which count from zero; and the windows that were due, in Unix seconds of the record."""

    places: Sequence[int]
    where: EvidenceRef
    due: Sequence[Due] = ()

    @classmethod
    def of(cls, finding: FindingResult) -> "Grounds":
        """From the lines of the trace, which count from one."""
        where = EvidenceRef(_place(finding.where.decisive), _place(finding.where.since), finding.where.about)
        due = [Due(one.start, one.end, one.required) for one in finding.due]
        return cls([line - 1 for line in finding.places], where, due)


def _place(line: int | None) -> int | None:
    return None if line is None else line - 1
