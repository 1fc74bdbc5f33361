"""The codec of whoever judges: it remembers what it has read.

The whole run and each of its episodes look at the same messages, and in the matrix so do runs of devices that differ in
little: their messages are the same to the byte, as they have the same stamps.
"""

from functools import cache, lru_cache

from harness.wire.codec import Codec
from harness.wire.dialect import DIALECTS, Dialect
from harness.wire.spec import Spec
from harness.wire.udmi import Config, State, SystemEvent, Telemetry

_REMEMBERED = 1_000  # messages of a kind: about twice what a run has


class _Reader(Codec):
    def __init__(self, dialect: Dialect) -> None:
        super().__init__(dialect)
        self._config = lru_cache(_REMEMBERED)(super().decode_config)
        self._state = lru_cache(_REMEMBERED)(super().decode_state)
        self._telemetry = lru_cache(_REMEMBERED)(super().decode_telemetry)
        self._system_event = lru_cache(_REMEMBERED)(super().decode_system_event)

    def decode_config(self, payload: bytes) -> Config:
        return self._config(payload)

    def decode_state(self, payload: bytes) -> State:
        return self._state(payload)

    def decode_telemetry(self, payload: bytes) -> Telemetry:
        return self._telemetry(payload)

    def decode_system_event(self, payload: bytes) -> SystemEvent:
        return self._system_event(payload)


@cache
def reader_of(spec: Spec) -> Codec:
    """The one reader of that spec."""
    return _Reader(DIALECTS[spec])
