"""Other devices than the air handling unit: few points or many, of few kinds, under other names."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import cycle, islice

from harness.payload.values import JSON, Value
from harness.protocols.udmi import profile
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.words.site_placement import SitePlacement
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.points import Behaviour, ReadOnly, SimulatedPoint, Writable
from simulator.udmi.rules import PointRules
from simulator.udmi.variations.variation import Remake, quirk


def only(*kinds: PointKind, most: int) -> Remake:
    """With so many of its points of each kind at most, and of these kinds alone."""

    def remade(file: DeviceFile) -> DeviceFile:
        kept = {point.name for kind in kinds for point in _of(file, kind)[:most]}
        return _keeping(file, lambda name: name in kept)

    return remade


def _of(file: DeviceFile, kind: PointKind) -> list[profile.Point]:
    return [point for point in file.profile.points.values() if point.kind is kind]


def _keeping(file: DeviceFile, keeps: Callable[[str], bool]) -> DeviceFile:
    declared = {name: point for name, point in file.profile.points.items() if keeps(name)}
    points = tuple(point for point in file.points if keeps(point.name))
    return replace(file, points=points, profile=replace(file.profile, points=declared))


def _with_many(count: int) -> Remake:
    """With so many points in all, most of them like sensors, and every fourth to be written."""

    def remade(file: DeviceFile) -> DeviceFile:
        more = count - len(file.points)
        kinds: Iterable[Behaviour] = islice(cycle((ReadOnly(), ReadOnly(), ReadOnly(), Writable())), more)
        added = [SimulatedPoint(f"zone_{number}_temperature", 20.0, kind) for number, kind in enumerate(kinds, start=1)]
        declared = {point.name: _declared(point) for point in added}
        points = {**file.profile.points, **declared}
        return replace(file, points=(*file.points, *added), profile=replace(file.profile, points=points))

    return remade


def _declared(point: SimulatedPoint) -> profile.Point:
    is_read_only = isinstance(point.behaviour, ReadOnly)
    return profile.Point(
        point.name, PointKind.READ_ONLY if is_read_only else PointKind.WRITABLE, () if is_read_only else (21.0,)
    )


def _backwards(file: DeviceFile) -> DeviceFile:
    declared = dict(reversed([*file.profile.points.items()]))
    return replace(file, points=file.points[::-1], profile=replace(file.profile, points=declared))


def _called(name: Callable[[str], str]) -> Remake:
    """Its points have other names."""

    def remade(file: DeviceFile) -> DeviceFile:
        declared = {name(old): replace(point, name=name(old)) for old, point in file.profile.points.items()}
        points = tuple(replace(point, name=name(point.name)) for point in file.points)
        return replace(file, points=points, profile=replace(file.profile, points=declared))

    return remade


def _with_id(name: str) -> Remake:
    def remade(file: DeviceFile) -> DeviceFile:
        return replace(file, identity=replace(file.identity, id=name), profile=replace(file.profile, id=name))

    return remade


def _at(topics: str) -> Remake:
    """All its topics begin otherwise."""
    return lambda file: replace(file, profile=replace(file.profile, topics=topics))


def _speaking(base: Value, *good: Value, wrong: Value) -> Remake:
    """All its points hold such values, without limits or units."""

    def remade(file: DeviceFile) -> DeviceFile:
        points = tuple(SimulatedPoint(point.name, base, point.behaviour) for point in file.points)
        declared = {
            name: profile.Point(name, point.kind, good, wrong_type=wrong if point.wrong_type is not None else None)
            for name, point in file.profile.points.items()
        }
        return replace(file, points=points, profile=replace(file.profile, points=declared))

    return remade


def _mapped(file: DeviceFile) -> DeviceFile:
    """Its points stand for resources inside it, and the site has it behind a gateway."""
    refs = {point.name: f"AV{number}" for number, point in enumerate(file.points, start=1)}
    target: dict[str, JSON] = {"family": "bacnet", "addr": "4711"}
    wiring = SitePlacement(refs, {"families": {"ipv4": {}, "bacnet": {}}}, {"target": target})
    points = tuple(replace(point, ref=refs[point.name]) for point in file.points)
    return replace(file, points=points, profile=replace(file.profile, wiring=wiring))


_WANTS_REFS = PointRules(finds=lambda point, config: config.ref == point.ref)


def _documenting_nothing(file: DeviceFile) -> DeviceFile:
    return replace(file, profile=replace(file.profile, time_to_failure=None))


DEVICES = (
    quirk("one-writable-point", device=only(PointKind.WRITABLE, most=1)),
    quirk("one-slow-point", device=only(PointKind.SLOW, most=1)),
    quirk("one-read-only-point", device=only(PointKind.READ_ONLY, most=1)),
    quirk("no-points", device=only(most=0)),
    quirk("two-writable-points", device=only(PointKind.WRITABLE, most=2)),
    quirk("nothing-ever-wrong", device=only(PointKind.WRITABLE, PointKind.READ_ONLY, PointKind.SLOW, most=2)),
    quirk("a-hundred-points", device=_with_many(100)),
    quirk("a-thousand-points", device=_with_many(1000)),
    quirk("points-backwards", device=_backwards),
    quirk("points-with-short-names", device=_called(lambda name: "".join(word[0] for word in name.split("_")))),
    quirk("points-with-long-names", device=_called(lambda name: f"{name}_{'of_the_north_wing_' * 6}1")),
    quirk("points-alike", device=_called(lambda name: f"point_{len(name)}_1")),
    quirk("another-id", device=_with_id("CGW-100200")),
    quirk("at-other-topics", device=_at("/r/ZZ-SITE/d/{id}")),
    quirk("only-texts", device=_speaking("idle", "hand", "auto", wrong=1)),
    quirk("only-odd-texts", device=_speaking("", "21.5", '"\\ \u2028\U0001f600', wrong=True)),
    quirk("only-switches", device=_speaking(False, True, wrong="on")),  # noqa: FBT003 - a value like others
    quirk("only-whole-numbers", device=_speaking(20, 21, 22, wrong="wrong")),
    quirk("only-great-numbers", device=_speaking(0, 9007199254740991, -9007199254740991, wrong="wrong")),
    quirk("only-fractions", device=_speaking(0.1, 0.30000000000000004, 1e-9, wrong="wrong")),
    quirk("wants-the-refs-of-its-points", _WANTS_REFS, device=_mapped),
    quirk("documents-no-time-to-failure", device=_documenting_nothing, about="writeback.failure-after-a-minute"),
)
