"""All that an author of a suite needs, in one import."""

import pytest

from harness.broker.faults import Fault
from harness.driving.device_link import Needs
from harness.driving.scenario import scenario
from harness.judging.episode import given
from harness.judging.timing.window import within
from harness.protocols.replica.device_profile import DeclaredProperty
from harness.protocols.replica.driving.component import Component, spelt
from harness.protocols.replica.driving.device.device import Device
from harness.protocols.replica.driving.device.faults import AcceptedFirst, Delay, Mute, Refuse, Swap, Twice
from harness.protocols.replica.driving.device.property_choice import PropertyChoice, base, other
from harness.protocols.replica.driving.device.replica import ReplicaSide
from harness.protocols.replica.driving.flow_device import FlowDevice
from harness.protocols.replica.driving.identities import TRESPASSER, Identities
from harness.protocols.replica.driving.service_demands import login, rest_address, token
from harness.protocols.replica.driving.service_session import RestClient, ServiceControl, Sleeper
from harness.protocols.replica.judging.device.episode import ReplicaDeviceEpisode, ReplicaDeviceRun
from harness.protocols.replica.judging.service.episode import ServiceEpisode
from harness.protocols.replica.judging.service.history import Feature
from harness.protocols.replica.judging.service.metadata import is_as_old, is_newer, mirrors_the_state
from harness.protocols.replica.judging.service.service_run import ServiceRun
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.content import Object
from harness.protocols.replica.words.flow import A_FLOW
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from harness.suite_limits import set_by, stretchable

covers = pytest.mark.covers
each = pytest.mark.parametrize
throughout = pytest.mark.throughout

__all__ = [
    "A_FLOW",
    "TRESPASSER",
    "AcceptedFirst",
    "AnswerLevel",
    "Component",
    "DeclaredProperty",
    "Delay",
    "Device",
    "Fault",
    "Feature",
    "FlowDevice",
    "Identities",
    "Mute",
    "Needs",
    "Object",
    "Operation",
    "PropertyChoice",
    "Refuse",
    "ReplicaDeviceEpisode",
    "ReplicaDeviceRun",
    "ReplicaId",
    "ReplicaSide",
    "RestClient",
    "ServiceControl",
    "ServiceEpisode",
    "ServiceProfile",
    "ServiceRun",
    "Sleeper",
    "Swap",
    "Twice",
    "base",
    "covers",
    "each",
    "given",
    "is_as_old",
    "is_newer",
    "login",
    "mirrors_the_state",
    "other",
    "rest_address",
    "scenario",
    "set_by",
    "spelt",
    "stretchable",
    "throughout",
    "token",
    "within",
]
