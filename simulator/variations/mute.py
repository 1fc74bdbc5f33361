"""Devices that say nothing, or show nothing: no judgement may pass on them."""

from dataclasses import replace

from harness.target import Variant
from simulator.journal import Writing
from simulator.rules import KEPT
from simulator.system_rules import SystemRules
from simulator.variations.variation import Variation

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
    "connection.keeps-to-its-own-topics",
    "message.telemetry-is-valid",
    "message.timestamp-is-utc",
    "message.topic-is-known",
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
    Variation(
        Variant("silent", mute=True),
        replace(KEPT, say=lambda _state, _said: None, tell=lambda _telemetry: None, system=_LOGS_NOTHING),
    ),
    Variation(
        Variant(
            "without-state",
            mute=True,
            breaks="config.is-answered",
            implies=("config.is-answered-in-5-s", "config.burst-is-coalesced"),
            keeps=_OF_TELEMETRY,
        ),
        replace(KEPT, say=lambda _state, _said: None, system=_LOGS_NOTHING),
    ),
    Variation(Variant("without-telemetry", mute=True, keeps=_OF_STATES), replace(KEPT, tell=lambda _telemetry: None)),
)
