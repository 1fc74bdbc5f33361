"""What a spec has no word for is not waited for, and the scenario goes on."""

from harness.clock import Clock
from harness.driving.cloud import Cloud
from harness.driving.device import Device
from harness.driving.performance import Play, perform
from harness.driving.progress import Unseen
from harness.driving.scenario import Scenario
from harness.record import Closed, Record, Sent
from harness.target import Target
from harness.trace import Recorder
from harness.wire.spec import Spec
from harness.wire.udmi import ValueState
from simulator.device_file import DeviceFile
from simulator.identity import Identity
from simulator.target import SimTarget
from tests.driving.playing import DAMPER, POINTS, PROFILE


async def _waits_for_updating(cloud: Cloud, device: Device) -> None:
    del device
    write = DAMPER.to(30.0, "write")
    await cloud.write(write, label="first")
    await cloud.until(write, ValueState.UPDATING, at_most=20)
    await cloud.say_again("second")


def _driven(spec: Spec) -> list[Record]:
    recorder = Recorder()
    target: Target = SimTarget("sim", DeviceFile(Identity("DEV-1"), POINTS, PROFILE), spec=spec)
    scenario = Scenario("waits", _waits_for_updating, sample_rate=2)
    perform(Play(target, [scenario], Clock.VIRTUAL, spec=spec), recorder, Unseen())
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
