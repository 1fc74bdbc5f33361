"""Devices that say nothing, or show nothing: no judgement may pass on them."""

from simulator.udmi.device_log import Writing
from simulator.udmi.rules import StateRules, TelemetryRules
from simulator.udmi.rules.system_rules import SystemRules
from simulator.udmi.variations.variation import mute

_LOGS_NOTHING = SystemRules(writing=Writing(entry=lambda _entry: None, metrics_rate=lambda _wanted: None))
_OF_STATES = (
    "config.state-carries-its-time",
    "identity.addresses",
    "identity.make-and-model",
    "identity.serial-number",
    "identity.software",
    "message.state-has-no-unknown-fields",
    "message.state-is-valid",
    "message.timestamp-is-utc",
    "message.topic-is-known",
    "etag.is-a-short-string",
    "etag.is-reported",
    "etag.stays-with-state",
    "config.at-most-one-state-a-second",
)

_OF_TELEMETRY = (
    "connection.mqtt-3.1.1",
    "connection.keeps-to-its-own-topics",
    "message.has-no-byte-order-mark",
    "message.names-stand-once",
    "message.telemetry-is-valid",
    "message.timestamp-is-utc",
    "message.topic-is-known",
    "message.version-is-one",
    "pointset.device-decides-without-a-list",
    "pointset.numbers-are-numbers",
    "pointset.unknown-point-is-not-shown",
    "telemetry.change-is-told",
    "telemetry.changes-are-coalesced",
    "telemetry.complete-every-rate",
    "telemetry.complete-in-spite-of-parts",
    "telemetry.default-rate",
    "telemetry.keeps-its-limit",
    "telemetry.part-says-so",
    "telemetry.rate-comes-with-its-config",
    "telemetry.small-change-waits",
)

MUTE = (
    mute(
        "silent",
        StateRules(say=lambda _state, _said: None),
        TelemetryRules(tell=lambda _telemetry: None),
        _LOGS_NOTHING,
    ),
    mute(
        "without-state",
        StateRules(say=lambda _state, _said: None),
        _LOGS_NOTHING,
        breaks="config.is-answered",
        implies=("config.is-answered-in-5-s", "config.burst-is-coalesced"),
        keeps=_OF_TELEMETRY,
    ),
    mute("without-telemetry", TelemetryRules(tell=lambda _telemetry: None), keeps=_OF_STATES),
)
