"""The device's connection breaks off, is refused, is left alone; and what the device does then. Our own stays."""

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    Cloud,
    Device,
    DevicePace,
    Fault,
    Needs,
    Point,
    SystemConfig,
    a_point,
    scenario,
)
from suites.udmi.limits import Limits

__all__ = [
    "duplicate_config",
    "idle_link",
    "lost_link",
    "refused_link",
    "stale_config",
    "wrong_certificate",
]


_A_FEW = 3  # samples


@scenario(sample_rate=600, about="connection.backs-off", needs=Needs.OUR_BROKER, takes=35)
async def refused_link(cloud: Cloud, device: Device, limits: Limits) -> None:
    """Whenever the device tries it is told that the server is unavailable: for an hour, or a few times in real time.

    Once it is back it is sent a config, which a device that has not subscribed anew never hears.
    """
    await cloud.ask(SystemConfig(metrics_rate_sec=0), "no metrics")
    await cloud.until_known(at_most=limits.patience)
    await cloud.allow_answer(at_most=limits.patience)
    await device.link.settles()
    await device.link.suffers(Fault.REFUSE, "refused")
    await device.link.refused_for_long()
    await device.link.suffers(Fault.ADMIT, "let in")
    await device.link.until_back(at_most=limits.back_at_last_patience)
    await cloud.say_again("back")
    await cloud.allow_answer(at_most=limits.patience)


def _until_let_in(pace: DevicePace[Limits]) -> float:
    """The device knows of the next config no sooner than it is back."""
    limits = pace.limits
    held_off = max(6, _A_FEW * limits.patience) + limits.back_patience
    return pace.applied(limits.patience) + 2 * limits.patience + 2.5 + held_off


@scenario(
    sample_rate=2,
    needs=Needs.OUR_BROKER,
    takes=15,
    longest_wait=_until_let_in,
    demands={"point": a_point("writable")},
)
async def lost_link(cloud: Cloud, device: Device, point: Point, limits: Limits) -> None:
    """For a few samples the device is not let in; meanwhile a write is taken back."""
    before, changed = point.to(point.good[0], "before"), point.unset("changed")

    await cloud.write(before)
    await cloud.until(before, APPLIED, at_most=limits.patience)
    await cloud.until_sampled(at_most=limits.patience)
    await cloud.until_sampled(
        at_most=limits.patience
    )  # which may be the same once more, so the next is waited for as well
    await cloud.listen(2.5)

    await device.link.suffers(Fault.REFUSE, "lost")
    await cloud.write(changed)
    await cloud.listen(max(6, _A_FEW * cloud.heard.period))
    await device.link.suffers(Fault.ADMIT, "let in")
    await device.link.until_back(at_most=limits.back_patience)

    await cloud.until(changed, ABSENT, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)
    await cloud.allow_held_back(
        limits.held_back, at_most=limits.long_patience
    )  # it may send what is new before what it has kept


@scenario(
    sample_rate=2,
    needs=Needs.OUR_BROKER,
    takes=8,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + 3 + pace.limits.back_patience + 2,
    demands={"point": a_point("writable")},
)
async def stale_config(cloud: Cloud, device: Device, point: Point, limits: Limits) -> None:
    """The broker goes away and loses a config; when it is back it has the one before, and the cloud says it again."""
    before, changed = point.to(point.good[0], "before"), point.unset("changed")

    await cloud.write(before)
    await cloud.until(before, APPLIED, at_most=limits.patience)

    await device.link.suffers(Fault.FREEZE, "stale")
    await device.link.suffers(Fault.GO_AWAY, "away")
    await cloud.write(changed)
    await cloud.listen(3)
    await device.link.suffers(Fault.COME_BACK, "listening again")
    await device.link.until_back(at_most=limits.back_patience)
    await cloud.listen(2)
    await device.link.suffers(Fault.THAW, "retained again")
    await cloud.say_again("current")

    await cloud.until(changed, ABSENT, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="connection.duplicate-does-no-harm",
    needs=Needs.OUR_BROKER,
    takes=5,
    longest_wait=lambda pace: (
        pace.applied(pace.limits.patience) + max(2 * pace.limits.patience, pace.limits.acknowledgement_patience)
    ),
    demands={"point": a_point("writable", goods=2)},
)
async def duplicate_config(cloud: Cloud, device: Device, point: Point, limits: Limits) -> None:
    """A config comes a second time, with DUP, as its PUBACK may have been lost; then another one."""
    first, second = point.to(point.good[0], "first"), point.to(point.good[1], "second")

    await cloud.write(first)
    await cloud.until(first, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    await device.link.suffers(Fault.SEND_AGAIN, "duplicate")
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.write(second)
    await cloud.until(second, APPLIED, at_most=limits.patience)
    await device.allow_acknowledgements(at_most=limits.acknowledgement_patience)


@scenario(sample_rate=300, about="connection.keep-alive", needs=Needs.OUR_BROKER, takes=2)
async def idle_link(cloud: Cloud, device: Device, limits: Limits) -> None:
    """Nobody says anything to the device for longer than its keep-alive, and it is hardly to say anything itself."""
    await cloud.until_known(at_most=limits.patience)
    await cloud.say_again("last word")
    await cloud.allow_answer(at_most=limits.patience)
    await device.link.silence()


@scenario(sample_rate=2, about="connection.checks-the-certificate", needs=Needs.OUR_TLS, takes=10)
async def wrong_certificate(cloud: Cloud, device: Device, limits: Limits) -> None:
    """The server that the device finds has a certificate of a CA that nobody knows; then its own again."""
    await cloud.until_known(at_most=limits.patience)
    await device.link.suffers(Fault.PRETEND, "stranger")
    await device.link.until_tried(at_most=limits.back_patience)
    await cloud.listen(2)
    await device.link.suffers(Fault.REVEAL, "itself again")
    await device.link.until_back(at_most=limits.back_patience)
