"""A profile's draft: TOML that can be read as it stands, and that writes nothing which nobody has checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.files.toml_writing import array, comment, content, key, table, value
from harness.payload.values import Value
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.profile import Point, PointKind
from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.text import counted


@dataclass(frozen=True, slots=True)
class Sketch:
    """The facts that are known of one point. `doubts`: what the engineer should know, above the point.

    `is_guessed`: the kind is; as long as nobody has confirmed it, nothing that leans on it is decided.
    """

    point: Point
    shows: Value | None = None
    is_guessed: bool = True
    doubts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """`remarks`: on the device as a whole; each becomes a line of its own at the top.

    `is_heard`: what stands on the device is what it says itself, which proves nothing of it.
    """

    device: str
    topics: str
    remarks: Sequence[str]
    sketches: Sequence[Sketch]
    nameplate: Nameplate = field(default_factory=Nameplate)
    wiring: SitePlacement = field(default_factory=SitePlacement)
    is_heard: bool = False

    @property
    def summary(self) -> str:
        """The extent of it, in words that stand behind the name of the file."""
        return f"has {counted(len(self.sketches), 'point')}; go through every line"

    def text(self, path: Path) -> str:
        """The text of the file, read back once. Raises UsageError where it is no profile."""
        points = (line for sketch in self.sketches for line in _point(sketch, self.wiring.refs.get(sketch.point.name)))
        text = "\n".join([*self._head(), *points, *_TAIL]) + "\n"
        ProfileFile.parse(text, path)
        return text

    def _head(self) -> Iterator[str]:
        yield from (comment(remark) for remark in self.remarks)
        yield f"id = {value(self.device)}"
        yield f"topics = {value(self.topics)}"
        yield "network_allowance = 1.0  # seconds that a message may be on its way"
        yield "# time_to_failure = 60  # seconds after which a write that does not settle is a failure, if documented"
        yield from _nameplate(self.nameplate, is_heard=self.is_heard, has_points=bool(self.sketches))
        yield from _wiring(self.wiring)


def _nameplate(plate: Nameplate, *, is_heard: bool, has_points: bool) -> Iterator[str]:
    yield ""
    yield "# check: what stands on the device; a state that says otherwise breaks a clause"
    filled_in = [*(line for line in _PLATE if getattr(plate, line)), *([] if has_points else ["points"])]
    if is_heard and filled_in:
        yield f"guessed = {array(filled_in)}{_TO_CONFIRM}"
    for name, text in (("make", plate.make), ("model", plate.model), ("serial_no", plate.serial_no)):
        yield f"{name} = {value(text)}" if text else f'# {name} = "…"'
    yield f"software = {table(plate.software)}" if plate.software else '# software = { firmware = "…" }'
    if plate.addresses:
        yield f"addresses = {table(plate.addresses)}"
    else:
        yield '# addresses = { ether = "…", ipv4 = "…", ipv6 = "…" }'


def _wiring(wiring: SitePlacement) -> Iterator[str]:
    blocks = {"localnet": wiring.localnet, "gateway": wiring.gateway}
    tables = {f"{name}.{key(part)}": raw for name, block in blocks.items() for part, raw in block.items()}
    if tables:
        yield ""
        yield "# what every config says of its place in the site"
        yield from (f"{name} = {content(raw)}" for name, raw in tables.items())


def _point(sketch: Sketch, ref: str | None) -> Iterator[str]:
    point = sketch.point
    yield ""
    yield f"[points.{key(point.name)}]"
    yield from (comment(doubt) for doubt in sketch.doubts)
    yield f"kind = {value(point.kind)}{_GUESSED if sketch.is_guessed else ''}"
    if sketch.is_guessed:
        yield f"guessed = {array(['kind'])}{_TO_CONFIRM}"
    if ref is not None:
        yield f"ref = {value(ref)}"
    if point.units is not None:
        yield f"units = {value(point.units)}"
    if point.good:
        yield f"good = {array(point.good)}"
    else:
        yield f"good = []  # check: {_suggestion(sketch.shows)}"
    takes_writes = sketch.is_guessed or point.kind is PointKind.WRITABLE
    yield from _bad("out_of_range", point.out_of_range, _beyond(sketch) if takes_writes else None)
    yield from _bad("wrong_type", point.wrong_type, _mistyped(sketch) if takes_writes else None)


def _bad(line: str, given: Value | None, suggested: Value | None) -> Iterator[str]:
    if given is not None:
        yield f"{line} = {value(given)}"
    elif suggested is not None:
        yield f"# {line} = {value(suggested)}  # check: a value that it must refuse"


def _suggestion(shows: Value | None) -> str:
    """Values to think about; nothing is written before the engineer has entered some."""
    if shows is None:
        return "it showed no value; enter two that are safe to write"
    now = f"it shows {value(shows)[:_BRIEF]}"
    match shows:
        case bool():
            return f"{now}; if it is safe to write, enter {array([not shows])}"
        case str():
            return f"{now}; enter others of its words that are safe to write"
        case _:
            return f"{now}; enter two others that are safe to write, such as {array([shows + 1, shows + 2])}"


def _beyond(sketch: Sketch) -> Value | None:
    known = _known(sketch)
    return None if isinstance(known, bool | str) or known is None else 1_000_000


def _mistyped(sketch: Sketch) -> Value:
    return True if isinstance(_known(sketch), str) else "warm"


def _known(sketch: Sketch) -> Value | None:
    return sketch.point.good[0] if sketch.point.good else sketch.shows


_BRIEF = 60
_PLATE = ("make", "model", "serial_no", "software", "addresses")
_TO_CONFIRM = "  # take this out once it is right, or: setpoint profile --confirm FILE"
_GUESSED = "  # drafted: say writable, slow, stuck, overridden or faulty if it is"
_TAIL = (
    "",
    "# How conditions are brought about on the device, each by one of command, http and ask:",
    "# [provocations]",
    '# override = { ask = "Switch {point} to hand on the device" }',
    '# release = { ask = "Switch {point} back to automatic" }',
    '# break = { command = ["bench", "unplug", "{point}"] }',
    '# mend = { command = ["bench", "plug", "{point}"] }',
    '# restart = { ask = "Switch the device off and on" }',
    '# change_units = { http = "http://bench/devices/{id}/points/{point}/units", body = { units = "{units}" } }',
    '# move = { command = ["bench", "show", "{point}", "{value}"] }  # to its moves = [20.0, 22.5, 26.0]',
)
