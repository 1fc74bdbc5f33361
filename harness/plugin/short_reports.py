"""How a judgement ended, in brief: pytest would work out every line on the way, and our story stands in their place."""

from copy import copy

import pytest

from harness.judging.verdicts.verdict import Verdict, verdict_of
from harness.plugin.run import DECIDES, RUN


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
    """Of one that came to a verdict on the device; where we are at fault ourselves, the lines are wanted."""
    requirement = item.stash.get(DECIDES, None)
    if requirement is None or call.excinfo is None or call.when == "teardown":
        return None
    if verdict_of(call.excinfo.value, item.config.stash[RUN].level(item)) is Verdict.HARNESS_ERROR:
        return None
    without_its_lines = copy(call)
    without_its_lines.excinfo = None
    report = pytest.TestReport.from_item_and_call(item, without_its_lines)
    report.outcome = "failed"
    return report
