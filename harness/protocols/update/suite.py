"""All that an author of a suite needs, in one import."""

import pytest

from harness.broker.faults import Fault
from harness.driving.device_link import Needs
from harness.driving.playing.provoking import ProvokedDevice
from harness.driving.scenario import scenario
from harness.judging.episode import given
from harness.judging.timing.window import within
from harness.protocols.update.driving.agent.manager import TO_THE_END, Manager
from harness.protocols.update.driving.component_choice import ComponentChoice, base, other
from harness.protocols.update.driving.device.agents import Agents
from harness.protocols.update.driving.device.backend import Backend
from harness.protocols.update.driving.device.faults import (
    IDENTIFY,
    Answers,
    FailsIn,
    HasNothingToDo,
    LateIn,
    MuteIn,
    OddFeedback,
    SaysOddly,
)
from harness.protocols.update.judging import law
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.agent.episode import AgentEpisode, AgentRun
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode, UpdateDeviceRun
from harness.protocols.update.profile import PHASE_DEADLINES, Deadline, DeclaredComponent, OnNewDesiredState
from harness.protocols.update.words.desired_state import Baseline, DesiredDomain, DesiredState, Object
from harness.protocols.update.words.status import Consent, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from harness.suite_limits import set_by, stretchable

covers = pytest.mark.covers
each = pytest.mark.parametrize
throughout = pytest.mark.throughout

__all__ = [
    "IDENTIFY",
    "PHASE_DEADLINES",
    "TO_THE_END",
    "Activity",
    "AgentEpisode",
    "AgentRun",
    "Agents",
    "Answers",
    "Backend",
    "Baseline",
    "ComponentChoice",
    "Consent",
    "Deadline",
    "DeclaredComponent",
    "DesiredDomain",
    "DesiredState",
    "FailsIn",
    "Fault",
    "FeedbackStatus",
    "HasNothingToDo",
    "LateIn",
    "Manager",
    "MessageKind",
    "MuteIn",
    "Needs",
    "Object",
    "OddFeedback",
    "OnNewDesiredState",
    "PhaseCommand",
    "ProvokedDevice",
    "SaysOddly",
    "UpdateDeviceEpisode",
    "UpdateDeviceRun",
    "base",
    "covers",
    "each",
    "given",
    "law",
    "other",
    "scenario",
    "set_by",
    "stretchable",
    "throughout",
    "within",
]
