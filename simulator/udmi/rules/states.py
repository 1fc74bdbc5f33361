"""The decisions of a device about its state: what it says, and how often."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.messages import Mode, State, Status, ValueState
from simulator.udmi import etag
from simulator.udmi.write_progress import ProgressStep

LEVELS = {
    ValueState.APPLIED: 200,
    ValueState.UPDATING: 300,
    ValueState.OVERRIDDEN: 400,
    ValueState.INVALID: 500,
    ValueState.FAILURE: 500,
}
_EXPLAINED = (ValueState.OVERRIDDEN, ValueState.INVALID, ValueState.FAILURE)


def explained(name: str, step: ProgressStep, since: float) -> Status | None:
    """The status of a point that has reached the step."""
    if step.state not in _EXPLAINED:
        return None
    why = step.why or f"ended as {step.state}"
    return Status(f"Point {name} {why}", f"pointset.point.{step.state}", LEVELS[step.state], since)


def mode(before: Mode, at_rest: Mode, *, updating: bool) -> Mode:
    """The reported mode of the whole device; `before` is the mode of the last report."""
    del before
    return Mode.UPDATING if updating and at_rest is not Mode.RESTART else at_rest


@dataclass(frozen=True, slots=True)
class StateRules:
    """Decisions about states. Spans are seconds. `mirrors`: no pointset where the config has none.

    `say`: the state that leaves in place of the first one, given the one that left last; None: none does.
    """

    fingerprint: Callable[[str, str | None, Value | None, Field[ValueState]], int] = etag.fingerprint
    etag: Callable[[int, int], str] = etag.etag
    explained: Callable[[str, ProgressStep, float], Status | None] = explained
    mode: Callable[..., Mode] = mode
    mirrors: bool = False
    between_states: float = 1.0
    repeats_after: float = math.inf
    say: Callable[[State, State | None], State | None] = lambda state, _said: state
