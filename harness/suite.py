"""What an author of a suite needs, in one import."""

import pytest

from harness.broker.faults import Fault
from harness.driving.altering import Extra, Flaw, Oddity, odd, with_extra, without
from harness.driving.cloud import Cloud
from harness.driving.counterpart import AfterTimestamp, In
from harness.driving.device import Device
from harness.driving.device_link import Needs
from harness.driving.reporting import Listed, Reporting
from harness.driving.scenario import scenario
from harness.judging.change import tells_of_changes
from harness.judging.episode import Episode, given
from harness.judging.point_report import said
from harness.judging.verdict import NotApplicable
from harness.judging.whole_run import Concern, WholeRun
from harness.judging.window import at, before_telemetry_or, within
from harness.judging.write import Write
from harness.profile import Setting
from harness.wire.schemas import Kind
from harness.wire.udmi import Mode, State, Status, SystemConfig, ValueState

APPLIED = ValueState.APPLIED
UPDATING = ValueState.UPDATING
OVERRIDDEN = ValueState.OVERRIDDEN
INVALID = ValueState.INVALID
FAILURE = ValueState.FAILURE
ABSENT = None  # no value_state at all

covers = pytest.mark.covers
each = pytest.mark.parametrize
throughout = pytest.mark.throughout  # the scenarios without which a judgement on the whole run has nothing to look at


def across(*scenarios: str) -> pytest.MarkDecorator:
    """The same judgement in each of these scenarios; it asks for `episode`."""
    return pytest.mark.parametrize("episode", scenarios, indirect=True)


__all__ = [
    "ABSENT",
    "APPLIED",
    "FAILURE",
    "INVALID",
    "OVERRIDDEN",
    "UPDATING",
    "AfterTimestamp",
    "Cloud",
    "Concern",
    "Device",
    "Episode",
    "Extra",
    "Fault",
    "Flaw",
    "In",
    "Kind",
    "Listed",
    "Mode",
    "Needs",
    "NotApplicable",
    "Oddity",
    "Reporting",
    "Setting",
    "State",
    "Status",
    "SystemConfig",
    "ValueState",
    "WholeRun",
    "Write",
    "across",
    "at",
    "before_telemetry_or",
    "covers",
    "each",
    "given",
    "odd",
    "said",
    "scenario",
    "tells_of_changes",
    "throughout",
    "with_extra",
    "within",
    "without",
]
