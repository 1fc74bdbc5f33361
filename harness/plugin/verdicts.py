"""Turns how a judgement ended into a finding, and the finding into what pytest and JUnit can say."""

from collections.abc import Generator, Iterator

import pytest

from harness.driving.scenario import SCENARIOS
from harness.judging.episode import Episode
from harness.judging.finding import Finding
from harness.judging.ledger import Ledger
from harness.judging.requirement import Requirement
from harness.judging.verdict import UNDECIDED, Verdict
from harness.plugin.run import DECIDES, RUN
from harness.wire.spec import Spec

_PASSED = (Verdict.PASS, Verdict.WARN, Verdict.OBSERVATION)
_SKIPPED = (Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A judgement ends in its call, or in a control of its set-up that did not hold."""
    report = yield
    requirement = item.stash.get(DECIDES, None)
    ended = call.excinfo.value if call.excinfo else None
    if requirement is None or not (call.when == "call" or (call.when == "setup" and ended)):
        return report
    run = item.config.stash[RUN]
    finding = finding_of(item, requirement, run.spec, ended)
    run.findings.append(finding)
    _tell(report, finding, requirement, requirement.level(run.spec))
    return report


def finding_of(item: pytest.Item, requirement: Requirement, spec: Spec, ended: BaseException | None) -> Finding:
    """What the judgement came to, that ended so; what it looked at is still at hand."""
    return Finding.of(requirement, requirement.level(spec), item.nodeid, ended, dict(_ledgers(item)))


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Our words. pytest prints the stories of `failed` and `error` alone; what is undecided, the summary groups."""
    told = dict(getattr(report, "user_properties", ())).get("verdict")  # a report of the collection has none
    if told is None or told == Verdict.PASS or report.when == "teardown":
        return None
    verdict = Verdict(str(told))
    if verdict in _SKIPPED:
        return "skipped", "s", verdict.upper()
    drawer = {Verdict.FAIL: "failed", Verdict.HARNESS_ERROR: "error"}.get(verdict, str(verdict))
    return drawer, "F" if verdict is Verdict.FAIL else str(verdict)[0], verdict.upper()


def story_of(finding: Finding, requirement: Requirement, level: str) -> str:
    """What was required, what happened, the clause and where it stands."""
    first, _, rest = finding.story.partition("\n")
    lines = [f"{first}   {requirement.id} ({level})", *rest.splitlines(), f"{requirement.gist}   {requirement.source}"]
    return "\n".join(lines)


def _ledgers(item: pytest.Item) -> Iterator[tuple[str, Ledger]]:
    funcargs: dict[str, object] = getattr(item, "funcargs", {})
    for name in (*SCENARIOS, "episode", "whole_run"):
        episode = funcargs.get(name)
        if isinstance(episode, Episode):
            yield name, episode.ledger


def _tell(report: pytest.TestReport, finding: Finding, requirement: Requirement, level: str) -> None:
    """Pytest knows three outcomes; a verdict is one of nine."""
    verdict = finding.verdict
    report.user_properties.append(("verdict", str(verdict)))
    report.user_properties.extend(("observed", observed) for observed in finding.observed)
    if verdict in _PASSED:
        report.outcome = "passed"
        report.longrepr = None
    elif verdict in _SKIPPED:
        report.outcome = "skipped"
        report.longrepr = (finding.judgement, 0, finding.story)
    else:
        report.outcome = "failed"
        if verdict is not Verdict.HARNESS_ERROR:
            report.longrepr = story_of(finding, requirement, level)
    if verdict in UNDECIDED or verdict is Verdict.HARNESS_ERROR:
        report.when = "setup"  # JUnit calls what fails outside the call an error
