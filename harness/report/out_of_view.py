"""Requirements that this run could not show of the device, and the means that would show them."""

from collections.abc import Iterable, Mapping

from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Verdict
from harness.text import counted


def beyond(findings: Iterable[Finding], verdicts: Mapping[str, Verdict]) -> str:
    """`; 12 need listen://` for the requirements that were out of view; nothing if none was."""
    needs: dict[str, set[str]] = {}
    for finding in findings:
        if verdicts[finding.requirement] is Verdict.OUT_OF_VIEW and (needed := finding.needs):
            needs.setdefault(needed, set()).add(finding.requirement)
    return "".join(f"; {counted(len(ids), 'needs', 'need')} {needed}" for needed, ids in needs.items())
