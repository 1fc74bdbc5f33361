"""`results.json`: everything that a run decided, and on what grounds. A recording gives the same bytes again."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from harness import provenance
from harness.doctor.case import case_of
from harness.doctor.diagnosis import at_first_contact
from harness.judging.finding import Finding, Outcome, by_requirement, outcome_of
from harness.judging.requirement import CATALOGUE, Catalogue, Requirement
from harness.judging.verdict import Verdict
from harness.record import Began, Ended, Received, Record
from harness.report.beyond import beyond
from harness.wire.accent import Accent, accent_of
from harness.wire.codec import codec_of
from harness.wire.instant import rfc3339
from harness.wire.spec import Spec
from harness.wire.topics import UDMI, Topics
from harness.wire.udmi import JSON, SystemState

FORMAT = 2

Results: TypeAlias = Mapping[str, Any]


def results_of(
    records: Sequence[Record], findings: Sequence[Finding], catalogue: Catalogue, judgements: Mapping[str, int]
) -> Results:
    """Judged here and now, from a trace; `judgements`: how many there are for each requirement, selected or not."""
    began = next(record for record in records if isinstance(record, Began))
    spec = began.spec
    verdicts = by_requirement(findings)
    broken_off = _broken_off(records)
    outcome, accent = outcome_of(verdicts.values()), _accent(records)
    rest = beyond(findings, verdicts) + (f"; the drive was broken off ({broken_off})" if broken_off else "")
    if broken_off and outcome is Outcome.CONFORMS:
        outcome = Outcome.UNDECIDED
    sentence = _sentence(began, outcome, verdicts, _part(findings, judgements), rest)
    return {
        "format": FORMAT,
        "outcome": outcome.name.lower().replace("_", " "),
        "sentence": f"{accent.sentence} {sentence}" if accent else sentence,
        "run": _run(began, records),
        "device": _device(began, records),
        "counts": {verdict: count for verdict in Verdict if (count := Counter(verdicts.values())[verdict])},
        "requirements": [
            _requirement(catalogue[name], spec, verdicts[name], list(of_it), judgements[name])
            for name, of_it in groupby(_in_order(findings, catalogue), key=lambda finding: finding.requirement)
        ],
        "doctor": [trouble.as_dict() for trouble in at_first_contact(records)],
        "not_judged": [
            {"id": r.id, "gist": r.gist, "why": r.untested} for r in catalogue if r.untested and spec in r.levels
        ],
        "speaks": {"spec": accent.spec, "sentence": accent.sentence} if accent else None,
        "of_other_specs": [r.id for r in catalogue if spec not in r.levels],
    }


def write_results(results: Results, file: Path) -> None:
    """As JSON that never differs for the same content."""
    file.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _in_order(findings: Sequence[Finding], catalogue: Catalogue) -> list[Finding]:
    place = {requirement.id: number for number, requirement in enumerate(catalogue)}
    return sorted(findings, key=lambda finding: (place[finding.requirement], finding.judgement))


def _requirement(
    requirement: Requirement, spec: Spec, verdict: Verdict, findings: list[Finding], judgements: int
) -> JSON:
    return {
        "id": requirement.id,
        "verdict": verdict,
        "level": requirement.level(spec),
        "gist": requirement.gist,
        "source": str(requirement.source),
        "judgements": judgements,
        "findings": [_finding(finding) for finding in findings],
    }


def _finding(finding: Finding) -> JSON:
    fields = asdict(finding)
    del fields["requirement"]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def _run(began: Began, records: Sequence[Record]) -> JSON:
    return {
        "target": began.target,
        "spec": began.spec,
        "clock": began.clock,
        "options": list(began.options),
        "began": rfc3339(began.time),
        "ended": rfc3339(records[-1].time),
        "broken_off": _broken_off(records),
        "driven_by": began.harness,
        "judged_by": provenance.harness(),
        "profile_sha256": hashlib.sha256(json.dumps(began.profile, sort_keys=True).encode()).hexdigest(),
        "catalogue_sha256": _hash_of(CATALOGUE),
    }


def _broken_off(records: Sequence[Record]) -> str | None:
    """What ended the drive early, if anything did."""
    last = records[-1]
    return last.broken_off if isinstance(last, Ended) else "the recording has no end"


def _part(findings: Sequence[Finding], judgements: Mapping[str, int]) -> str:
    """How much of all there is was judged."""
    whole = sum(judgements.values())
    return "" if len(findings) == whole else f" in the {len(findings)} of {whole} judgements that were made"


def _device(began: Began, records: Sequence[Record]) -> JSON:
    """What the device reported of itself, latest first; what is odd or missing stays out."""
    topic = Topics.of(began.profile["id"], began.profile.get("topics", UDMI)).state
    codec = codec_of(began.spec)
    states = (
        codec.decode_state(record.payload)
        for record in reversed(records)
        if isinstance(record, Received) and record.topic == topic
    )
    system = next((state.system for state in states if state.system), SystemState())
    told = {"make": system.make, "model": system.model, "serial_no": system.serial_no}
    known: dict[str, JSON] = {name: text for name, text in told.items() if isinstance(text, str)}
    software: JSON = {name: text for name, text in system.software.items() if isinstance(text, str)}
    return {"id": began.profile["id"], **known, "software": software}


def _accent(records: Sequence[Record]) -> Accent | None:
    """What the device speaks, if the drive ended at first contact because it is another spec."""
    case = case_of(records)
    return accent_of(case.codec.dialect.spec, case.payloads)


def _sentence(began: Began, outcome: Outcome, verdicts: Mapping[str, Verdict], part: str, rest: str) -> str:
    """`part`: how much was judged; `rest`: what it ends with."""
    counts = Counter(verdicts.values())
    device, spec = began.profile["id"], began.spec
    undecided = counts[Verdict.INCONCLUSIVE] + counts[Verdict.COULD_NOT_TEST]
    not_applicable, unseen = counts[Verdict.NOT_APPLICABLE], counts[Verdict.OUT_OF_VIEW]
    match outcome:
        case Outcome.CONFORMS:
            judged = len(verdicts) - not_applicable - unseen
            said = f"{device} conforms to {spec}{part}: of {_requirements(judged)} judged, no must is broken"
            said += " and nothing is undecided"
        case Outcome.DOES_NOT_CONFORM:
            said = f"{device} does not conform to {spec}{part}: {_many(counts[Verdict.FAIL], 'must')} broken"
            said += f", {undecided} undecided" if undecided else ""
        case Outcome.HARNESS_ERROR:
            errors = counts[Verdict.HARNESS_ERROR]
            said = f"Setpoint itself failed{part}, so nothing is said of {device}: "
            said += f"harness errors in {_requirements(errors)}"
        case _:
            why = _why_open(undecided, not_applicable + unseen, len(verdicts))
            said = f"Whether {device} conforms to {spec}{part} is undecided: {why}"
    warned = counts[Verdict.WARN]
    said += f"; {_many(warned, 'should')} not kept" if warned else ""
    said += f"; {not_applicable} {'does' if not_applicable == 1 else 'do'} not concern it" if not_applicable else ""
    return f"{said}{rest}."


def _why_open(undecided: int, neutral: int, count: int) -> str:
    if undecided:
        return f"{undecided} of {_requirements(count)} {'is' if undecided == 1 else 'are'} open"
    if neutral == count:
        return f"none of {_requirements(count)} could be asked of it"
    return f"of {_requirements(count - neutral)} that could be judged no must is broken"


def _requirements(count: int) -> str:
    return "1 requirement" if count == 1 else f"{count} requirements"


def _many(count: int, what: str) -> str:
    return f"{count} {what} is" if count == 1 else f"{count} {what}s are"


def _hash_of(folder: Path) -> str:
    content = hashlib.sha256()
    for file in sorted(folder.glob("*.toml")):
        content.update(file.read_bytes())
    return content.hexdigest()
