"""A plugin that drives variants, judges each while it is driven and at its end, and writes down what is accused.

`pytest suites/udmi -p tests.plugin.while_driving.variants_judged_early --judged-early FILE [--every N]`
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.judging.verdicts.finding import accused, by_requirement
from harness.plugin.drives import needed_by
from harness.plugin.options import target_options
from harness.plugin.run import DECIDES, RUN, Judging
from harness.plugin.verdicts import finding_of, judged
from harness.plugin.while_driving.early_findings import EarlyFindings, EarlyJudging
from harness.record.trace import Recorder
from harness.target import Recording, resolve, variants_of, varied


def pytest_addoption(parser: pytest.Parser) -> None:
    """The file for the accusations, and which part of the variants is driven."""
    parser.addoption("--judged-early", type=Path)
    parser.addoption("--every", type=int, default=1)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of the one run."""
    option = session.config.option
    asked = session.config.stash[RUN].of(session.items[0]).asked
    names = variants_of(resolve(asked.device, target_options(session.config, asked)))[:: option.every]
    option.judged_early.write_text(json.dumps({name: _accused(session, name) for name in names}), encoding="utf-8")
    return True


def _accused(session: pytest.Session, variant: str) -> Mapping[str, list[str]]:
    run = session.config.stash[RUN]
    subject, recorder, told = run.of(session.items[0]), Recorder(), list[str]()
    device = resolve(subject.asked.device, target_options(session.config, subject.asked))
    assert not isinstance(device, Recording)
    early = EarlyFindings(EarlyJudging(session, subject), Clock.VIRTUAL, told.append)
    plan = RunPlan(
        varied(device, variant),
        needed_by(session.items),
        Clock.VIRTUAL,
        spec=subject.spec,
        subject=subject.name,
        watch=early,
    )
    drive_target(plan, recorder, Unseen())
    Judging.of(recorder.records).begin(session.config)
    findings = [finding_of(item, item.stash[DECIDES], run.level(item), ended) for item, ended in judged(session)]
    said = [line.removeprefix("already broken: ").partition(" ")[0] for line in told]
    return {"early": said, "finally": sorted(accused(by_requirement(findings)))}
