"""From what is known of a device to the draft of its profile."""

from harness.drafting.draft import Draft, Sketch
from harness.drafting.heard import MOST, Heard
from harness.profile import Kind, Point
from harness.schema import problem
from harness.udmi_model.declaring import Declaration
from harness.wire.reader import printable

_CHECK = "Drafted: go through every line. As long as good is empty, nothing is ever written to a point."


def sketch_of_heard(heard: Heard, device: str, topics: str, source: str) -> Draft:
    """What it said of itself. A point whose name no profile can hold is left out, and a line says so."""
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
        Sketch(Point(name, Kind.READ_ONLY, (), units=point.units), point.shows) for name, point in named.items()
    ]
    heading = [f"{device}, by what it said at {source}.", _CHECK]
    return Draft(device, topics, [*heading, *missing, *left_out], sketches, heard.nameplate)


def sketch_of_declaration(declaration: Declaration, topics: str, source: str) -> Draft:
    """What its metadata says. Where that gives no value to write, the engineer may."""
    metadata = declaration.metadata
    sketches = [
        Sketch(entry.point, metadata.points[entry.point.name].baseline, is_guessed=False, doubts=entry.remarks)
        for entry in declaration.points
    ]
    registry = []
    if metadata.registry is not None:
        registry.append(f'On a broker that keeps registries apart: topics = "/r/{metadata.registry}/d/{{id}}"')
    heading = [f"{metadata.id}, by {source}.", _CHECK, *registry]
    return Draft(metadata.id, topics, [*heading, *declaration.remarks], sketches, metadata.nameplate)


def _is_name(name: str) -> bool:
    return problem({"id": "x", "points": {name: {"kind": "read_only", "good": []}}}, "profile") is None
