"""Requirements that are undecided because something else is broken: they are told beneath that finding."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.report.reasons import cause_of, told_reason
from harness.report.results import FindingResult, RequirementResult, SubjectResults


@dataclass(frozen=True, slots=True)
class Broken:
    """A requirement that is broken, the findings that say so, and the requirements that are undecided because of it."""

    requirement: RequirementResult
    findings: Sequence[FindingResult]
    hanging: Sequence[str]


@dataclass(frozen=True, slots=True)
class Consequences:
    """The broken requirements, and the reasons why all else is undecided.

    `broken`: musts first, and of these first the ones on which most hangs. `reasons`: each with its requirements.
    """

    broken: Sequence[Broken]
    reasons: Mapping[str, Sequence[str]]


def consequences_of(results: SubjectResults) -> Consequences:
    """Each undecided requirement is told of once: with the first finding that tells of the same event, if any does.

    It may have other causes beside that one.
    """
    broken = [one for verdict in (Verdict.FAIL, Verdict.WARN) for one in results.requirements if one.verdict is verdict]
    accusing = {one.id: [each for each in one.findings if each.verdict is one.verdict] for one in broken}
    undecided = [
        (one.id, finding)
        for one in results.requirements
        if one.verdict in UNDECIDED
        for finding in one.findings
        if finding.verdict in UNDECIDED
    ]
    roots = _roots(accusing, [finding for _, finding in undecided])
    hanging: dict[str, dict[str, None]] = {name: {} for name in accusing}
    for name, finding in undecided:
        if root := roots.get(cause_of(finding)):
            hanging[root][name] = None
    broken.sort(key=lambda one: (one.verdict is not Verdict.FAIL, -len(hanging[one.id])))
    told: list[Broken] = []
    folded: set[str] = set()
    for one in broken:
        told.append(Broken(one, accusing[one.id], [name for name in hanging[one.id] if name not in folded]))
        folded.update(hanging[one.id])
    return Consequences(told, _reasons([(name, finding) for name, finding in undecided if name not in folded]))


def _roots(accusing: Mapping[str, Sequence[FindingResult]], undecided: Sequence[FindingResult]) -> Mapping[str, str]:
    """By the cause of what is undecided, the id of the requirement whose finding tells of the same event."""
    roots: dict[str, str] = {}
    for name, findings in accusing.items():
        for finding in findings:
            for other in undecided:
                if is_the_same_event(finding, other):
                    roots.setdefault(cause_of(other), name)
    return roots


def is_the_same_event(broken: FindingResult, undecided: FindingResult) -> bool:
    """Whether the cause of the undecided one is what the other accuses.

    It is where both are told in the same words; and where the device never did something with one of its subjects in a
    scenario, if something else in that scenario lacks a deed of that very one.
    """
    cause = cause_of(undecided)
    if cause and cause == broken.story.partition("\n")[0]:
        return True
    about, never = broken.where.about, broken.where.decisive is None
    shared = set(broken.scenarios) & set(undecided.scenarios)
    return (
        bool(about and never and shared)
        and re.search(rf"(?<![\w-]){re.escape(about or '')}(?![\w-])", cause) is not None
    )


def _reasons(undecided: Sequence[tuple[str, FindingResult]]) -> Mapping[str, Sequence[str]]:
    """The reasons that are left, first the one that most requirements have."""
    findings: dict[str, list[FindingResult]] = {}
    ids: dict[str, dict[str, None]] = {}
    for name, finding in undecided:
        findings.setdefault(cause_of(finding), []).append(finding)
        ids.setdefault(cause_of(finding), {})[name] = None
    return {
        told_reason(cause, findings[cause]): list(ids[cause]) for cause in sorted(ids, key=lambda one: -len(ids[one]))
    }
