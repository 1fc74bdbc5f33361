"""`junit.xml`: a test case per judgement, as CI servers read them.

A broken should does not fail the run, and must not be overlooked: it is a skipped case that says so, and where every
should counts, a failure.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from harness.judging.verdicts.verdict import Verdict
from harness.report.page.scenes import NONE_AT_HAND, Scenes, ScenesByTrace, scenes_of
from harness.report.results import FindingResult, RequirementResult, Results, RunFacts, SubjectResults
from harness.text import printable_lines

_TAGS = {
    Verdict.FAIL: "failure",
    Verdict.WARN: "skipped",
    Verdict.INCONCLUSIVE: "error",
    Verdict.COULD_NOT_TEST: "error",
    Verdict.HARNESS_ERROR: "error",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.OUT_OF_VIEW: "skipped",
}
_ATTRIBUTES = {"failure": "failures", "error": "errors", "skipped": "skipped"}
_STARTED = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)Z-")  # the name of a run's folder
_WHOLE_SECONDS = len("2026-01-01T00:00:00")


def write_junit(results: Results, file: Path, at_hand: ScenesByTrace = NONE_AT_HAND) -> None:
    """All of the run: a suite of tests for each subject. Times are from the traces beside it, where they are.

    The date is that of the run's folder: the time of a simulated device may begin in another year.
    """
    started = _STARTED.match(file.parent.resolve().name)
    root = Element("testsuites")
    for subject in results.subjects:
        began = f"{started[1]}:{started[2]}:{started[3]}" if started else subject.run.began[:_WHOLE_SECONDS]
        scenes = at_hand.get(subject.trace) or scenes_of(subject, file.parent)[0]
        root.append(_suite(subject, began, _shares(subject, scenes)))
    for attribute in ("tests", *_ATTRIBUTES.values()):
        root.set(attribute, str(sum(int(suite.get(attribute, 0)) for suite in root)))
    root.set("time", f"{sum(float(suite.get('time', 0)) for suite in root):.3f}")
    indent(root)
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def _shares(results: SubjectResults, scenes: Scenes | None) -> Mapping[str, float]:
    """The seconds that each case on a scenario has of it. Judging takes none: what takes time is driving."""
    cases = Counter(name for _, finding in results.found(*Verdict) for name in finding.scenarios)
    histories = scenes.histories if scenes else ()
    lasted = {one.scenario: one.closed.time - one.records[0].time for one in histories}
    return {name: lasted[name] / cases[name] for name in cases if name in lasted}


def _suite(results: SubjectResults, began: str, shares: Mapping[str, float]) -> Element:
    suite = Element("testsuite", name=f"setpoint {results.run.spec}", timestamp=began)
    tags = [_case(suite, results.run, *found, shares) for found in results.found(*Verdict)]
    suite.set("tests", str(len(tags)))
    for tag, attribute in _ATTRIBUTES.items():
        suite.set(attribute, str(tags.count(tag)))
    suite.set("time", f"{_lasted(results.run):.3f}")
    return suite


def _case(
    suite: Element, run: RunFacts, requirement: RequirementResult, finding: FindingResult, shares: Mapping[str, float]
) -> str | None:
    module, _, name = finding.judgement.partition("::")
    seconds = sum(shares.get(scenario, 0) for scenario in finding.scenarios)
    named = {"classname": module.removesuffix(".py").replace("/", "."), "name": name, "time": f"{seconds:.3f}"}
    case = SubElement(suite, "testcase", named)
    properties = SubElement(case, "properties")
    SubElement(properties, "property", name="requirement", value=requirement.id)
    SubElement(properties, "property", name="level", value=requirement.level)
    if requirement.verb:
        SubElement(properties, "property", name="verb", value=requirement.verb)
    SubElement(properties, "property", name="verdict", value=finding.verdict)
    tag = _tag(run, requirement, finding)
    if tag:
        story = printable_lines(finding.story)
        first_line = story.partition("\n")[0]
        message = f"a should is not kept: {first_line}" if finding.verdict is Verdict.WARN else first_line
        SubElement(case, tag, type=finding.verdict, message=message).text = "\n".join(
            [story, requirement.gist, *filter(None, [requirement.official_test])]
        )
    return tag


def _tag(run: RunFacts, requirement: RequirementResult, finding: FindingResult) -> str | None:
    """A part that nobody gave an occasion for is no error where the others decide without it."""
    if requirement.parts and finding.unprovided:
        return "skipped"
    return "failure" if run.strict and finding.verdict is Verdict.WARN else _TAGS.get(finding.verdict)


def _lasted(run: RunFacts) -> float:
    """Seconds of the run's clock; none where its times cannot be read."""
    try:
        return (datetime.fromisoformat(run.ended) - datetime.fromisoformat(run.began)).total_seconds()
    except (TypeError, ValueError):
        return 0.0
