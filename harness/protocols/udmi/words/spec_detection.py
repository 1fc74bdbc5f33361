"""Detects the spec of a device by the places of the fields in its states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.payload.fields import Fields, read_object
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS, FieldLayout
from harness.protocols.udmi.words.spec import Spec

_POINT = "pointset.points.*"
_MOST = 3  # places that are named


@dataclass(frozen=True, slots=True)
class DetectedSpec:
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


def detected_spec(asked: Spec, states: Iterable[bytes]) -> DetectedSpec | None:
    """The spec that explains more of what the states hold than the one that was asked for; None if that does best.

    Two specs that explain as much are told apart by an etag: a state that has none speaks the one that knows none.
    """
    found = frozenset[str]().union(*(_places(state) for state in states))
    if not found:
        return None
    best = max(FIELD_LAYOUTS.values(), key=lambda layout: _fits(layout, found))
    known = found & _KNOWN[asked]
    if len(found & _KNOWN[best.spec]) <= len(known):
        return None
    foreign = sorted((found & _KNOWN[best.spec]) - known, key=lambda place: (place != best.state_etag, place))
    return DetectedSpec(best.spec, asked, tuple(foreign))


def _fits(layout: FieldLayout, found: frozenset[str]) -> tuple[int, bool]:
    return len(found & _KNOWN[layout.spec]), layout.state_etag is None or layout.state_etag in found


def _places(payload: bytes) -> frozenset[str]:
    """Those places of any spec that are there."""
    root = read_object(payload, [])
    points = _at(root, "pointset.points")
    of_points = points.names_within() if points else frozenset[str]()
    return frozenset(place for place in _ALL if _holds(root, of_points, place))


def _holds(root: Fields, of_points: frozenset[str], place: str) -> bool:
    path, _, name = place.rpartition(".")
    if path == _POINT:
        return name in of_points
    block = _at(root, path)
    return block is not None and name in block.names()


def _at(root: Fields, path: str) -> Fields | None:
    block: Fields | None = root
    for name in path.split("."):
        block = block.block(name) if block else None
    return block


def _known(layout: FieldLayout) -> frozenset[str]:
    """The fields that the spec has in a place of its own."""
    places = (layout.state_etag, layout.updating, layout.mode, layout.operational, layout.make, layout.model)
    return frozenset(filter(None, (*places, layout.software, f"{_POINT}.{layout.value_state}")))


_KNOWN: Mapping[Spec, frozenset[str]] = {spec: _known(layout) for spec, layout in FIELD_LAYOUTS.items()}
_ALL = frozenset[str]().union(*_KNOWN.values())
