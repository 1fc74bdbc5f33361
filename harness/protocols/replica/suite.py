"""All that an author of a suite needs, in one import."""

import pytest

from harness.driving.scenario import scenario
from harness.judging.episode import given
from harness.judging.timing.window import within
from harness.protocols.replica.driving.component import Component, spelt
from harness.protocols.replica.driving.service_session import ServiceControl, Sleeper
from harness.protocols.replica.judging.service.episode import ServiceEpisode
from harness.protocols.replica.judging.service.history import Feature
from harness.protocols.replica.judging.service.metadata import is_as_old, is_newer, mirrors_the_state
from harness.protocols.replica.judging.service.service_run import ServiceRun
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.content import Object
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from harness.suite_limits import stretchable

covers = pytest.mark.covers
each = pytest.mark.parametrize
throughout = pytest.mark.throughout

__all__ = [
    "AnswerLevel",
    "Component",
    "Feature",
    "Object",
    "Operation",
    "ReplicaId",
    "ServiceControl",
    "ServiceEpisode",
    "ServiceProfile",
    "ServiceRun",
    "Sleeper",
    "covers",
    "each",
    "given",
    "is_as_old",
    "is_newer",
    "mirrors_the_state",
    "scenario",
    "spelt",
    "stretchable",
    "throughout",
    "within",
]
