"""Parts of results, made by hand."""

from typing import Any

from msgspec.structs import replace

from harness.clock import Clock
from harness.judging.reader import DeviceFacts
from harness.judging.requirements.binding import Levels, Verb
from harness.judging.verdicts.verdict import Level, Verdict
from harness.report.conclusion import Conclusion
from harness.report.results import (
    TRACE,
    EvidenceLines,
    FindingResult,
    Measurement,
    NetworkAllowance,
    RequirementResult,
    RunFacts,
    SubjectResults,
)

_FINDING = FindingResult("suites/t.py::test_it", Verdict.PASS, "", (), (), (), (), EvidenceLines(None, None, None), ())
_RUN = RunFacts(
    target="sim",
    spec="udmi-1.5",
    clock=Clock.VIRTUAL,
    began="2026-01-01T00:00:00Z",
    ended="2026-01-01T00:00:01Z",
    broken_off=None,
    driven_by="0.1.0",
    judged_by="0.1.0",
    profile_sha256="0" * 64,
    catalogue_sha256="0" * 64,
    levels=Levels.CATALOGUE,
    network_allowance=NetworkAllowance(1.0, None, 1.0),
)
_SUBJECT = SubjectResults(
    subject="udmi-device",
    trace=TRACE,
    outcome=Conclusion.CONFORMS,
    sentence="It conforms.",
    run=_RUN,
    device=DeviceFacts(id="DEV-1"),
    counts={},
    requirements=(),
    not_judged=(),
)


def finding(verdict: str, story: str = "", **known: Any) -> FindingResult:  # noqa: ANN401 - whatever a finding has
    """With nothing else than is known."""
    return replace(_FINDING, verdict=Verdict(verdict), story=story, **known)


def measurement(what: str) -> Measurement:
    """One second of five."""
    return Measurement(what, 1.0, 1.0, "within 5 s", 0.0, 5.0)


def requirement(name: str, verdict: str, *findings: FindingResult) -> RequirementResult:
    """A must of that id."""
    of_it = len(findings)
    told = (name, Verdict(verdict), Level.MUST, "It is so.", "UDMI, writeback", of_it, findings)
    return RequirementResult(*told, verb=Verb.MUST)


def run_facts(**known: Any) -> RunFacts:  # noqa: ANN401 - whatever is known of a run
    """Of a run on `sim`."""
    return replace(_RUN, **known)


def subject_results(*requirements: RequirementResult, **known: Any) -> SubjectResults:  # noqa: ANN401 - likewise
    """Of a run on `sim` that came to these."""
    return replace(_SUBJECT, requirements=requirements, **known)
