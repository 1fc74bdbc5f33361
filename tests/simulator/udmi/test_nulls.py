"""Devices that write `null` into every optional field leave none out that the schemas know, in what they send."""

import json
from typing import Any

import pytest

from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.protocols.udmi.words.schemas import MessageKind
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.kinds import Received
from harness.record.trace import Recorder
from simulator.udmi.target import SimTarget
from tests.altered.judgement import judgements
from tests.optional_fields import left_out

_DRIVEN = ("plain_write", "many_points", "broken_configs")  # blocks of every kind: a status of each place, log, metrics


def sent(variant: str, kind: MessageKind) -> list[Any]:
    """Every message of that kind that the device sends in a few scenarios."""
    judgements()  # makes the scenarios known
    target, recorder = SimTarget.from_option("").varied(variant), Recorder()
    topics = Topics.of(target.profile.id, UDMI)
    topic = {MessageKind.STATE: topics.state, MessageKind.TELEMETRY: topics.telemetry}.get(kind, topics.system)
    drive_target(RunPlan(target, [SCENARIOS[name] for name in _DRIVEN], Clock.VIRTUAL), recorder, Unseen())
    received = [record for record in recorder.records if isinstance(record, Received) and record.topic == topic]
    return [json.loads(record.payload) for record in received]


@pytest.mark.parametrize(
    ("variant", "kind"),
    [
        ("null-in-every-optional-field-of-states", MessageKind.STATE),
        ("null-in-every-optional-field-of-telemetry", MessageKind.TELEMETRY),
        ("null-in-every-optional-field-of-system-events", MessageKind.SYSTEM_EVENT),
    ],
)
def test_every_optional_field_of_a_block_that_is_there_is_written(variant: str, kind: MessageKind) -> None:
    messages = sent(variant, kind)

    assert messages
    assert {field for message in messages for field in left_out(kind, message)} == set()
