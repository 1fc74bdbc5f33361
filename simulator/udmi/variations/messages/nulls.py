"""Devices that write `null` where they have nothing to say, as many serializers do.

The schemas refuse it, and that is told once: to every other clause such a field is missing, so all else is decided.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.payload.values import JSON, IllTyped
from harness.protocols.udmi.words.messages import State
from simulator.link.network_conditions import rewritten
from simulator.udmi.rules import StateRules
from simulator.udmi.variations.narrowing import with_points
from simulator.udmi.variations.variation import Variation, deviation

_STATES, _TELEMETRY = "message.state-is-valid", "message.telemetry-is-valid"
_EVENTS = "message.system-event-is-valid"
_OF_1_5 = "message.state-has-no-unknown-fields"  # an older spec may not say what stands in the field


def _no_value_state(state: State, _said: State | None) -> State:
    """Of points that nobody writes; the field has a name of its own in each spec."""
    null = IllTyped(None)
    return with_points(state, {name: replace(p, value_state=p.value_state or null) for name, p in state.points.items()})


@dataclass(frozen=True, slots=True)
class _Filled:
    """Puts `null` into messages that have this field: by the way to a block, what it may lack; `*` is every part."""

    sign: str
    optional: Mapping[str, Sequence[str]]

    def __call__(self, payload: bytes) -> bytes:
        message = json.loads(payload)
        if self.sign not in message:
            return payload
        for way, names in self.optional.items():
            for block in _blocks(message, way.split(".") if way else ()):
                block.update({name: None for name in names if name not in block})
        return json.dumps(message).encode()


def _blocks(raw: JSON, way: Sequence[str]) -> Iterator[dict[str, JSON]]:
    if isinstance(raw, list):
        raw = {str(number): item for number, item in enumerate(raw)}
    if not isinstance(raw, dict):
        return
    if not way:
        yield raw
        return
    inner = list(raw.values()) if way[0] == "*" else [raw.get(way[0])]
    for part in inner:
        yield from _blocks(part, way[1:])


def _state(name: str, way: str, *fields: str, about: str | None = None) -> Variation:
    """Its states have these fields of those blocks, and `null` where there is nothing to say."""
    return _nulls(name, _Filled("system", {way: fields}), _STATES, about)


def _nulls(name: str, filled: _Filled, breaks: str, about: str | None = None) -> Variation:
    return deviation(name, network=rewritten(filled), breaks=breaks, about=about, decided=True)


_ENTRY = ("detail",)
_OPTIONAL_IN_STATES = {
    "": ("upgraded_from", "gateway", "discovery", "localnet", "blobset", "alarmset"),
    "system": ("timestamp", "version", "upgraded_from", "params", "status"),
    "system.operation": ("last_start", "restart_count", "mode"),
    "system.hardware": ("sku", "rev"),
    "system.software": ("bootloader",),
    "system.status": _ENTRY,
    "localnet": ("timestamp", "version", "networks"),
    "localnet.families": ("bacnet",),
    "localnet.families.*": ("status",),
    "pointset": ("timestamp", "version", "upgraded_from", "state_etag", "status"),
    "pointset.points": ("spare_point",),
    "pointset.points.*": ("units", "value_state", "status"),
    "pointset.points.*.status": _ENTRY,
}

NULLS = (
    deviation("null-value-states", StateRules(say=_no_value_state), breaks=_STATES, decided=True),
    _state("null-statuses-of-points", "pointset.points.*", "status"),
    _state("null-status-of-the-device", "system", "status", about=_OF_1_5),
    _state("null-status-of-the-points-together", "pointset", "status", about=_OF_1_5),
    _state("null-details", "pointset.points.*.status", "detail", about="status.is-complete"),
    _state("null-for-a-point-that-is-gone", "pointset.points", "spare_point"),
    _state("null-blocks", "", "gateway", "discovery", "blobset", "alarmset", about=_OF_1_5),
    _state("null-software", "system.software", "bootloader", about=_OF_1_5),
    _state("null-addresses", "localnet.families", "bacnet", about=_OF_1_5),
    _nulls("null-in-every-optional-field-of-states", _Filled("system", _OPTIONAL_IN_STATES), _STATES, _OF_1_5),
    _nulls(
        "null-in-every-optional-field-of-telemetry",
        _Filled("points", {"": ("upgraded_from", "partial_update")}),
        _TELEMETRY,
        _OF_1_5,
    ),
    _nulls("null-details-of-log-entries", _Filled("logentries", {"logentries.*": _ENTRY}), _EVENTS),
    _nulls(
        "null-in-every-optional-field-of-system-events",
        _Filled(
            "event_no",
            {
                "": ("upgraded_from", "last_config", "logentries", "metrics"),
                "logentries.*": _ENTRY,
                "metrics": ("mem_total_mb", "store_free_mb"),
            },
        ),
        _EVENTS,
    ),
    _nulls("null-reading-of-a-point-that-is-gone", _Filled("points", {"points": ("spare_point",)}), _TELEMETRY),
)
