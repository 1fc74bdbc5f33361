"""Drives the subjects of a run, one after the other, as far as the selected judgements need. Each has its own trace."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.broker.embedded import embedded_broker
from harness.clock import Clock
from harness.doctor.formatting import marks_for, told_once
from harness.driving.episode_watch import NobodyWatches
from harness.driving.run_plan import RunPlan, drive_target, leave_undriven
from harness.driving.scenario import SCENARIOS, Scenario
from harness.errors import HarnessError, LinkError
from harness.plugin.collection import asked_for_by
from harness.plugin.options import chosen_broker, chosen_device, clock_for, driven_under, given_along, opposite_of
from harness.plugin.run import RUN, Judging, SubjectRun, carry_through
from harness.plugin.while_driving.early_findings import EarlyFindings, EarlyJudging
from harness.plugin.while_driving.progress_lines import shown
from harness.plugin.whole_run import asked_for_throughout
from harness.record.kinds import Opened, Record
from harness.record.trace import Recorder, recording
from harness.report.results import TRACE, trace_of
from harness.report.run_folder import new_run_folder
from harness.target import Recording, Target


def drive_all(session: pytest.Session) -> None:
    """Drive the subjects that the judgements are about, and read what was recorded of each.

    Raises LinkError where the first cannot be met, and UsageError where something was asked for that cannot be.
    """
    config, items = session.config, session.items
    run = config.stash[RUN]
    needed = {one.name: needed_by([item for item in items if run.of(item) is one]) for one in run.subjects}
    judged = [one for one in run.subjects if needed[one.name]]
    devices = [chosen_device(config, one.asked) for one in judged]
    names = ["recording" if isinstance(device, Recording) else device.name for device in devices]
    reports = config.option.reports or config.invocation_params.dir / "reports"
    run.folder = new_run_folder(reports, "+".join(dict.fromkeys(names)))
    plans = [
        device
        if isinstance(device, Recording)
        else replace(_plan(config, one, device, needed[one.name]), opposite=opposite_of(config, one, device))
        for one, device in zip(judged, devices, strict=True)
    ]
    drive = _Drives(session, run.folder, is_one_of_several=len(judged) > 1)
    recorded = [drive.records(one, plan) for one, plan in zip(judged, plans, strict=True)]
    carry_through(config, also_ctrl_c=drive.is_interrupted)
    for one, records in zip(judged, recorded, strict=True):
        one.judging = Judging.of(records)


def needed_by(items: Sequence[pytest.Item]) -> list[Scenario]:
    """The scenarios that these judgements ask for, in order of first use.

    Those that a device may not survive come behind, and those that break the connection last, as they were written: a
    device that never comes back costs no other verdict, and one that remembers how often it was cut off meets the
    longest trouble first.
    """
    names = dict.fromkeys(name for item in items for name in (*asked_for_by(item), *asked_for_throughout(item)))
    calm = [SCENARIOS[name] for name in names if name in SCENARIOS and SCENARIOS[name].needs is None]
    behind = [scenario for scenario in SCENARIOS.values() if scenario.needs and scenario.name in names]
    return [*sorted(calm, key=lambda scenario: scenario.is_rough), *behind]


def _plan(config: pytest.Config, one: SubjectRun, device: Target, needed: Sequence[Scenario]) -> RunPlan:
    option, clock = config.option, clock_for(device, config)
    broker = chosen_broker(config, device, clock)
    return RunPlan(
        device,
        driven_under(clock, needed, config),
        clock,
        broker,
        option.clear,
        spec=one.spec,
        folder=config.stash[RUN].folder,
        options=(*given_along(option), *one.asked.options[1:]),
        watches=broker is embedded_broker,
        takes_over=option.take_over,
        subject=one.name,
    )


class _Drives:
    """Once the operator has ended one drive, no further one is begun."""

    def __init__(self, session: pytest.Session, folder: Path, *, is_one_of_several: bool) -> None:
        self._session, self._folder, self._is_one_of_several = session, folder, is_one_of_several
        self._config = session.config
        self._has_driven = self._is_behind_another = self.is_interrupted = False
        self._ended: str | None = None  # why none is driven any more

    def records(self, one: SubjectRun, plan: RunPlan | Recording) -> Sequence[Record]:
        """Of the subject; they are in its trace, too."""
        one.trace = trace_of(one.name) if self._is_behind_another else TRACE
        self._is_behind_another = True
        with recording(self._folder / one.trace) as recorder:
            if isinstance(plan, Recording):
                for record in plan.records:
                    recorder.append(record)
                return plan.records
            if why := "interrupted" if self.is_interrupted else self._ended:
                leave_undriven(plan, recorder, why)
            else:
                self._drive(one, plan, recorder)
        return recorder.records

    def _drive(self, one: SubjectRun, plan: RunPlan, recorder: Recorder) -> None:
        about = f"{plan.driven.name} at {plan.target.name}, by {plan.spec}:" if self._is_one_of_several else ""
        with shown(self._config, plan.clock, len(plan.scenarios), about) as progress:
            met = told_once(progress.tell, marks_for(sys.stdout.encoding))
            early = self._early_findings(one, plan, progress.tell)
            try:
                drive_target(replace(plan, met=met, watch=early or NobodyWatches()), recorder, progress)
            except LinkError as lost:  # what was driven before is judged all the same
                if not self._has_driven and not any(isinstance(record, Opened) for record in recorder.records):
                    raise
                progress.tell(str(lost))
            except HarnessError:
                raise
            except Exception:
                progress.tell(f"what was recorded until then: {plan.folder}")
                raise
            except KeyboardInterrupt:  # it ends the drives, not the run: what was seen is judged
                self.is_interrupted = True
                carry_through(self._config, also_ctrl_c=True)
            self._has_driven = True
            self._ended = early.ended if early else None

    def _early_findings(self, one: SubjectRun, plan: RunPlan, tell: Callable[[str], None]) -> EarlyFindings | None:
        """None where virtual time leaves no time to read what is told, and nothing hangs on it."""
        stops = self._config.option.stop_on_fail
        if plan.clock is Clock.VIRTUAL and not stops:
            return None
        is_strict = self._config.stash[RUN].measure.strict
        return EarlyFindings(EarlyJudging(self._session, one), plan.clock, tell, stops, is_strict)
