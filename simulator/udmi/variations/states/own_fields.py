"""A device whose states hold more than anybody asked for; the older specs do not forbid it, and UDMI 1.5 does."""

import json

from harness.payload.values import JSON
from simulator.link.network_conditions import rewritten
from simulator.udmi.variations.variation import quirk


def _with_fields_of_its_maker(payload: bytes) -> bytes:
    """A state, with such fields at every level but in a status, which all specs close."""
    raw = json.loads(payload)
    return json.dumps(_grown(raw)).encode() if _IS_OF_A_STATE & raw.keys() else payload


def _grown(raw: JSON, name: str = "") -> JSON:
    if not isinstance(raw, dict) or name == "status":
        return raw
    grown = {field: _grown(content, field) for field, content in raw.items()}
    return grown if name in _TABLES else {**grown, **_OWN}


_IS_OF_A_STATE = {"system", "pointset"}
_TABLES = ("points", "families", "software", "statuses")  # what stands there is no field, but a name of something
_OWN: dict[str, JSON] = {"acme_uptime": 5, "acme_details": {"batch": ["7", 8]}}

OWN_FIELDS = (
    quirk(
        "fields-of-its-maker-at-every-level",
        network=rewritten(_with_fields_of_its_maker),
        unless="message.state-has-no-unknown-fields",
    ),
)
