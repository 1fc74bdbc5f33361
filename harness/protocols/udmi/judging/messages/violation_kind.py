"""Which clause a problem of a message concerns: no field is judged under two."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto

from harness.payload.fields import read_raw
from harness.payload.values import JSON
from harness.protocols.udmi.words.schemas import FieldFlaw, MessageKind, SchemaProblem


class ViolationKind(Enum):
    """The subject of a violation; each is one clause's business."""

    SHAPE = auto()  # what no other clause speaks of
    UNKNOWN_FIELD = auto()
    DOCUMENTED_FIELD = auto()  # the documents name it, the schema refuses it
    TIMESTAMP = auto()
    ENTRY = auto()
    CATEGORY = auto()
    CATEGORY_PREFIX = auto()  # the documents allow it, the schema refuses it
    LEVEL = auto()
    ETAG = auto()
    VALUE_STATE = auto()
    LAST_CONFIG = auto()
    OPERATIONAL = auto()
    VERSION = auto()  # the schema takes any text
    REPEATED_NAME = auto()  # what JSON itself asks for, whatever the schema
    BYTE_ORDER_MARK = auto()


def violation_kind(kind: MessageKind, problem: SchemaProblem, found: JSON = None) -> ViolationKind:
    """The kind of the violation; `found` is the value there."""
    path = problem.path
    entry = None if problem.flaw is FieldFlaw.NULL else _within_entry(kind, path)
    if entry is not None and not (kind is MessageKind.SYSTEM_EVENT and _is_beside_an_entry(entry, problem)):
        return _concern_of_entry(entry, problem, found)
    if path == ("timestamp",):
        return ViolationKind.TIMESTAMP
    if kind is not MessageKind.STATE or problem.flaw is FieldFlaw.NULL:
        return ViolationKind.SHAPE  # to every other clause `null` is missing, as it may be
    if path[:2] in _DOCUMENTED:
        return ViolationKind.DOCUMENTED_FIELD
    if problem.flaw is FieldFlaw.UNKNOWN:
        return ViolationKind.UNKNOWN_FIELD
    return _FIELDS.get(anonymous(path), ViolationKind.SHAPE)


def has_entries(kind: MessageKind, payload: bytes) -> bool:
    """Whether it has a status, or a log entry."""
    raw = read_raw(payload, [])
    return bool(raw.get("logentries")) if kind is MessageKind.SYSTEM_EVENT else _has_status(raw, "", _DEEPEST)


def _has_status(raw: object, name: str, levels: int) -> bool:
    if not isinstance(raw, Mapping) or levels == 0:
        return False
    collected = name in _COLLECTIONS
    return (raw.get("status") is not None and not collected) or any(
        _has_status(part, "" if collected else key, levels - 1) for key, part in raw.items()
    )


def _is_beside_an_entry(field: tuple[str, ...], problem: SchemaProblem) -> bool:
    """Whether the field stands beside the four parts of a log entry. Another clause asks for those four."""
    return problem.flaw is FieldFlaw.UNKNOWN or field == ("detail",)


def _concern_of_entry(field: tuple[str, ...], problem: SchemaProblem, found: JSON) -> ViolationKind:
    """Whether all is there is one clause, what stands there is another."""
    if problem.flaw is FieldFlaw.WRONG and field == ("level",):
        return ViolationKind.LEVEL
    if problem.flaw is FieldFlaw.WRONG and field == ("category",) and isinstance(found, str):
        return ViolationKind.CATEGORY_PREFIX if found in _OF_THE_DOCUMENTS else ViolationKind.CATEGORY
    return ViolationKind.ENTRY


def _within_entry(kind: MessageKind, path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The way from the status or log entry in which the problem lies; None if it lies in none."""
    if kind is MessageKind.SYSTEM_EVENT and path[:1] == ("logentries",) and len(path) > 1:
        return path[2:]
    if kind is not MessageKind.STATE:
        return None
    for place, name in enumerate(path):
        if name == "status" and not (place and path[place - 1] in _COLLECTIONS):
            return path[place + 1 :]
    return None


def anonymous(path: tuple[str, ...]) -> tuple[str, ...]:
    """The path without names that devices choose, such as a point's."""
    return tuple("*" if before in _COLLECTIONS else name for before, name in zip(("", *path), path, strict=False))


def _prefixes(*categories: str) -> Iterator[str]:
    for category in categories:
        parts = category.split(".")
        yield from (".".join(parts[:many]) for many in range(1, len(parts)))


_DEEPEST = 6  # levels at which a status may stand
_COLLECTIONS = ("points", "families", "networks", "blobs", "alarms", "software", "params", "logentries")
_DOCUMENTED = (("system", "updating"), ("system", "statuses"), ("system", "last_update"))
_FIELDS = {
    ("system", "last_config"): ViolationKind.LAST_CONFIG,
    ("system", "operation", "operational"): ViolationKind.OPERATIONAL,
    ("pointset", "state_etag"): ViolationKind.ETAG,
    ("pointset", "etag"): ViolationKind.ETAG,
    ("system", "etag"): ViolationKind.ETAG,
    ("pointset", "points", "*", "value_state"): ViolationKind.VALUE_STATE,
    ("pointset", "points", "*", "source"): ViolationKind.VALUE_STATE,
}
_OF_THE_DOCUMENTS = frozenset(
    _prefixes(
        "system.base.start",
        "system.config.parse",
        "system.auth.login",
        "pointset.point.nominal",
        "localnet.network",
        "gateway.setup.attach",
        "gateway.proxy.target",
        "discovery.family.scan",
        "discovery.device.enumerate",
        "discovery.point.describe",
        "mapping.device.apply",
        "blobset.blob",
        "validation.device.receive",
        "validation.summary.report",
        "validation.feature.schema",
    )
) | {"system.base.startup", "system.base.comms", "system.network.connect", "system.network.disconnect"}
