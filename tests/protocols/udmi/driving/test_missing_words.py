"""A message for which a spec has no word is not waited for, and the scenario goes on."""

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import Scenario
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.scenario_terms import ScenarioTerms
from harness.protocols.udmi.words.messages import ValueState
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Closed, Record, Sent
from harness.record.trace import Recorder
from harness.target import Target
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.target import SimTarget
from tests.protocols.udmi.driving.playing import DAMPER, POINTS, PROFILE


async def _waits_for_updating(cloud: Cloud) -> None:
    write = DAMPER.to(30.0, "write")
    await cloud.write(write, label="first")
    await cloud.until(write, ValueState.UPDATING, at_most=20)
    await cloud.say_again("second")


def _driven(spec: Spec) -> list[Record]:
    recorder = Recorder()
    target: Target = SimTarget("sim", DeviceFile(DeviceIdentity("DEV-1"), POINTS, PROFILE), spec=spec)
    scenario = Scenario("waits", _waits_for_updating, begins_in=ScenarioTerms(2, lambda _: 60.0))
    drive_target(RunPlan(target, [scenario], Clock.VIRTUAL, spec=spec), recorder, Unseen())
    return list(recorder.records)


def _between_the_two(records: list[Record]) -> float:
    times = {record.label: record.time for record in records if isinstance(record, Sent)}
    return round(times["second"] - times["first"], 3)


def test_word_of_the_spec_is_waited_for() -> None:
    assert _between_the_two(_driven(Spec.WRITEBACK_2021)) == 2.0


def test_word_that_the_spec_lacks_costs_no_more_than_the_answer() -> None:
    records = _driven(Spec.POINTSET_2021)

    assert _between_the_two(records) == 1.0
    assert [record.cut_short for record in records if isinstance(record, Closed)] == [None]
