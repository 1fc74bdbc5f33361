"""The codec of whoever judges: it remembers what it has read.

The whole run and each of its episodes look at the same messages, and in the matrix so do runs of devices that differ in
little: their messages are the same to the byte, as they have the same stamps.
"""

from functools import cache, lru_cache

from harness.wire.codec import Codec
from harness.wire.dialect import DIALECTS
from harness.wire.spec import Spec
from harness.wire.udmi import Config, State, SystemEvent, Telemetry

_REMEMBERED = 1_000  # messages of a kind: about twice what a run has


class _Reader(Codec):
    @lru_cache(_REMEMBERED)  # noqa: B019 - there is one of each spec, for good
    def decode_config(self, payload: bytes) -> Config:
        return super().decode_config(payload)

    @lru_cache(_REMEMBERED)  # noqa: B019 - likewise
    def decode_state(self, payload: bytes) -> State:
        return super().decode_state(payload)

    @lru_cache(_REMEMBERED)  # noqa: B019 - likewise
    def decode_telemetry(self, payload: bytes) -> Telemetry:
        return super().decode_telemetry(payload)

    @lru_cache(_REMEMBERED)  # noqa: B019 - likewise
    def decode_system_event(self, payload: bytes) -> SystemEvent:
        return super().decode_system_event(payload)


@cache
def reader_of(spec: Spec) -> Codec:
    """The one reader of that spec."""
    return _Reader(DIALECTS[spec])
