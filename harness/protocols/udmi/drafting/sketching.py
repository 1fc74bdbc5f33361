"""From what is known of a device to the draft of its profile."""

from harness.files.schema import problem
from harness.protocols.udmi.drafting.device_description import MOST, DeviceDescription
from harness.protocols.udmi.drafting.draft import Draft, Sketch
from harness.protocols.udmi.profile import Point, PointKind
from harness.protocols.udmi.site_model.declaring import SiteDeclaration, wiring_of
from harness.text import printable

_CHECK = (
    "Drafted: go through every line. What is guessed is undecided until it is confirmed. As long as good is empty, "
    "nothing is ever written to a point."
)

_POINTLESS = "It has no points: what concerns them is not asked."


def sketch_of_heard(heard: DeviceDescription, device: str, topics: str, source: str) -> Draft:
    """The sketch of the device's own description. A point whose name no profile can hold becomes a remark."""
    named = {name: point for name, point in heard.points.items() if _is_name(name)}
    refused = [printable(name) for name in heard.points if name not in named]
    missing = []
    if not heard.states:
        missing.append("It sent no state: units and identity are missing here.")
    if not heard.telemetries:
        missing.append("It sent no telemetry: what its points show is missing here.")
    if heard.has_more:
        missing.append(f"It has more points than the {MOST} here.")
    left_out = [f"Left out, as UDMI has no such name of a point: {name}" for name in refused]
    sketches = [
        Sketch(Point(name, PointKind.READ_ONLY, (), units=point.units), point.shows) for name, point in named.items()
    ]
    heading = [f"{device}, by what it said at {source}.", _CHECK]
    if not sketches:
        missing = [_POINTLESS]
    return Draft(
        device, topics, [*heading, *missing, *left_out], sketches, heard.nameplate, heard.wiring, is_heard=True
    )


def sketch_of_declaration(declaration: SiteDeclaration, topics: str, source: str) -> Draft:
    """The sketch of its metadata. Where that gives no value to write, the engineer may."""
    metadata = declaration.metadata
    sketches = [
        Sketch(entry.point, metadata.points[entry.point.name].baseline, _is_guess(entry.point), entry.remarks)
        for entry in declaration.points
    ]
    registry = []
    if metadata.registry is not None:
        registry.append(f'On a broker that keeps registries apart: topics = "/r/{metadata.registry}/d/{{id}}"')
    pointless = [] if sketches else [_POINTLESS]
    remarks = [f"{metadata.id}, by {source}.", _CHECK, *registry, *pointless, *declaration.remarks]
    return Draft(metadata.id, topics, remarks, sketches, metadata.nameplate, wiring_of(metadata))


def _is_guess(point: Point) -> bool:
    """Metadata says that a point can be written, and without a target not how it takes it."""
    return point.kind is PointKind.WRITABLE and not point.good


def _is_name(name: str) -> bool:
    return problem({"id": "x", "points": {name: {"kind": "read_only", "good": []}}}, "udmi/schemas/profile") is None
