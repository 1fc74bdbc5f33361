"""The name of a pointset state: the same content, the same name."""

from hashlib import blake2b

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.messages import ValueState

_WIDTH = 8  # bytes


def fingerprint(name: str, units: str | None, set_value: Value | None, value_state: Field[ValueState]) -> int:
    """A point's share in the etag: units, the echo of set_value, and value_state. The shares are added up."""
    content = repr((name, units, set_value, value_state)).encode()
    return int.from_bytes(blake2b(content, digest_size=_WIDTH).digest())


def etag(fingerprints: int, states_said: int) -> str:
    """The etag for the sum of all fingerprints, however many states have been said."""
    del states_said
    return f"{fingerprints % 2 ** (8 * _WIDTH):016x}"
