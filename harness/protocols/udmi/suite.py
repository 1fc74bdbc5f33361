"""All that an author of a suite needs, in one import."""

import pytest

from harness.broker.faults import Fault
from harness.driving.device_link import Needs
from harness.judging.episode import given
from harness.judging.timing.window import at, within
from harness.payload.values import Value
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import AfterTimestamp, In
from harness.protocols.udmi.driving.demands import (
    a_number,
    a_point,
    a_second,
    convertible,
    movable,
    one_beside_the_late,
    one_of_each,
    one_that_may_be_late,
    points_beside_listed,
    points_beside_written,
    some_points,
)
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.driving.malformed_configs import ConfigFlaw, Extra, Oddity, odd, with_extra, without
from harness.protocols.udmi.driving.sampling_request import Listed, SamplingRequest
from harness.protocols.udmi.driving.scenario_terms import DevicePace, scenario
from harness.protocols.udmi.driving.waits import ALIVE_IN
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind
from harness.protocols.udmi.judging.telemetry.change import tells_of_changes
from harness.protocols.udmi.judging.telemetry_window import before_telemetry_or
from harness.protocols.udmi.judging.whole_run import WholeRun
from harness.protocols.udmi.judging.writes.write import Write
from harness.protocols.udmi.profile import Point, Setting
from harness.protocols.udmi.words.messages import Mode, State, Status, SystemConfig, ValueState
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.schemas import MessageKind
from harness.protocols.udmi.words.status_levels import StatusLevel, is_error
from harness.record.left_out import NotApplicable
from harness.suite_limits import set_by, stretchable

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
    "ALIVE_IN",
    "APPLIED",
    "FAILURE",
    "INVALID",
    "OVERRIDDEN",
    "UPDATING",
    "AfterTimestamp",
    "Cloud",
    "ConfigFlaw",
    "Device",
    "DevicePace",
    "Episode",
    "Extra",
    "Fault",
    "In",
    "Listed",
    "MessageKind",
    "Mode",
    "Needs",
    "NotApplicable",
    "Oddity",
    "Point",
    "SamplingRequest",
    "Setting",
    "State",
    "Status",
    "StatusLevel",
    "SystemConfig",
    "Value",
    "ValueState",
    "ViolationKind",
    "WholeRun",
    "Write",
    "a_number",
    "a_point",
    "a_second",
    "across",
    "at",
    "before_telemetry_or",
    "convertible",
    "covers",
    "each",
    "given",
    "is_error",
    "movable",
    "odd",
    "one_beside_the_late",
    "one_of_each",
    "one_that_may_be_late",
    "points_beside_listed",
    "points_beside_written",
    "said",
    "scenario",
    "set_by",
    "some_points",
    "stretchable",
    "tells_of_changes",
    "throughout",
    "with_extra",
    "within",
    "without",
]
