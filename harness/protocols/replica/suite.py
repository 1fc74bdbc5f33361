"""All that an author of a suite needs, in one import."""

import pytest

from harness.driving.scenario import scenario
from harness.judging.episode import given
from harness.judging.timing.window import within
from harness.judging.whole_run import WholeRun
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.service_session import ServiceControl
from harness.protocols.replica.judging.service.episode import ServiceEpisode
from harness.protocols.replica.judging.service.history import Feature
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.content import Object
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from harness.suite_limits import set_by, stretchable

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
    "WholeRun",
    "covers",
    "each",
    "given",
    "scenario",
    "set_by",
    "stretchable",
    "throughout",
    "within",
]
