"""How a judgement ended, in brief: pytest would work out every line on the way, and our story stands in their place."""

import pytest

from harness.judging.verdict import Verdict, verdict_of
from harness.plugin.run import DECIDES, RUN


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
    """Of one that came to a verdict on the device; where we are at fault ourselves, the lines are wanted."""
    requirement = item.stash.get(DECIDES, None)
    if requirement is None or call.excinfo is None or call.when == "teardown":
        return None
    level = requirement.level(item.config.stash[RUN].spec)
    if verdict_of(call.excinfo.value, level) is Verdict.HARNESS_ERROR:
        return None
    assert call.when != "collect"  # noqa: S101 - that was done before
    return pytest.TestReport(
        item.nodeid,
        item.location,
        dict.fromkeys(item.keywords, 1),
        "failed",
        None,
        call.when,
        [(f"Captured {kind} {when}", text) for when, kind, text in item._report_sections],  # noqa: SLF001 - as pytest does
        call.duration,
        call.start,
        call.stop,
        item.user_properties,
    )
