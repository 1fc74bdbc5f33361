"""The identity of a device, by its own reports."""

from harness.judging.reader import DeviceFacts
from harness.payload.values import IllTyped
from harness.protocols.udmi.telling import identity
from harness.protocols.udmi.words.messages import State, SystemState
from harness.protocols.udmi.words.schemas import MessageKind
from tests.protocols.udmi.judging.whole_runs import RunBuilder, run
from tests.udmi_1_5 import VERSION, encode


def reporting(*systems: SystemState) -> RunBuilder:
    """A device that says this of itself, state by state."""
    told = run()
    for second, system in enumerate(systems, start=1):
        told.said(MessageKind.STATE, encode(State(0, VERSION, system)), at=second)
    return told


def test_device_is_what_it_reported_last() -> None:
    told = reporting(SystemState(make="Acme", serial_no="1"), SystemState(make="Bcme"))

    assert identity(told.ended().history.records) == DeviceFacts(id="DEV-1", make="Bcme")


def test_odd_words_stay_out() -> None:
    told = reporting(SystemState(make=IllTyped(7), model="M", software={"os": "2", "app": IllTyped(1)}))

    assert identity(told.ended().history.records) == DeviceFacts(id="DEV-1", model="M", software={"os": "2"})


def test_silent_device_is_its_id_alone() -> None:
    assert identity(run().ended().history.records) == DeviceFacts(id="DEV-1")
