"""The device's connection breaks off, is refused, is left alone; and what the device does then. Our own stays."""

from harness.suite import ABSENT, APPLIED, Cloud, Device, Fault, Needs, SystemConfig, scenario
from suites.udmi.scenarios.waits import MINUTE, PATIENCE

__all__ = [
    "duplicate_config",
    "idle_link",
    "lost_link",
    "refused_link",
    "stale_config",
    "wrong_certificate",
]


_BACK = 127  # seconds: two minutes between two tries, and what a try may take
_BACK_AT_LAST = 310  # likewise, of one that leaves more room than it may

_A_FEW = 3  # samples
_HELD_BACK = 2  # seconds: no telemetry is so late that was not kept


@scenario(sample_rate=600, about="connection.backs-off", needs=Needs.OUR_BROKER)
async def refused_link(cloud: Cloud, device: Device) -> None:
    """Whenever the device tries it is told that the server is unavailable: for an hour, or a few times in real time."""
    await cloud.ask(SystemConfig(metrics_rate_sec=0), "no metrics")
    await cloud.until_known(at_most=PATIENCE)
    await device.link.settles()
    await device.link.suffers(Fault.REFUSE, "refused")
    await device.link.refused_for_long()
    await device.link.suffers(Fault.ADMIT, "let in")
    await device.link.until_back(at_most=_BACK_AT_LAST)


@scenario(sample_rate=2, needs=Needs.OUR_BROKER)
async def lost_link(cloud: Cloud, device: Device) -> None:
    """For a few samples the device is not let in; meanwhile a write is taken back."""
    point = device.point("writable")
    before, changed = point.to(point.good[0], "before"), point.unset("changed")

    await cloud.write(before)
    await cloud.until(before, APPLIED, at_most=PATIENCE)
    await cloud.until_sampled(at_most=PATIENCE)
    await cloud.until_sampled(at_most=PATIENCE)  # which may be the same once more, so the next is waited for as well
    await cloud.listen(2.5)

    await device.link.suffers(Fault.REFUSE, "lost")
    await cloud.write(changed)
    await cloud.listen(max(6, _A_FEW * cloud.heard.period))
    await device.link.suffers(Fault.ADMIT, "let in")
    await device.link.until_back(at_most=_BACK)

    await cloud.until(changed, ABSENT, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)
    await cloud.allow_held_back(_HELD_BACK, at_most=MINUTE)  # it may send what is new before what it has kept


@scenario(sample_rate=2, needs=Needs.OUR_BROKER)
async def stale_config(cloud: Cloud, device: Device) -> None:
    """The broker goes away and loses a config; when it is back it has the one before, and the cloud says it again."""
    point = device.point("writable")
    before, changed = point.to(point.good[0], "before"), point.unset("changed")

    await cloud.write(before)
    await cloud.until(before, APPLIED, at_most=PATIENCE)

    await device.link.suffers(Fault.FREEZE, "stale")
    await device.link.suffers(Fault.GO_AWAY, "away")
    await cloud.write(changed)
    await cloud.listen(3)
    await device.link.suffers(Fault.COME_BACK, "listening again")
    await device.link.until_back(at_most=_BACK)
    await cloud.listen(2)
    await device.link.suffers(Fault.THAW, "retained again")
    await cloud.say_again("current")

    await cloud.until(changed, ABSENT, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2, about="connection.duplicate-does-no-harm", needs=Needs.OUR_BROKER)
async def duplicate_config(cloud: Cloud, device: Device) -> None:
    """A config comes a second time, with DUP, as its PUBACK may have been lost; then another one."""
    point = device.point("writable", goods=2)
    first, second = point.to(point.good[0], "first"), point.to(point.good[1], "second")

    await cloud.write(first)
    await cloud.until(first, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    await device.link.suffers(Fault.SEND_AGAIN, "duplicate")
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.write(second)
    await cloud.until(second, APPLIED, at_most=PATIENCE)


@scenario(sample_rate=300, about="connection.keep-alive", needs=Needs.OUR_BROKER)
async def idle_link(cloud: Cloud, device: Device) -> None:
    """Nobody says anything to the device for longer than its keep-alive, and it is hardly to say anything itself."""
    await cloud.until_known(at_most=PATIENCE)
    await cloud.say_again("last word")
    await cloud.allow_answer(at_most=PATIENCE)
    await device.link.silence()


@scenario(sample_rate=2, about="connection.checks-the-certificate", needs=Needs.OUR_TLS)
async def wrong_certificate(cloud: Cloud, device: Device) -> None:
    """The server that the device finds has a certificate of a CA that nobody knows; then its own again."""
    await cloud.until_known(at_most=PATIENCE)
    await device.link.suffers(Fault.PRETEND, "stranger")
    await device.link.until_tried(at_most=_BACK)
    await cloud.listen(2)
    await device.link.suffers(Fault.REVEAL, "itself again")
    await device.link.until_back(at_most=_BACK)
