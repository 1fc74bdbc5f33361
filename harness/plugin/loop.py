"""Drives all that the selected judgements need, before the first is judged; a recording has been driven already."""

import sys
from collections.abc import Sequence
from contextlib import suppress

import pytest

from harness.broker.embedded import embedded_broker
from harness.clock import Clock
from harness.doctor.wording import marks_for, told_once
from harness.driving.performance import Play, perform
from harness.driving.scenario import SCENARIOS, Scenario
from harness.errors import HarnessError, LinkError, UsageError
from harness.plugin.collection import asked_for_by
from harness.plugin.options import chosen_broker, chosen_device, clock_for, given_along, wants_judgement
from harness.plugin.progress import shown
from harness.plugin.run import RUN, give_up, judge_from_here
from harness.plugin.validity import answer
from harness.plugin.whole_run import asked_for_throughout
from harness.record import Opened, Record
from harness.report.run_folder import new_run_folder
from harness.target import Recording, Target
from harness.trace import recording


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Leaves judging to pytest; for the matrix, `answer` judges."""
    config = session.config
    needed = needed_by(session.items)
    if config.option.collectonly or session.testsfailed:
        return None
    if not needed:
        if wants_judgement(config):
            give_up(config, UsageError(f"no judgement is selected: {_why_none(config)}"))
        return None
    try:
        if config.option.validity:
            return answer(session, needed)
        device = chosen_device(config)
        config.stash[RUN].records = _records(device, needed, config)
        judge_from_here(config, config.stash[RUN].records)
    except LinkError as error:
        give_up(config, UsageError(f"{error}; `setpoint doctor` with the same --device and --profile looks for why"))
    except HarnessError as error:
        give_up(config, error)
    return None


def _why_none(config: pytest.Config) -> str:
    """What the operator may have meant."""
    untested = [
        requirement for name in config.option.only or () if (requirement := config.stash[RUN].catalogue[name]).untested
    ]
    if untested:
        return f"{untested[0].id} is not judged. {untested[0].untested}"
    run = config.stash[RUN]
    others = [run.catalogue[name] for name in config.option.only or () if run.spec not in run.catalogue[name].levels]
    if others:
        return f"{others[0].id} is no clause of {run.spec}, but of {', '.join(others[0].levels)}"
    return "give pytest the suites/ folder, and see that -k and --only leave some"


def needed_by(items: Sequence[pytest.Item]) -> list[Scenario]:
    """The scenarios that these judgements ask for, in order of first use.

    Those that break the connection come last, as they were written: a device that never comes back costs no other
    verdict, and one that remembers how often it was cut off meets the longest trouble first.
    """
    names = dict.fromkeys(name for item in items for name in (*asked_for_by(item), *asked_for_throughout(item)))
    gentle = [SCENARIOS[name] for name in names if name in SCENARIOS and SCENARIOS[name].needs is None]
    return [*gentle, *(scenario for scenario in SCENARIOS.values() if scenario.needs and scenario.name in names)]


def _records(device: Target | Recording, needed: Sequence[Scenario], config: pytest.Config) -> Sequence[Record]:
    run = config.stash[RUN]
    reports = config.option.reports or config.rootpath / "reports"
    run.folder = new_run_folder(reports, "recording" if isinstance(device, Recording) else device.name)
    if isinstance(device, Recording):
        with recording(run.folder / "trace.ndjson") as recorder:
            for record in device.records:
                recorder.append(record)
        return device.records
    clock = clock_for(device, config)
    if clock is Clock.REAL and not config.option.long:
        needed = [scenario.left_out() if scenario.minutes else scenario for scenario in needed]
    broker = chosen_broker(config, device, clock)
    # Ctrl-C ends the drive, not the run: what was seen is judged.
    with (
        recording(run.folder / "trace.ndjson") as recorder,
        shown(config, clock, len(needed)) as progress,
        suppress(KeyboardInterrupt),
    ):
        met = told_once(progress.tell, marks_for(sys.stdout.encoding))
        try:
            along, watches = given_along(config.option), broker is embedded_broker
            play = Play(device, needed, clock, broker, config.option.clear, met, run.spec, run.folder, along, watches)
            perform(play, recorder, progress)
        except LinkError as lost:  # what was driven before is judged all the same
            if not any(isinstance(record, Opened) for record in recorder.records):
                raise
            progress.tell(str(lost))
    return recorder.records
