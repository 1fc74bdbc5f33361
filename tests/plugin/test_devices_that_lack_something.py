"""A device that has no etags, or logs nothing, is told so by one clause, and left undecided by none."""

from pathlib import Path

import pytest

from harness.judging.verdicts.verdict import ACCUSING, UNDECIDED
from tests.runs import run_suites

pytestmark = pytest.mark.process

NO_ETAGS = "the device sends no etags; that it should is another clause's question"
NO_LOG = "the device logs nothing; that it should is another clause's question"


@pytest.mark.parametrize(
    ("variant", "clause", "verdict", "reason"),
    [
        (("no-etag", "udmi-1.5"), "etag.is-reported", "warn", NO_ETAGS),
        (("no-etag", "writeback-2021"), "etag.is-reported", "fail", NO_ETAGS),
        (("logs-nothing", "udmi-1.5"), "logging.receive", "warn", NO_LOG),
    ],
)
def test_what_a_device_lacks_is_told_once(
    tmp_path: Path, variant: tuple[str, str], clause: str, verdict: str, reason: str
) -> None:
    run = run_suites(tmp_path, "--variant", variant[0], "--spec", variant[1])

    told = {one.id: one.verdict for one in run.judged.requirements}
    apart = {one.id for one in run.judged.requirements if one.verdict == "not applicable"}
    stories = {f.story for one in run.judged.requirements if one.id in apart for f in one.findings}
    assert {name: of_it for name, of_it in told.items() if of_it in ACCUSING} == {clause: verdict}
    assert not UNDECIDED & set(told.values())
    assert stories == {reason}
    assert run.output.count(reason) >= 1
