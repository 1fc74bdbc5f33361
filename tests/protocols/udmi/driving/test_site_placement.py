"""A device that maps its points by the config's refs, driven with them and without. In virtual time."""

from dataclasses import replace

from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.record.kinds import Closed
from simulator.udmi.target import SimTarget
from tests.protocols.udmi.driving.playing import APPLIED, play

MAPPED = SimTarget.from_option("").varied("wants-the-refs-of-its-points")


async def writes(cloud: Cloud, device: Device) -> None:
    """One write that is to be applied."""
    point = device.point("writable")
    write = point.to(point.good[0], "write")
    await cloud.write(write)
    await cloud.until(write, APPLIED, at_most=20)


def test_device_whose_configs_have_its_refs_takes_a_write() -> None:
    [closed] = play(writes, target=MAPPED).of(Closed)

    assert closed.cut_short is None


def test_device_whose_configs_have_no_refs_takes_none() -> None:
    assert isinstance(MAPPED, SimTarget)
    bare = replace(MAPPED, file=replace(MAPPED.file, profile=replace(MAPPED.profile, wiring=SitePlacement())))

    [closed] = play(writes, target=bare).of(Closed)

    assert closed.cut_short is not None
