"""Services that answer otherwise than they must."""

from dataclasses import replace

from harness.payload.values import JSON
from harness.target import Variant
from simulator.replica.requests import Limits, UpdateRequest, update_of
from simulator.replica.rules import KEPT
from simulator.replica.variations.telling import without
from simulator.replica.variations.variation import ServiceVariation, deviation


def _without_reported(body: JSON, limits: Limits) -> UpdateRequest:
    request = update_of(body, limits)
    state = {name: patch for name, patch in (request.state or {}).items() if name != "reported"}
    return UpdateRequest(state, request.version)


ANSWERS = (
    ServiceVariation(Variant("says-nothing", mute=True), replace(KEPT, says=lambda _reply, _messages: ())),
    deviation("tells-no-delta", breaks="delta.follows-a-desired-change", says=without("/delta")),
    deviation("records-no-report", breaks="recording.reported-state", request=_without_reported),
    deviation("accepts-in-silence", breaks="answer.report-is-accepted", says=without("update/accepted")),
)
