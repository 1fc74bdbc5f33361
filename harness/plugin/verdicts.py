"""Turns how a judgement ended into a finding, and the finding into what pytest and JUnit can say."""

from collections.abc import Generator, Iterator, Sequence

import pytest

from harness.driving.scenario import SCENARIOS
from harness.judging.connection.strangers import doubted
from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.requirements.requirement import Requirement
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import UNDECIDED, Level, Verdict
from harness.plugin.run import DECIDES, RUN
from harness.plugin.short_reports import NAMES_NONE, drawer_of

_PASSED = (Verdict.PASS, Verdict.WARN, Verdict.OBSERVATION)
_SKIPPED = (Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A judgement looks at what was driven of its own subject."""
    if judging := item.config.stash[RUN].of(item).judging:
        judging.begin(item.config)


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
    judged, level = run.of(item), run.level(item)
    finding = finding_of(item, requirement, level, ended)
    judged.findings.append(finding)
    _tell(report, finding, story_of(finding, requirement, level, judged.spec))
    return report


def finding_of(item: pytest.Item, requirement: Requirement, level: Level, ended: BaseException | None) -> Finding:
    """The finding of a judgement that ended so; its evidence is still at hand."""
    episodes = dict(episodes_seen_by(item))
    ended = doubted(ended, [episode.history for episode in episodes.values()])
    return Finding.of(requirement, level, item.nodeid, ended, {name: each.evidence for name, each in episodes.items()})


def judged(
    session: pytest.Session, items: Sequence[pytest.Item] | None = None
) -> Iterator[tuple[pytest.Function, BaseException | None]]:
    """Each judgement among the items, made as in a run, and how it ended; its fixtures are there until the next.

    But for pytest's hooks and reports: they take as long, and nobody reads them. `items`: all of the session, if none.
    """
    among = session.items if items is None else items
    judgements = [item for item in among if isinstance(item, pytest.Function) and DECIDES in item.stash]
    fixtures = session._setupstate  # noqa: SLF001 - they are torn down there, by pytest's own account of them
    for item, following in zip(judgements, [*judgements[1:], None], strict=True):
        item._initrequest()  # noqa: SLF001 - so does pytest with what is run once more

        def end(item: pytest.Function = item) -> None:
            fixtures.setup(item)
            item.runtest()

        ended = pytest.CallInfo.from_call(end, "call", reraise=KeyboardInterrupt).excinfo
        yield item, ended and ended.value
        fixtures.teardown_exact(following)


def pytest_report_teststatus(report: pytest.TestReport, config: pytest.Config) -> tuple[str, str, str] | None:
    """Our words, and a letter where judgements are told one by one."""
    told = dict(getattr(report, "user_properties", ())).get("verdict")  # a report of the collection has none
    if told is None or report.when == "teardown":
        return None
    verdict, names_none = Verdict(str(told)), config.stash.get(NAMES_NONE, False)
    if verdict is Verdict.PASS and not names_none:
        return None
    letter = "s" if verdict in _SKIPPED else "F" if verdict is Verdict.FAIL else str(verdict)[0]
    return drawer_of(verdict), "" if names_none else letter, verdict.upper()


def story_of(finding: Finding, requirement: Requirement, level: Level, spec: str) -> str:
    """The story: requirement, events, clause and source; and an official test that asks for another result."""
    first, _, rest = finding.story.partition("\n")
    binding = requirement.verbs[spec].beside(level)
    lines = [
        f"{first}   {requirement.id} ({binding})",
        *rest.splitlines(),
        f"{requirement.gist}   {requirement.source}",
    ]
    if spec in requirement.official_test:
        lines.append(requirement.official_test[spec])
    return "\n".join(lines)


def episodes_seen_by(item: pytest.Item) -> Iterator[tuple[str, Episode[History]]]:
    """The episodes that the judgement was given, by their names."""
    funcargs: dict[str, object] = getattr(item, "funcargs", {})
    for name in (*SCENARIOS, "episode", "whole_run"):
        episode = funcargs.get(name)
        if isinstance(episode, Episode):
            yield name, episode


def _tell(report: pytest.TestReport, finding: Finding, story: str) -> None:
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
            report.longrepr = story
    if verdict in UNDECIDED or verdict is Verdict.HARNESS_ERROR:
        report.when = "setup"  # JUnit calls what fails outside the call an error
