"""Messages that their schemas have nothing against, as JSON: what tests alter one field of."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from harness.payload.values import JSON
from harness.protocols.udmi.words.schemas import MessageKind

STATUS: Mapping[str, JSON] = {
    "message": "Point damper is stuck",
    "category": "pointset.point.failure",
    "level": 500,
    "timestamp": "2026-01-01T00:00:02Z",
}
GOOD: Mapping[MessageKind, dict[str, Any]] = {
    MessageKind.CONFIG: {
        "timestamp": "2026-01-01T00:00:00Z",
        "version": "1.5.7",
        "system": {"min_loglevel": 200, "metrics_rate_sec": 10, "operation": {"mode": "active"}},
        "pointset": {
            "state_etag": "e0",
            "set_value_expiry": "2026-01-01T01:00:00Z",
            "sample_rate_sec": 10,
            "points": {"damper": {"set_value": 30.0, "units": "Percent", "cov_increment": 1}, "valve": {}},
        },
    },
    MessageKind.STATE: {
        "timestamp": "2026-01-01T00:00:03.250Z",
        "version": "1.5.7",
        "system": {
            "last_config": "2026-01-01T00:00:01Z",
            "serial_no": "SN-1",
            "hardware": {"make": "Acme", "model": "M-1"},
            "operation": {"operational": True, "mode": "active"},
            "software": {"firmware": "2.0"},
            "status": {**STATUS, "category": "system.config.parse"},
        },
        "localnet": {"families": {"ipv4": {"addr": "192.0.2.7"}}},
        "pointset": {
            "state_etag": "e1",
            "points": {"damper": {"value_state": "failure", "units": "Percent", "status": STATUS}, "valve": {}},
        },
    },
    MessageKind.TELEMETRY: {
        "timestamp": "2026-01-01T00:00:03Z",
        "version": "1.5.7",
        "points": {"damper": {"present_value": 30.0}, "valve": {"present_value": "open"}},
        "partial_update": False,
    },
    MessageKind.SYSTEM_EVENT: {
        "timestamp": "2026-01-01T00:00:03Z",
        "version": "1.5.7",
        "event_no": 3,
        "logentries": [STATUS, {**STATUS, "detail": "a\nb"}],
        "metrics": {"mem_total_mb": 512, "system_load": 0.5},
    },
}


def altered(kind: MessageKind, path: str, content: JSON = None) -> dict[str, Any]:
    """A good message in which this stands at a dotted path; or nothing, if it is an ellipsis in words."""
    message = deepcopy(GOOD[kind])
    *blocks, name = path.split(".")
    block: Any = message
    for part in blocks:
        block = block[int(part)] if isinstance(block, list) else block[part]
    if content == LACKING:
        del block[name]
    else:
        block[name] = content
    return message


LACKING = "(lacking)"
