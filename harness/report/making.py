"""Results are made here of records and findings. A recording gives the same bytes again."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from harness import provenance
from harness.clock import Clock
from harness.doctor.diagnosis import at_first_contact
from harness.doctor.problem import Problem
from harness.judging.history import History
from harness.judging.reader import reader_for, subject_of_run
from harness.judging.requirements.binding import Measure
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.timing.network_delay import NetworkDelay
from harness.judging.verdicts.finding import Finding, Outcome, by_requirement, outcome_of
from harness.judging.verdicts.verdict import ACCUSING, UNDECIDED, Verdict
from harness.judging.whole_run import WholeRun, broken_off_by
from harness.payload.timestamps import rfc3339
from harness.protocol import protocol_of
from harness.record.kinds import Began, Record, began_in
from harness.report.conclusion import Conclusion, worst_conclusion
from harness.report.out_of_view import beyond
from harness.report.results import (
    FORMAT,
    TRACE,
    AskedPart,
    DoctorResult,
    DueWindow,
    EvidenceLines,
    FindingResult,
    LeftOutPart,
    LimitUsed,
    Measurement,
    NetworkAllowance,
    NotJudged,
    PartsResult,
    RequirementResult,
    Results,
    RunFacts,
    SubjectResults,
)
from harness.report.scope import Scope, Selection
from harness.report.sentence import Sums, note_on_levels, note_on_limits
from harness.suite_limits import LimitInForce, in_force, limits_in_force

_AS_USUAL = Measure()


def results_of(subjects: Sequence[SubjectResults], not_asked: Sequence[str] = ()) -> Results:
    """Of the whole run; `not_asked`: the names of subjects whose suites it left out."""
    subjects = told_apart(subjects)
    return Results(
        format=FORMAT,
        outcome=worst_conclusion(one.outcome for one in subjects),
        sentence=" ".join(one.sentence for one in subjects),
        subjects=tuple(subjects),
        not_asked=tuple(not_asked),
    )


def told_apart(subjects: Sequence[SubjectResults]) -> Sequence[SubjectResults]:
    """Those that go by one id, such as a device and an agent on it, say in their sentences which of the two it is."""
    ids = Counter(one.device.id for one in subjects)
    return [
        msgspec.structs.replace(one, sentence=f"{one.subject}: {one.sentence}") if ids[one.device.id] > 1 else one
        for one in subjects
    ]


def subject_results(
    whole: WholeRun[Any],
    findings: Sequence[Finding],
    catalogue: Catalogue,
    selection: Selection,
    measure: Measure = _AS_USUAL,
    *,
    trace: str = TRACE,
) -> SubjectResults:
    """Judged here and now, from a trace, which lies there beside the results."""
    records = whole.history.records
    began = began_in(records)
    spec = began.spec
    verdicts, scope = by_requirement(findings), Scope.of_run(findings, catalogue, spec, selection)
    asked = by_requirement(finding for finding in findings if not finding.undriven)
    broken_off = broken_off_by(records)
    reader, outcome = reader_for(records), outcome_of(verdicts.values(), strict=measure.strict)
    otherwise = reader.speaks_otherwise(records)
    limits = in_force(limits_in_force(subject_of_run(records), began.profile))
    rest = beyond(findings, verdicts) + (f"; the drive was broken off ({broken_off})" if broken_off else "")
    rest += note_on_limits(limits)
    if broken_off and outcome is Outcome.CONFORMS:
        outcome = Outcome.UNDECIDED
    requirements = tuple(
        _requirement(catalogue[name], spec, measure, list(of_it), selection.judgements[name])
        for name, of_it in groupby(_in_order(findings, catalogue), key=lambda finding: finding.requirement)
    )
    sums = Sums(began, asked or verdicts, scope, measure, _kept_in_part(requirements))
    sentence = sums.sentence(outcome) + rest + "."
    return SubjectResults(
        subject=subject_of_run(records).name,
        trace=trace,
        outcome=Conclusion.of(outcome, is_whole=scope.is_whole),
        sentence=f"{otherwise.sentence} {sentence}" if otherwise else sentence,
        run=_run(began, records, whole.history, measure, limits),
        partial=None if scope.is_whole else _asked_part(scope, broken_off),
        levels_note=note_on_levels(catalogue, spec, measure),
        device=reader.identity(records),
        counts={verdict: count for verdict in Verdict if (count := Counter(verdicts.values())[verdict])},
        requirements=requirements,
        doctor=tuple(_problem(problem) for problem in at_first_contact(records)),
        not_judged=tuple(
            NotJudged(id=one.id, gist=one.gist, why=one.untested)
            for one in catalogue
            if one.untested and spec in one.levels
        ),
        speaks=otherwise,
        of_other_specs=tuple(one.id for one in catalogue if spec not in one.levels),
    )


def _asked_part(scope: Scope, broken_off: str | None) -> AskedPart:
    chosen = (*scope.chosen, *(["the drive was broken off"] if broken_off else []))
    return AskedPart(asked=scope.asked, of=scope.of, chosen=chosen)


def write_results(results: Results, file: Path) -> None:
    """As JSON that never differs for the same content."""
    file.write_text(json.dumps(msgspec.to_builtins(results), indent=1) + "\n", encoding="utf-8")


def _kept_in_part(requirements: Sequence[RequirementResult]) -> int:
    return sum(one.parts is not None and one.verdict not in ACCUSING for one in requirements)


def _in_order(findings: Sequence[Finding], catalogue: Catalogue) -> list[Finding]:
    place = {requirement.id: number for number, requirement in enumerate(catalogue)}
    return sorted(findings, key=lambda finding: (place[finding.requirement], finding.judgement))


def _requirement(
    requirement: Requirement, spec: str, measure: Measure, findings: Sequence[Finding], judgements: int
) -> RequirementResult:
    verdict = by_requirement(findings)[requirement.id]
    return RequirementResult(
        id=requirement.id,
        verdict=verdict,
        level=requirement.level(spec, measure.levels),
        verb=requirement.verbs.get(spec),
        because=requirement.because.get(spec),
        official_test=requirement.official_test.get(spec),
        gist=requirement.gist,
        source=str(requirement.source),
        source_version=requirement.source.version or None,
        source_address=requirement.source.address,
        judgements=judgements,
        parts=_parts(verdict, findings),
        findings=tuple(map(_finding, findings)),
    )


def _parts(verdict: Verdict, findings: Sequence[Finding]) -> PartsResult | None:
    """How many parts of a requirement were kept, where some were left out of what the others decide; else None."""
    left_out = tuple(
        LeftOutPart(judgement=finding.judgement, why=finding.cause or finding.story)
        for finding in findings
        if finding.unprovided
    )
    if not left_out or verdict in UNDECIDED:
        return None
    concerned = [
        finding for finding in findings if finding.verdict not in (Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW)
    ]
    kept = sum(finding.verdict in (Verdict.PASS, Verdict.OBSERVATION) for finding in concerned)
    return PartsResult(kept=kept, of=len(concerned), left_out=left_out)


def _finding(finding: Finding) -> FindingResult:
    """Lines of the trace count from one, as for editors; places of the record, from zero."""
    where = finding.evidence_ref
    return FindingResult(
        judgement=finding.judgement,
        verdict=finding.verdict,
        story=finding.story,
        measured=tuple(msgspec.convert(one, Measurement, from_attributes=True) for one in finding.measured),
        observed=finding.observed,
        places=tuple(place + 1 for place in finding.places),
        due=tuple(msgspec.convert(one, DueWindow, from_attributes=True) for one in finding.due),
        where=EvidenceLines(decisive=_line(where.decisive), since=_line(where.since), about=where.about),
        scenarios=finding.scenarios,
        unprovided=finding.unprovided,
        cause=finding.cause,
        needs=finding.needs,
    )


def _line(place: int | None) -> int | None:
    return None if place is None else place + 1


def _problem(problem: Problem) -> DoctorResult:
    weight = problem.weight.name.lower()
    return msgspec.convert(
        {"whose": problem.whose, "weight": weight, "what": problem.what, "mend": problem.mend}, DoctorResult
    )


def _run(
    began: Began, records: Sequence[Record], history: History, measure: Measure, limits: Mapping[str, LimitInForce]
) -> RunFacts:
    return RunFacts(
        levels=measure.levels,
        strict=measure.strict,
        target=began.target,
        spec=began.spec,
        clock=Clock(began.clock),
        options=tuple(began.options),
        began=rfc3339(began.time),
        ended=rfc3339(records[-1].time),
        broken_off=broken_off_by(records),
        driven_by=began.harness,
        judged_by=provenance.harness(),
        network_allowance=_allowance(history),
        limits={name: LimitUsed(one.used, one.usual, one.set_by) for name, one in limits.items()},
        profile_sha256=hashlib.sha256(json.dumps(began.profile, sort_keys=True).encode()).hexdigest(),
        catalogue_sha256=_hash_of(protocol_of(began.spec).requirements),
    )


def _allowance(history: History) -> NetworkAllowance:
    """Seconds that a message may be on its way: as declared, as the run showed, and what limits were widened by."""
    network_delay = history.network_delay or NetworkDelay(history.declared_allowance)
    return NetworkAllowance(declared=network_delay.declared, measured=network_delay.measured, used=network_delay.used)


def _hash_of(folder: Path) -> str:
    content = hashlib.sha256()
    for file in sorted(folder.glob("*.toml")):
        content.update(file.read_bytes())
    return content.hexdigest()
