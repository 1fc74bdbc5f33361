"""A device's own description: the properties that it reported, and what a component wanted of them. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile, ValueKind, fits
from harness.protocols.replica.judging.flat_document import Path, flat
from harness.protocols.replica.words.content import Object, levels_of, object_at, object_in
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from harness.record.kinds import Received, Record

MOST = 1000  # properties; who reports more is not drafted to the end
_MOST_VALUES = 8  # of one property that are kept
_DEEPEST = 60  # levels of a message that are looked at


@dataclass
class DescribedProperty:
    """`shown`: the values that it was reported with, the latest last; `wanted`: those that a component desired."""

    shown: list[JSON] = field(default_factory=list)
    wanted: list[JSON] = field(default_factory=list)

    @property
    def kind(self) -> ValueKind | None:
        """The narrowest type that all its values are of; None: there is none."""
        return next((kind for kind in ValueKind if all(fits(kind, value) for value in self.shown)), None)

    @property
    def taken(self) -> Sequence[JSON]:
        """The values that were desired, and reported as well: it does take them."""
        wanted = {_spelt(value) for value in self.wanted}
        return [value for value in self.shown if _spelt(value) in wanted]


@dataclass
class DeviceDescription:
    """Filled by every message. `requests`: how many of the device's own; `has_more`: properties than are kept."""

    properties: dict[Path, DescribedProperty] = field(default_factory=dict)
    requests: int = 0
    has_more: bool = False
    left_out: dict[Path, str] = field(default_factory=dict)

    def reports(self, section: Mapping[str, JSON]) -> None:
        """Take in a `reported`, or a part of one."""
        for path, leaf in flat(section).items():
            if (described := self._property(path, leaf)) is not None:
                _remember(described.shown, leaf)

    def wants(self, section: Mapping[str, JSON]) -> None:
        """Take in a `desired`, or a part of one: it tells nothing of what there is."""
        for path, leaf in flat(section).items():
            if path in self.properties:
                _remember(self.properties[path].wanted, leaf)

    def _property(self, path: Path, leaf: JSON) -> DescribedProperty | None:
        if leaf is None:
            return None
        if leaf == {}:
            if path not in self.properties:
                self.left_out[path] = "an object without fields"
            return None
        self.left_out.pop(path, None)
        if path not in self.properties and len(self.properties) >= MOST:
            self.has_more = True
            return None
        return self.properties.setdefault(path, DescribedProperty())


def described_by(records: Iterable[Record], profile: DeviceProfile) -> DeviceDescription:
    """All that the device said, and a replica of it. What is retained may be of long ago, and counts for nothing."""
    description = DeviceDescription()
    heard = [one for one in records if isinstance(one, Received) and not one.retain]
    description.requests = sum(one.topic in profile.outboxes for one in heard)
    sections = [*_sections(heard, profile)]
    for name, take in (("reported", description.reports), ("desired", description.wants)):
        for state in sections:
            if (section := object_at(state, name)) is not None:
                take(section)
    return description


def _sections(heard: Sequence[Received], profile: DeviceProfile) -> Iterator[Object]:
    """The `state` of everything that tells of a whole document, or of an update to it."""
    of_it = {profile.topic(Operation.UPDATE), profile.topic(Operation.GET, AnswerLevel.ACCEPTED)}
    for one in heard:
        content = object_in(one.payload) if one.topic in of_it else None
        state = object_at(content, "state")
        if state is not None and levels_of(state) <= _DEEPEST:
            yield state


def _remember(values: list[JSON], value: JSON) -> None:
    """As the latest; of many, the first is kept, and the last ones."""
    spelt = _spelt(value)
    values[:] = [one for one in values if _spelt(one) != spelt]
    values.append(value)
    del values[1:-_MOST_VALUES]


def _spelt(value: JSON) -> str:
    return json.dumps(value, sort_keys=True)
