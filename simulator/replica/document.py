"""One replica document: desired, reported, their metadata, and a version. Pure; nothing is changed in place."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from simulator.replica.merge import Object, difference, merged
from simulator.replica.rejection import Rejection
from simulator.replica.requests import TOO_LARGE, Limits, UpdateRequest
from simulator.replica.stamps import part_of, stamped


@dataclass(frozen=True, slots=True)
class Section:
    """Desired or reported, and when each value in it was last updated."""

    state: Object
    metadata: Object


@dataclass(frozen=True, slots=True)
class Document:
    """A section that is empty is None. `version`: 0 before the first update; one that was deleted keeps its own."""

    desired: Section | None = None
    reported: Section | None = None
    version: int = 0
    exists: bool = False

    @property
    def state(self) -> Object:
        """The sections that there are, by name."""
        return {name: section.state for name, section in self._sections()}

    @property
    def metadata(self) -> Object:
        """The metadata of these sections, by name."""
        return {name: section.metadata for name, section in self._sections()}

    @property
    def delta(self) -> Object:
        """The fields that a device is to change: those of desired that reported lacks, or has otherwise."""
        if self.desired is None:
            return {}
        return difference(self.desired.state, self.reported.state if self.reported else {})

    def metadata_of_delta(self, delta: Object) -> Object:
        """When the values in that delta were desired."""
        return cast("Object", part_of(self.desired.metadata, delta)) if self.desired else {}

    def _sections(self) -> Iterator[tuple[str, Section]]:
        for name, section in (("desired", self.desired), ("reported", self.reported)):
            if section is not None:
                yield name, section


@dataclass(frozen=True, slots=True)
class Updated:
    """A document after an update, and the metadata of the fields that the request named."""

    document: Document
    touched: Object


def updated(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
    """Apply a request at `now` (Unix seconds). Raises Rejection: another version (409), or too large (413)."""
    if request.version is not None and request.version != old.version:
        raise Rejection(409, "Version conflict")
    time = int(now)
    desired = _section_after(old.desired, request, "desired", time)
    reported = _section_after(old.reported, request, "reported", time)
    new = Document(desired, reported, old.version + 1, exists=True)
    if sum(map(_size, new.state.values())) > limits.size:
        raise Rejection(*TOO_LARGE)
    return Updated(new, _touched(new, request, time))


def deleted(old: Document) -> Document:
    """Nothing is left but the version, from which the next document goes on."""
    return Document(version=old.version)


def _section_after(old: Section | None, request: UpdateRequest, name: str, time: int) -> Section | None:
    if request.state is None:
        return None
    if name not in request.state:
        return old
    patch = request.state[name]
    if patch is None:
        return None
    state = cast("Object", merged(old.state if old else None, patch))
    metadata = cast("Object", stamped(old.metadata if old else None, patch, time))
    return Section(state, metadata) if state else None


def _touched(new: Document, request: UpdateRequest, time: int) -> Object:
    if request.state is None:
        return {"timestamp": time}
    metadata = new.metadata
    return {name: part_of(metadata[name], patch) for name, patch in request.state.items() if patch and name in metadata}


def _size(section: object) -> int:
    """Bytes of compact JSON, UTF-8."""
    return len(json.dumps(section, separators=(",", ":"), ensure_ascii=False).encode())
