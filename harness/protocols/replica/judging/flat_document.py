"""A replica document as the suites think of it: a map of path to leaf. Pure.

It shares nothing with the document of the simulated service, which merges trees: a fault in one is no fault in both.
A leaf is a scalar, a whole array, or an object without fields. A path is inside another when it begins with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from harness.payload.values import JSON

Path: TypeAlias = tuple[str, ...]
Leaves: TypeAlias = Mapping[Path, JSON]


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """`version`: how many updates it has seen, before it was deleted too."""

    desired: Leaves = field(default_factory=dict)
    reported: Leaves = field(default_factory=dict)
    version: int = 0

    def after(self, state: Mapping[str, Mapping[str, JSON] | None] | None) -> "FlatDocument":
        """The document after an update that was accepted; `state` as in its request."""
        patch = {"desired": None, "reported": None} if state is None else state
        return FlatDocument(
            _patched(self.desired, patch["desired"]) if "desired" in patch else self.desired,
            _patched(self.reported, patch["reported"]) if "reported" in patch else self.reported,
            self.version + 1,
        )

    @property
    def delta(self) -> Leaves:
        """The desired leaves that are not reported so."""
        return {path: leaf for path, leaf in self.desired.items() if not _holds(self.reported, path, leaf)}


def flat(content: Mapping[str, JSON]) -> Leaves:
    """The leaves of an object; none of one without fields."""
    return dict(_leaves((), dict(content)))


def is_leaf_for_leaf(one: Leaves, other: Leaves) -> bool:
    """Whether both have the same leaves at the same paths: true is not 1, and 1.0 is 1."""
    return one.keys() == other.keys() and all(_spelt(leaf) == _spelt(other[path]) for path, leaf in one.items())


def _patched(leaves: Leaves, patch: Mapping[str, JSON] | None) -> Leaves:
    if patch is None:
        return {}
    new = dict(leaves)
    for path, leaf in _orders((), patch):
        if path in new and leaf is not None and leaf != {}:  # where there is a leaf, none is above it or inside
            del new[path]
            new[path] = leaf
            continue
        above = [path[:length] for length in range(1, len(path))]
        replaced = [old for old in new if old in above or old[: len(path)] == path]
        keeps_all_inside = leaf == {} and any(len(old) > len(path) for old in replaced)
        for old in replaced:
            if old in above or not keeps_all_inside:
                del new[old]
        if leaf is not None and not keeps_all_inside:
            new[path] = leaf
        for outer in reversed(above):
            if not any(old[: len(outer)] == outer for old in new):
                new[outer] = {}
    return new


def _orders(path: Path, patch: Mapping[str, JSON]) -> Iterator[tuple[Path, JSON]]:
    """Each path that a patch names, with its new leaf; None: it is to go."""
    for name, value in patch.items():
        here = (*path, name)
        if isinstance(value, dict) and value:
            yield from _orders(here, value)
        else:
            yield here, value


def _leaves(path: Path, value: JSON) -> Iterator[tuple[Path, JSON]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves((*path, name), inner)
    elif path:
        yield path, value


def _holds(leaves: Leaves, path: Path, leaf: JSON) -> bool:
    if leaf == {}:  # any object will do: it asks for no field in it
        return leaves.get(path) == {} or any(len(other) > len(path) and other[: len(path)] == path for other in leaves)
    return path in leaves and _spelt(leaves[path]) == _spelt(leaf)


def _spelt(value: JSON) -> object:
    """The value so that Python compares it as JSON does: true is not 1."""
    if isinstance(value, bool):
        return str(value), bool
    if isinstance(value, list):
        return [_spelt(item) for item in value]
    if isinstance(value, dict):
        return {name: _spelt(item) for name, item in value.items()}
    return value
