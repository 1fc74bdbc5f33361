"""Devices that say nothing, or show nothing: no judgement may pass on them."""

from dataclasses import replace

from harness.target import Variant
from simulator.rules import KEPT
from simulator.variations.variation import Variation

MUTE = (
    Variation(
        Variant("silent", mute=True),
        replace(KEPT, say=lambda _state, _said: None, tell=lambda _telemetry: None),
    ),
    Variation(
        Variant(
            "without-state",
            mute=True,
            breaks="config.is-answered",
            implies=("config.is-answered-in-5-s", "config.burst-is-coalesced"),
        ),
        replace(KEPT, say=lambda _state, _said: None),
    ),
    Variation(Variant("without-telemetry", mute=True), replace(KEPT, tell=lambda _telemetry: None)),
)
