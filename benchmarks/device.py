"""The pure simulated device: no broker, no codec, no loop. Configs a second apart, so that each brings a state."""

import json
from collections.abc import Callable, Iterator, Sequence

from benchmarks.figure import Figure
from benchmarks.rate import per_second
from harness.protocols.udmi.driving.counterpart import Counterpart, Manner
from harness.protocols.udmi.profile import Setting
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.messages import Config, State
from harness.protocols.udmi.words.spec import Spec
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import SimulatedPoint, Writable
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.message_machine import SendMessage

_BIRTHDAY = 1_767_225_600.0  # any time will do
_AIMS = {10: 20_000, 150: 5_000}  # configs per second by number of points, on a quiet machine
_TIMES = {10: 4.5, 150: 3.2}  # as long as the plain loop, by number of points, on any machine


def figures() -> Iterator[Figure]:
    """The cloud that changes one point at a time and wants the others still; and the one that changes all of them.

    Beside it the least that any device does with the same messages: to read the config, and to write the state.
    """
    for points, aim in _AIMS.items():
        usual, worst = _configs_per_second(points, changing=1), _configs_per_second(points, changing=points)
        plain = _plain_json_per_second(points)
        yield Figure(f"json.loads and json.dumps alone, {points} points", f"{plain:,.0f} configs/s")
        yield Figure(
            f"pure device, {points} points, one changes",
            f"{usual:,.0f} configs/s ({plain / usual:.1f} times as long)",
            f"{aim:,}; {_TIMES[points]} times",
        )
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


def _plain_json_per_second(points: int) -> float:
    codec, device = codec_of(Spec.UDMI_1_5), _device(points)
    configs = [codec.encode(config) for config in _configs(points, changing=1, count=6_000 // points)]
    device.receive(codec.decode_config(configs[0]), _BIRTHDAY)
    said = device.receive(codec.decode_config(configs[0]), _BIRTHDAY + 10)
    state = next(json.loads(codec.encode(e.message)) for e in said if isinstance(e, SendMessage))

    def read_and_write() -> None:
        for config in configs:
            json.loads(config)
            json.dumps(state)

    return per_second(len(configs), lambda: read_and_write)


def _feed(device: SimulatedDevice, configs: Sequence[Config]) -> None:
    for second, config in enumerate(configs):
        device.receive(config, _BIRTHDAY + second)


def _device(points: int) -> SimulatedDevice:
    return SimulatedDevice(
        DeviceIdentity("bench"), [SimulatedPoint(name, 0.0, Writable(), units="Percent") for name in _names(points)]
    )


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
        cloud.hear(next(e.message for e in effects if isinstance(e, SendMessage) and isinstance(e.message, State)))
    return configs


def _names(points: int) -> Sequence[str]:
    return [f"point_{number}" for number in range(points)]
