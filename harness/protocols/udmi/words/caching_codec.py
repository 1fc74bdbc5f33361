"""The codec of whoever judges: it remembers what it has read.

The whole run and each of its episodes look at the same messages, and in the matrix so do runs of devices that differ in
little: their messages are the same to the byte, as they have the same stamps.
"""

from functools import cache
from sys import getsizeof
from typing import assert_never

from harness.payload.memory import Remembered
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS, FieldLayout
from harness.protocols.udmi.words.messages import (
    Config,
    Message,
    PointConfig,
    PointState,
    State,
    SystemEvent,
    Telemetry,
)
from harness.protocols.udmi.words.spec import Spec

_REMEMBERED = 700  # small messages of a kind: more than a run has


class _Reader(Codec):
    def __init__(self, layout: FieldLayout) -> None:
        super().__init__(layout)
        self._config = Remembered(super().decode_config, _REMEMBERED, weight_of)
        self._state = Remembered(super().decode_state, _REMEMBERED, weight_of)
        self._telemetry = Remembered(super().decode_telemetry, _REMEMBERED, weight_of)
        self._system_event = Remembered(super().decode_system_event, _REMEMBERED, weight_of)

    def decode_config(self, payload: bytes) -> Config:
        return self._config(payload)

    def decode_state(self, payload: bytes) -> State:
        return self._state(payload)

    def decode_telemetry(self, payload: bytes) -> Telemetry:
        return self._telemetry(payload)

    def decode_system_event(self, payload: bytes) -> SystemEvent:
        return self._system_event(payload)


@cache
def reader_of(spec: str) -> Codec:
    """The one reader of that spec."""
    return _Reader(FIELD_LAYOUTS[Spec(spec)])


def weight_of(message: Message) -> int:
    """About how many bytes it takes in memory: a point of which nothing much is said is an object that all share."""
    told = _MESSAGE + _PROBLEM * len(message.problems)
    match message:
        case State():
            return told + getsizeof(message.points) + sum(_POINT for p in message.points.values() if not _is_at_rest(p))
        case Config():
            points = (message.pointset.points if message.pointset else None) or {}
            return told + getsizeof(points) + sum(_POINT for point in points.values() if point != _NOTHING)
        case Telemetry():
            return told + getsizeof(message.readings) + _READING * len(message.readings)
        case SystemEvent():
            return told + _ENTRY * len(message.entries) + _READING * len(message.metrics or {})
        case _:
            assert_never(message)


def _is_at_rest(point: PointState) -> bool:
    return point.value_state is None and point.status is None


_NOTHING = PointConfig()
_MESSAGE, _PROBLEM, _ENTRY = 2_000, 500, 600  # bytes of each
_READING, _POINT = 32, 500
