"""Devices whose serializer goes to the edges of JSON and beyond: literals of other languages, names twice, marks."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import PointState, State, SystemEvent
from simulator.link.network_conditions import rewritten
from simulator.udmi.device_log import Writing
from simulator.udmi.rules import Group, StateRules, TelemetryRules
from simulator.udmi.rules.system_rules import SystemRules
from simulator.udmi.variations.narrowing import each_status, with_points
from simulator.udmi.variations.variation import Variation, deviation, quirk

_TELEMETRY, _EVENTS = "message.telemetry-is-valid", "message.system-event-is-valid"
_TWICE, _MARK, _VERSION = "message.names-stand-once", "message.has-no-byte-order-mark", "message.version-is-one"


def _putting(name: str, pattern: bytes, instead: bytes, breaks: str) -> Variation:
    """Other bytes, wherever the pattern stands in a message."""
    return deviation(name, network=rewritten(lambda p: re.sub(pattern, instead, p)), breaks=breaks, decided=True)


def _versions(name: str, sign: bytes, version: str) -> Variation:
    """Another version, in the messages that have that field."""

    def put(payload: bytes) -> bytes:
        if b'"%b":' % sign not in payload:
            return payload
        return re.sub(rb'"version":"[^"]*"', b'"version":"%b"' % version.encode(), payload)

    return deviation(name, network=rewritten(put), breaks=_VERSION, decided=True)


def _telling(alter: Callable[[SystemEvent], SystemEvent]) -> SystemRules:
    return SystemRules(writing=Writing(told=alter))


def _memory_in_words(event: SystemEvent) -> SystemEvent:
    return replace(event, metrics={**event.metrics, "mem_free_mb": IllTyped("lots")}) if event.metrics else event


def _without_units(point: PointState) -> PointState:
    return point if point.units else replace(point, units="")


def _empty_units(state: State, _said: State | None) -> State:
    return with_points(state, {name: _without_units(point) for name, point in state.points.items()})


def _every_version(version: str) -> tuple[Group, ...]:
    return (
        StateRules(say=lambda state, _said: replace(state, version=version)),
        TelemetryRules(tell=lambda telemetry: replace(telemetry, version=version)),
        SystemRules(writing=Writing(told=lambda event: replace(event, version=version))),
    )


JSON_FORMS = (
    _putting("nan-for-off", rb'"present_value":false', b'"present_value":NaN', _TELEMETRY),
    _putting("infinite-load", rb'"system_load":[^,}]+', b'"system_load":Infinity', _EVENTS),
    _putting("infinitely-little-memory", rb'"mem_free_mb":[^,}]+', b'"mem_free_mb":-Infinity', _EVENTS),
    deviation("memory-in-words", _telling(_memory_in_words), breaks=_EVENTS, decided=True),
    _putting("log-entries-with-a-code", rb'("logentries":\[\{)', rb'\1"code":7,', _EVENTS),
    _putting("version-twice", rb'("version":[^,}]+)', rb"\1,\1", _TWICE),
    _putting("point-twice", rb'"points":\{("[a-z0-9_]+":)', rb'"points":{\1{},\1', _TWICE),
    deviation("byte-order-mark", network=rewritten(lambda payload: BOM_UTF8 + payload), breaks=_MARK, decided=True),
    _versions("version-that-ends-in-a-dot", b"points", "1.4."),
    _versions("version-in-words", b"event_no", "one"),
    _versions("version-of-nothing", b"system", ""),
    quirk("version-of-two-numbers", *_every_version("1.5"), about=_VERSION),
    quirk("version-with-a-build", *_every_version("1.5.7-12-g3fc8b6d"), about=_VERSION),
    quirk("empty-details", each_status(lambda status, _why: replace(status, detail=""))),
    quirk("empty-units", StateRules(say=_empty_units)),
    quirk("empty-metrics-with-a-log", _telling(lambda event: event if event.metrics else replace(event, metrics={}))),
    quirk("huge-event-numbers", SystemRules(writing=Writing(number=lambda count: 2**70 + count))),
)
