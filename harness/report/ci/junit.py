"""`junit.xml`: a test case per judgement, as CI servers read them."""

from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from harness.judging.verdicts.verdict import Verdict
from harness.report.results import FindingResult, RequirementResult, Results, SubjectResults
from harness.text import printable_lines

_TAGS = {
    Verdict.FAIL: "failure",
    Verdict.INCONCLUSIVE: "error",
    Verdict.COULD_NOT_TEST: "error",
    Verdict.HARNESS_ERROR: "error",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.OUT_OF_VIEW: "skipped",
}


def write_junit(results: Results, file: Path) -> None:
    """All of the run: a suite of tests for each subject."""
    root = Element("testsuites")
    root.extend(map(_suite, results.subjects))
    indent(root)
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def _suite(results: SubjectResults) -> Element:
    suite = Element("testsuite", name=f"setpoint {results.run.spec}", timestamp=results.run.began)
    tags = [_case(suite, requirement, finding) for requirement, finding in results.found(*Verdict)]
    suite.set("tests", str(len(tags)))
    for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(tags.count(tag)))
    return suite


def _case(suite: Element, requirement: RequirementResult, finding: FindingResult) -> str | None:
    module, _, name = finding.judgement.partition("::")
    case = SubElement(suite, "testcase", classname=module.removesuffix(".py").replace("/", "."), name=name)
    properties = SubElement(case, "properties")
    SubElement(properties, "property", name="requirement", value=requirement.id)
    SubElement(properties, "property", name="level", value=requirement.level)
    if requirement.verb:
        SubElement(properties, "property", name="verb", value=requirement.verb)
    SubElement(properties, "property", name="verdict", value=finding.verdict)
    # A part that nobody gave an occasion for is no error where the others decide without it.
    left_out = requirement.parts and finding.unprovided
    tag = "skipped" if left_out else _TAGS.get(finding.verdict)
    if tag:
        story = printable_lines(finding.story)
        first_line = story.partition("\n")[0]
        SubElement(case, tag, type=finding.verdict, message=first_line).text = "\n".join(
            [story, requirement.gist, *filter(None, [requirement.official_test])]
        )
    return tag
