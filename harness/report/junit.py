"""`junit.xml`: a test case per judgement, as CI servers read them."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from harness.judging.verdict import Verdict
from harness.report.results import Results

_TAGS = {
    Verdict.FAIL: "failure",
    Verdict.INCONCLUSIVE: "error",
    Verdict.COULD_NOT_TEST: "error",
    Verdict.HARNESS_ERROR: "error",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.OUT_OF_VIEW: "skipped",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(results: Results, file: Path) -> None:
    """All of the run."""
    suite = Element("testsuite", name=f"setpoint {results['run']['spec']}", timestamp=results["run"]["began"])
    tags = [
        _case(suite, requirement, finding)
        for requirement in results["requirements"]
        for finding in requirement["findings"]
    ]
    suite.set("tests", str(len(tags)))
    for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(tags.count(tag)))
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def _case(suite: Element, requirement: Results, finding: Results) -> str | None:
    module, _, name = finding["judgement"].partition("::")
    case = SubElement(suite, "testcase", classname=module.removesuffix(".py").replace("/", "."), name=name)
    properties = SubElement(case, "properties")
    SubElement(properties, "property", name="requirement", value=requirement["id"])
    SubElement(properties, "property", name="level", value=requirement["level"])
    SubElement(properties, "property", name="verdict", value=finding["verdict"])
    tag = _TAGS.get(Verdict(finding["verdict"]))
    if tag:
        story = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", finding["story"])
        first_line = story.partition("\n")[0]
        SubElement(case, tag, type=finding["verdict"], message=first_line).text = f"{story}\n{requirement['gist']}"
    return tag
