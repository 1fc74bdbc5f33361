"""The pure simulated device: no broker, no codec, no loop. Configs a second apart, so that each brings a state."""

from collections.abc import Callable, Iterator, Sequence

from benchmarks.figure import Figure
from benchmarks.rate import per_second
from harness.driving.counterpart import Counterpart, Manner
from harness.machine import Publish
from harness.profile import Setting
from harness.wire.codec import codec_of
from harness.wire.spec import Spec
from harness.wire.udmi import Config, State
from simulator.device import Device
from simulator.identity import Identity
from simulator.points import Point, Writable

_BIRTHDAY = 1_767_225_600.0  # any time will do
_AIMS = {10: 20_000, 150: 5_000}  # configs per second by number of points


def figures() -> Iterator[Figure]:
    """The cloud that changes one point at a time and wants the others still; and the one that changes all of them."""
    for points, aim in _AIMS.items():
        usual, worst = _configs_per_second(points, changing=1), _configs_per_second(points, changing=points)
        yield Figure(f"pure device, {points} points, one changes", f"{usual:,.0f} configs/s", f"{aim:,}")
        yield Figure(
            f"pure device, {points} points, all change",
            f"{worst:,.0f} configs/s ({usual / worst:.1f} times as long)",
        )


def _configs_per_second(points: int, changing: int) -> float:
    configs = _configs(points, changing, count=60_000 // points)

    def prepare() -> Callable[[], None]:
        device = _device(points)
        return lambda: _feed(device, configs)

    return per_second(len(configs), prepare)


def _feed(device: Device, configs: Sequence[Config]) -> None:
    for second, config in enumerate(configs):
        device.receive(config, _BIRTHDAY + second)


def _device(points: int) -> Device:
    return Device(Identity("bench"), [Point(name, 0.0, Writable(), units="Percent") for name in _names(points)])


def _configs(points: int, changing: int, count: int) -> Sequence[Config]:
    """The first writes to every point. Each rests on the state that answers the one before: a twin supplies it."""
    cloud, twin, names = Counterpart(_names(points), codec_of(Spec.UDMI_1_5)), _device(points), _names(points)
    cloud.want(Setting(name, -1.0, "first") for name in names)
    configs = []
    for second in range(count):
        for offset in range(changing):
            cloud.want([Setting(names[(second + offset) % points], float(second), "next")])
        configs.append(cloud.compose(_BIRTHDAY + second, Manner()))
        effects = twin.receive(configs[-1], _BIRTHDAY + second)
        cloud.hear(next(e.message for e in effects if isinstance(e, Publish) and isinstance(e.message, State)))
    return configs


def _names(points: int) -> Sequence[str]:
    return [f"point_{number}" for number in range(points)]
