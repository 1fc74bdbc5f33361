"""The episodes that are altered: the committed recording, and devices that conform, driven anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.judging.timing.network_delay import NetworkDelay
from harness.judging.verdicts.finding import Finding
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.whole_run import WholeRun, whole_run_of
from harness.record.kinds import Began, Record
from harness.record.trace import Recorder, read_trace
from simulator.udmi.target import SimTarget
from tests.altered.judgement import judgements
from tests.runs import ROOT

RECORDED = "recorded"
FAR = "far"  # a device whose messages may take a second
QUIRKS = ("takes-its-time", "explains-good-states-too", "clock-with-an-offset", "leaves-more-room-between-states")
SOURCES = (RECORDED, FAR, *QUIRKS)


@dataclass(frozen=True)
class Source:
    """A run, and what every judgement makes of it before anything is altered."""

    name: str
    run: WholeRun
    histories: Mapping[str, History]
    findings: Mapping[str, Finding]

    @property
    def allowance(self) -> float:
        """Seconds that a message may have been on its way."""
        return self.run.history.allowance


@cache
def source(name: str) -> Source:
    """The one of that name, driven once."""
    records = read_trace(ROOT / "fixtures" / "udmi" / "traces" / "ahu-1.ndjson") if name == RECORDED else _driven(name)
    declared = next(record.profile["network_allowance"] for record in records if isinstance(record, Began))
    run = whole_run_of(records, NetworkDelay(declared))  # as if nothing was measured: the whole allowance is tried
    histories = {scenario: episode.history for scenario, episode in run.scenes.items()}
    known = [judgement for judgement in judgements() if judgement.scenarios <= histories.keys()]
    findings = {
        judgement.id: judgement.judge_run(run) if judgement.is_of_the_run else judgement.judge(histories)
        for judgement in known
    }
    return Source(name, run, histories, findings)


def _driven(name: str) -> Sequence[Record]:
    device, recorder = SimTarget.from_option(""), Recorder()
    distant = replace(device.file, profile=replace(device.profile, network_allowance=1.0))
    target = replace(device, file=distant) if name == FAR else device.varied(name)
    asked_for = frozenset[str]().union(*(judgement.scenarios for judgement in judgements()))
    in_order = sorted((SCENARIOS[name] for name in asked_for), key=lambda each: (each.needs is not None, each.name))
    drive_target(RunPlan(target, in_order, Clock.VIRTUAL), recorder, Unseen())
    return recorder.records
