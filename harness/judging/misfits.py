"""What about a message is not as its schema has it, and which clause that concerns: no field is judged under two."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from harness.wire import udmi
from harness.wire.reader import read_raw
from harness.wire.schemas import Flaw, Kind, Problem, problems
from harness.wire.spec import Spec
from harness.wire.udmi import JSON


class Concern(Enum):
    """What a problem is about; each is one clause's business."""

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


@dataclass(frozen=True, slots=True)
class Misfit:
    """A problem of one message, and what it concerns."""

    concern: Concern
    problem: Problem

    @property
    def sort(self) -> tuple[tuple[str, ...], Flaw]:
        """What it has in common with others that are told of in one breath: which point it is does not matter."""
        return _anonymous(self.problem.path), self.problem.flaw


@lru_cache(2_000)  # in the matrix, devices that differ in little say the same, to the byte
def misfits(kind: Kind, spec: Spec, payload: bytes) -> tuple[Misfit, ...]:
    """All of one message."""
    return () if _fits(kind, spec, _INSTANT.sub(_ANY_INSTANT, payload)) else _misfits(kind, spec, payload)


@lru_cache(2_000)  # most messages of a run differ in instants alone, and to a schema one instant is like another
def _fits(kind: Kind, spec: Spec, payload: bytes) -> bool:
    return not _misfits(kind, spec, payload)


def _misfits(kind: Kind, spec: Spec, payload: bytes) -> tuple[Misfit, ...]:
    unreadable: list[udmi.Problem] = []
    raw = read_raw(payload, unreadable)
    if unreadable:
        first = unreadable[0]
        return (Misfit(Concern.SHAPE, Problem((), Flaw.WRONG, first.expected, first.found)),)
    found = problems(kind, spec, dict(raw))
    return tuple(Misfit(concern(kind, problem, _at(raw, problem.path)), problem) for problem in found)


def concern(kind: Kind, problem: Problem, found: JSON = None) -> Concern:
    """Whose business it is; `found` is what stands there."""
    path = problem.path
    entry = _within_entry(kind, path)
    if entry is not None:
        return _concern_of_entry(entry, problem, found)
    if path == ("timestamp",):
        return Concern.TIMESTAMP
    if kind is not Kind.STATE:
        return Concern.SHAPE
    if path[:2] in _DOCUMENTED:
        return Concern.DOCUMENTED_FIELD
    if problem.flaw is Flaw.UNKNOWN:
        return Concern.UNKNOWN_FIELD
    return _FIELDS.get(_anonymous(path), Concern.SHAPE)


def has_entries(kind: Kind, payload: bytes) -> bool:
    """Whether it has a status, or a log entry."""
    raw = read_raw(payload, [])
    return bool(raw.get("logentries")) if kind is Kind.SYSTEM_EVENT else _has_status(raw, "", _DEEPEST)


def _has_status(raw: object, name: str, levels: int) -> bool:
    if not isinstance(raw, Mapping) or levels == 0:
        return False
    collected = name in _COLLECTIONS
    return ("status" in raw and not collected) or any(
        _has_status(part, "" if collected else key, levels - 1) for key, part in raw.items()
    )


def _concern_of_entry(field: tuple[str, ...], problem: Problem, found: JSON) -> Concern:
    """Whether all is there is one clause, what stands there is another."""
    if problem.flaw is Flaw.WRONG and field == ("level",):
        return Concern.LEVEL
    if problem.flaw is Flaw.WRONG and field == ("category",) and isinstance(found, str):
        return Concern.CATEGORY_PREFIX if found in _OF_THE_DOCUMENTS else Concern.CATEGORY
    return Concern.ENTRY


def _within_entry(kind: Kind, path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The way from the status or log entry in which the problem lies; None if it lies in none."""
    if kind is Kind.SYSTEM_EVENT and path[:1] == ("logentries",) and len(path) > 1:
        return path[2:]
    if kind is not Kind.STATE:
        return None
    for place, name in enumerate(path):
        if name == "status" and not (place and path[place - 1] in _COLLECTIONS):
            return path[place + 1 :]
    return None


def _anonymous(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("*" if before in _COLLECTIONS else name for before, name in zip(("", *path), path, strict=False))


def _at(raw: object, path: tuple[str, ...]) -> JSON:
    """What stands there; nothing, where the way does not lead on."""
    for name in path:
        match raw:
            case dict():
                raw = raw.get(name)
            case list():
                raw = raw[int(name)]
            case _:
                return None
    return raw if isinstance(raw, str) else None


def _prefixes(*categories: str) -> Iterator[str]:
    for category in categories:
        parts = category.split(".")
        yield from (".".join(parts[:many]) for many in range(1, len(parts)))


_DEEPEST = 6  # levels at which a status may stand
_COLLECTIONS = ("points", "families", "networks", "blobs", "alarms", "software", "params", "logentries")
_DOCUMENTED = (("system", "updating"), ("system", "statuses"), ("system", "last_update"))
_FIELDS = {
    ("system", "last_config"): Concern.LAST_CONFIG,
    ("system", "operation", "operational"): Concern.OPERATIONAL,
    ("pointset", "state_etag"): Concern.ETAG,
    ("pointset", "etag"): Concern.ETAG,
    ("system", "etag"): Concern.ETAG,
    ("pointset", "points", "*", "value_state"): Concern.VALUE_STATE,
    ("pointset", "points", "*", "source"): Concern.VALUE_STATE,
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

# A string of its own that is a value, and surely a date and a time; others are looked at one by one.
_INSTANT = re.compile(
    rb'(?<!\\)"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z"(?!\s*:)'
)
_ANY_INSTANT = b'"2026-01-01T00:00:00Z"'
