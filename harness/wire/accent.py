"""What a device's states betray of the spec that it speaks, by where they keep things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.wire.dialect import DIALECTS, Dialect
from harness.wire.reader import Fields, read_object
from harness.wire.spec import Spec

_POINT = "pointset.points.*"
_MOST = 3  # places that are named


@dataclass(frozen=True, slots=True)
class Accent:
    """Another spec than the one that was asked for, and the places that gave it away."""

    spec: Spec
    asked: Spec
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"this device speaks {self.spec}: {self.evidence}; run with --spec {self.spec}"

    @property
    def sentence(self) -> str:
        """The same, for itself."""
        return f"T{str(self).removeprefix('t')}."

    @property
    def evidence(self) -> str:
        """In a few words."""
        return f"its state has {' and '.join(self.places[:_MOST])}"


def accent_of(asked: Spec, states: Iterable[bytes]) -> Accent | None:
    """The spec that explains more of what the states hold than the one that was asked for; None if that does best.

    Two specs that explain as much are told apart by an etag: a state that has none speaks the one that knows none.
    """
    found = frozenset[str]().union(*(_places(state) for state in states))
    if not found:
        return None
    best = max(DIALECTS.values(), key=lambda dialect: _fits(dialect, found))
    known = found & _KNOWN[asked]
    if len(found & _KNOWN[best.spec]) <= len(known):
        return None
    foreign = sorted((found & _KNOWN[best.spec]) - known, key=lambda place: (place != best.state_etag, place))
    return Accent(best.spec, asked, tuple(foreign))


def _fits(dialect: Dialect, found: frozenset[str]) -> tuple[int, bool]:
    return len(found & _KNOWN[dialect.spec]), dialect.state_etag is None or dialect.state_etag in found


def _places(payload: bytes) -> frozenset[str]:
    """Those places of any spec that are there."""
    root = read_object(payload, [])
    points = _at(root, "pointset.points")
    blocks = [block for name in points.names() if (block := points.block(name))] if points else []
    return frozenset(place for place in _ALL if _holds(root, blocks, place))


def _holds(root: Fields, points: Iterable[Fields], place: str) -> bool:
    path, _, name = place.rpartition(".")
    if path == _POINT:
        return any(name in point.names() for point in points)
    block = _at(root, path)
    return block is not None and name in block.names()


def _at(root: Fields, path: str) -> Fields | None:
    block: Fields | None = root
    for name in path.split("."):
        block = block.block(name) if block else None
    return block


def _known(dialect: Dialect) -> frozenset[str]:
    """Where the spec keeps what another keeps elsewhere."""
    places = (dialect.state_etag, dialect.updating, dialect.mode, dialect.operational, dialect.make, dialect.model)
    return frozenset(filter(None, (*places, dialect.software, f"{_POINT}.{dialect.value_state}")))


_KNOWN: Mapping[Spec, frozenset[str]] = {spec: _known(dialect) for spec, dialect in DIALECTS.items()}
_ALL = frozenset[str]().union(*_KNOWN.values())
