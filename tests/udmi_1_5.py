"""The spec that most tests speak."""

from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.spec import Spec

CODEC = codec_of(Spec.UDMI_1_5)
VERSION = "1.5.7"
encode = CODEC.encode
decode_config, decode_state, decode_telemetry = CODEC.decode_config, CODEC.decode_state, CODEC.decode_telemetry
decode_system_event = CODEC.decode_system_event
