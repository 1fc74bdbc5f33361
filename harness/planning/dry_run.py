"""The record of a dry run: which scenarios would not be driven, or not whole, and for want of what."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from harness import provenance
from harness.clock import Clock, new_loop, utc
from harness.driving.scenario import Scenario
from harness.driving.scenario_runner import closing
from harness.protocol import Subject
from harness.provocations.carrying_out import no_way
from harness.record.kinds import Began, Closed, Ended, Lacked, Opened, Record
from harness.record.lines import FORMAT
from harness.record.trace import Recorder
from harness.target import Foreseeable, Target


def dry_run(
    target: Target, scenarios: Sequence[Scenario], subject: Subject, spec: str, *, is_pair: bool = False
) -> Sequence[Record]:
    """Every scenario is opened and closed, in between stands what it would lack. Nothing is sent; no time passes.

    `is_pair`: the thing opposite is under test as well.
    """

    async def main() -> Sequence[Record]:
        recorder = Recorder()
        profile = target.profile.as_dict()
        facts = (spec, target.clock, target.name, profile)
        recorder.append(Began(utc(), FORMAT, provenance.harness(), *facts, subject=subject.name))
        for scenario in scenarios:
            recorder.append(Opened(utc(), scenario.name))
            recorder.append(_ending(scenario, target, subject, recorder, is_pair=is_pair))
        recorder.append(Ended(utc()))
        return recorder.records

    with asyncio.Runner(loop_factory=partial(new_loop, Clock.VIRTUAL)) as runner:
        return runner.run(main())


def shown_by(target: Target) -> frozenset[str]:
    """The needs of scenarios that the target meets. One that does not say meets none."""
    return target.shows if isinstance(target, Foreseeable) else frozenset()


def _ending(scenario: Scenario, target: Target, subject: Subject, recorder: Recorder, *, is_pair: bool) -> Closed:
    if unseen := scenario.hidden_from(shown_by(target)):
        return closing(scenario, unseen)
    begins = len(recorder.records)
    checks: list[Callable[[], None]] = []
    if subject.check_pair and is_pair:
        checks.append(partial(subject.check_pair, scenario))
    if subject.check_demands:
        checks.append(partial(subject.check_demands, scenario, target.profile, recorder))
    for check in checks:
        try:
            check()
        except Exception as ended:  # noqa: BLE001 - as in a drive: what it means, its judgements say
            return closing(scenario, ended)
    lost = [name for name in scenario.hangs_on if not _provokes(target, name)]
    if lost:
        return Closed(utc(), cut_short=no_way(lost[0]), unprovoked=True)
    lacked = {record.role for record in recorder.records[begins:] if isinstance(record, Lacked)}
    for label, name in scenario.provokes.items():
        if label not in lacked and not _provokes(target, name):
            recorder.append(Lacked(utc(), label, no_way(name), provocation=True))
    return Closed(utc())


def _provokes(target: Target, name: str) -> bool:
    """Whether it says that it can bring that about. One that does not say shows it when it is tried."""
    return target.provokes(name) if isinstance(target, Foreseeable) else True
