"""A profile's draft: TOML that can be read as it stands, and that sets nothing which nobody has checked. Pure."""

import json
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from harness.errors import UsageError
from harness.files.schema import problem
from harness.files.toml_writing import comment, content, key, value
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import ValueKind
from harness.protocols.replica.device_profile_file import SCHEMA, DeviceProfileFile
from harness.protocols.replica.drafting.device_description import MOST, DescribedProperty, DeviceDescription
from harness.protocols.replica.judging.flat_document import Path
from harness.protocols.replica.words.topics import Scheme
from harness.text import counted, printable, shortened

_CHECK = "Drafted: go through every line. As long as no property has the line `good`, nothing is ever set."
_LONGEST = 60  # characters of a value in a comment
_MOST_TOLD = 20  # properties that are left out, told one by one
_INTEGERS = 2**63  # TOML's end there


@dataclass(frozen=True, slots=True)
class DeviceDraft:
    """`source`: where it was heard, in words."""

    device: str
    scheme: Scheme
    source: str
    properties: Mapping[str, DescribedProperty]
    left_out: Mapping[Path, str] = field(default_factory=dict)
    has_more: bool = False

    def text(self, path: FilePath) -> str:
        """The text of the file, read back once. Raises UsageError where it is no profile."""
        bodies = (line for name, one in self.properties.items() for line in _property(name, one))
        text = "\n".join([*self._head(), *bodies, *_TAIL]) + "\n"
        DeviceProfileFile.parse(text, path)
        return text

    @property
    def summary(self) -> str:
        """The extent of it, in words that stand behind the name of the file."""
        return f"has {counted(len(self.properties), 'property', 'properties')}; go through every line"

    def _head(self) -> Iterator[str]:
        yield comment(f"{self.device}, by what it reported at {self.source}.")
        yield comment(_CHECK)
        if self.has_more:
            yield comment(f"It reports more properties than the {MOST} here.")
        told = [*self.left_out.items()]
        for place, why in told[:_MOST_TOLD]:
            yield comment(f"Left out, {why}: {' / '.join(place)}")
        if len(told) > _MOST_TOLD:
            yield comment(f"Left out as well: {len(told) - _MOST_TOLD} more")
        yield f"id = {value(self.device)}"
        if self.scheme is not Scheme.SEED:
            yield f"scheme = {value(self.scheme)}"
        yield "network_allowance = 1.0  # seconds that a message may be on its way"


def draft_of(description: DeviceDescription, device: str, scheme: Scheme, source: str) -> DeviceDraft:
    """The draft of what a device reported. Raises UsageError where no profile can hold any of it."""
    left_out, properties = dict(description.left_out), dict[str, DescribedProperty]()
    for place, described in description.properties.items():
        if (why := _no_property(place, described, description)) is not None:
            left_out[place] = why
        else:
            properties[".".join(place)] = described
    if not properties:
        told = [f"{printable(' / '.join(place), _LONGEST)} ({why})" for place, why in left_out.items()][:3]
        found = f"no profile can hold what it does: {'; '.join(told)}" if told else "and what it did was empty"
        raise UsageError(f"{device} reported no property at {source}, {found}")
    return DeviceDraft(device, scheme, source, properties, left_out, description.has_more)


def _no_property(place: Path, described: DescribedProperty, all_of_them: DeviceDescription) -> str | None:
    """The reason why a profile cannot hold it, in words behind "left out,"; None: it can."""
    if any("." in part for part in place):
        return "as a dot in a name cannot be told from a path"
    if problem({"id": "x", "properties": {".".join(place): {"type": "string"}}}, SCHEMA):
        return "as a profile has names of letters, digits, - and _ alone"
    if any(place[:length] in all_of_them.properties for length in range(1, len(place))):
        return "as what it lies in is reported as a value too"
    if described.kind is None:
        return "as its values are of several types"
    return None


def _property(name: str, described: DescribedProperty) -> Iterator[str]:
    kind = described.kind
    assert kind is not None  # noqa: S101 - others were left out
    yield ""
    yield f"[properties.{key(name)}]"
    yield f"type = {value(kind)}{_TO_CHECK.get(kind, '')}"
    taken = [one for one in described.taken if _is_spellable(one)]
    shows = f"it reports {shortened(content(described.shown[-1]), _LONGEST)}"
    if len(taken) > 1:
        yield f"good = {content([taken[-1], *taken[:-1]])}  # was desired and reported; check that all are safe to set"
    else:
        yield f"# good = {_two(described)}  # check: two values that are safe to set; {printable(shows)}"
    yield f"# impossible = {content(_IMPOSSIBLE[kind])}  # check: a value that it must not take"
    if not taken:
        yield "# read_only = true  # if nobody but the device changes it"


def _two(described: DescribedProperty) -> str:
    """Two values to think about, the latest first: the device is brought back to that one."""
    shown = [one for one in reversed(described.shown) if _is_spellable(one) and len(content(one)) <= _LONGEST][:2]
    last = shown[0] if shown else None
    other: JSON = None
    match last:
        case bool():
            other = not last
        case int() | float():
            other = last + 1
    several = shown if len(shown) > 1 or other is None or not _is_spellable(other) else [*shown, other]
    told = [content(one) for one in several]
    return f"[{', '.join([*told, *['…'] * (2 - len(told))])}]"


def _is_spellable(raw: JSON) -> bool:
    """Whether TOML, read back, says the same: it has no null, no half a character, and no number without end."""
    if not all(map(_is_held, _scalars(raw))):
        return False
    return json.dumps(tomllib.loads(f"it = {content(raw)}")["it"]) == json.dumps(raw)


def _is_held(raw: JSON) -> bool:
    match raw:
        case bool() | str():
            return True
        case int():
            return -_INTEGERS <= raw < _INTEGERS
        case float():
            return math.isfinite(raw)
        case _:
            return raw is not None


def _scalars(raw: JSON) -> Iterator[JSON]:
    waiting: list[JSON] = [raw]
    while waiting:
        match waiting.pop():
            case dict() as inner:
                waiting += inner.values()
            case list() as items:
                waiting += items
            case scalar:
                yield scalar


_TO_CHECK = {ValueKind.INTEGER: '  # check: "number", if it may have a fraction'}
_IMPOSSIBLE: Mapping[ValueKind, JSON] = {
    ValueKind.BOOLEAN: "bright",
    ValueKind.INTEGER: 1_000_000,
    ValueKind.NUMBER: 1_000_000.5,
    ValueKind.STRING: "no-such-word",
    ValueKind.ARRAY: "no-array",
}
_TAIL: Sequence[str] = (
    "",
    "# A property that counts how often another is executed, which no message tells of:",
    '# read_only = true, and counts = "…", the name of the other',
    "",
    "# How conditions are brought about on the device, each by one of command, http and ask:",
    "# [provocations]",
    '# restart = { ask = "Switch the device off and on" }',
    '# change = { command = ["bench", "turn", "{property}", "{value}"] }  # on the device itself',
    "",
    "# Limits that it stretches, where no source sets one, in seconds; suites/replica/device/limits.py has them:",
    "# [limits]",
    "# in_time = 20  # for the report of a change; 10 by default",
)
