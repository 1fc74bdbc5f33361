"""Bytes to messages and back, for one spec. The field layout alone says where a field is found."""

from functools import cache

from harness.protocols.udmi.words.decoding import Decoder
from harness.protocols.udmi.words.encoding import Encoder
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS, FieldLayout
from harness.protocols.udmi.words.messages import Config, Message, State, SystemEvent, Telemetry
from harness.protocols.udmi.words.spec import Spec


class Codec:
    """The messages of one spec. Decoding never fails: a message lists its own problems."""

    def __init__(self, layout: FieldLayout) -> None:
        self.layout = layout
        self._decoder, self._encoder = Decoder(layout), Encoder(layout)

    @property
    def version(self) -> str | int:
        """The version that its messages carry."""
        return self.layout.version

    def encode(self, message: Message) -> bytes:
        """The message as it goes over the wire; an ill-typed field goes out as it is."""
        return self._encoder.encode(message)

    def decode_config(self, payload: bytes) -> Config:
        """A config, and its problems."""
        return self._decoder.config(payload)

    def decode_state(self, payload: bytes) -> State:
        """A state, and its problems."""
        return self._decoder.state(payload)

    def decode_telemetry(self, payload: bytes) -> Telemetry:
        """Readings, and their problems."""
        return self._decoder.telemetry(payload)

    def decode_system_event(self, payload: bytes) -> SystemEvent:
        """Log entries and metrics, and their problems."""
        return self._decoder.system_event(payload)


@cache
def codec_of(spec: str) -> Codec:
    """The one codec of that spec."""
    return Codec(FIELD_LAYOUTS[Spec(spec)])
