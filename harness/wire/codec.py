"""Bytes to messages and back, in the dialect of one spec: where a field stands, its table alone says."""

from functools import cache

from harness.wire.decoding import Decoder
from harness.wire.dialect import DIALECTS, Dialect
from harness.wire.encoding import Encoder
from harness.wire.spec import Spec
from harness.wire.udmi import Config, Message, State, SystemEvent, Telemetry


class Codec:
    """The messages of one spec. Decoding never fails: what is wrong with a message is listed in it."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._decoder, self._encoder = Decoder(dialect), Encoder(dialect)

    @property
    def version(self) -> str | int:
        """What its messages say of themselves."""
        return self.dialect.version

    def encode(self, message: Message) -> bytes:
        """The message as it goes over the wire; what is Odd goes out as it is."""
        return self._encoder.encode(message)

    def decode_config(self, payload: bytes) -> Config:
        """A config, and what is wrong with it."""
        return self._decoder.config(payload)

    def decode_state(self, payload: bytes) -> State:
        """A state, and what is wrong with it."""
        return self._decoder.state(payload)

    def decode_telemetry(self, payload: bytes) -> Telemetry:
        """Readings, and what is wrong with them."""
        return self._decoder.telemetry(payload)

    def decode_system_event(self, payload: bytes) -> SystemEvent:
        """Log entries and metrics, and what is wrong with them."""
        return self._decoder.system_event(payload)


@cache
def codec_of(spec: Spec) -> Codec:
    """The one codec of that spec."""
    return Codec(DIALECTS[spec])
