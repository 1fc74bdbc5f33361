"""A device that reports only what a config lists is asked by the lists that are at hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from harness.errors import LinkError
from harness.machine.shell import alive
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.drafting.device_description import DeviceDescription
from harness.protocols.udmi.drafting.known import Known, known_of_profile
from harness.protocols.udmi.drafting.listening import Listening
from harness.protocols.udmi.drafting.sketching import sketch_of_heard
from harness.protocols.udmi.profile import Point as Declared
from harness.protocols.udmi.profile import PointKind, Profile
from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.protocols.udmi.words.spec import Spec
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import SimulatedPoint, Writable
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.message_machine import EncodingMachine
from simulator.udmi.variations import VARIATIONS
from tests.protocols.udmi.drafting.listened_to import OLD, TOPICS, There, listening, run
from tests.udmi_1_5 import CODEC, decode_config

LISTS = b'{"pointset": {"points": {"valve": {"ref": "AV1"}, "fan": {}}}, "localnet": {"families": {"ipv4": {}}}}'
WIRED = SitePlacement({"valve": "AV1"}, {"families": {"ipv4": {}}})
ONLY_LISTED = next(variation for variation in VARIATIONS if variation.variant.id == "reports-nothing-without-a-list")


@asynccontextmanager
async def reports_only_what_is_listed(endpoint: Endpoint) -> AsyncIterator[None]:
    """A device with two points that does as it says."""
    points = (SimulatedPoint("valve", 1.0, Writable()), SimulatedPoint("fan", 2.0, Writable()))
    machine = EncodingMachine(SimulatedDevice(DeviceIdentity("AHU-1"), points, ONLY_LISTED.rules), CODEC)
    async with (
        connect(endpoint, "AHU-1") as link,
        alive(machine, link, lambda heard: decode_config(heard.payload)),
    ):
        await link.subscribe(TOPICS.config)
        yield


def asked(given: Known | None = None, lay: bytes | None = None) -> tuple[DeviceDescription, list[str]]:
    """The device's messages, and the operator's lines, where these lists are at hand."""
    told: list[str] = []

    async def main(endpoint: Endpoint) -> DeviceDescription:
        async with reports_only_what_is_listed(endpoint):
            await asyncio.sleep(1)
            return await Listening(There(endpoint), 10.0, told.append, Spec.UDMI_1_5, given=given or Known()).hear()

    return run(main, lay), told


def test_device_that_reports_only_what_is_listed_is_asked_by_the_list_that_lay_there() -> None:
    heard, told = asked(lay=LISTS)

    assert {name: point.shows for name, point in heard.points.items()} == {"valve": 1.0, "fan": 2.0}
    assert heard.wiring == WIRED
    assert told[-1] == "it names no point; asking for the 2 of the config that lay there"


def test_wiring_that_no_profile_can_hold_is_left_out() -> None:
    odd = LISTS.replace(b'"ipv4": {}', b'"ipv4": {"addr": "192.0.2.7"}')[:-1] + b', "gateway": {"target": 3}}'

    heard, _ = asked(lay=odd)

    assert heard.wiring == SitePlacement({"valve": "AV1"})
    assert sketch_of_heard(heard, "AHU-1", "/devices/{id}", "it").text(Path("acme.toml"))


def test_device_that_reports_only_what_is_listed_is_asked_by_the_list_that_was_given() -> None:
    given = known_of_profile(
        Profile("AHU-1", {name: Declared(name, PointKind.READ_ONLY, ()) for name in ("fan", "pump")})
    )

    heard, _ = asked(given)
    both, told = asked(given, LISTS)

    assert set(heard.points) == {"fan", "pump"}
    assert set(both.points) == {"valve", "fan", "pump"}
    assert told[-1] == "it names no point; asking for the 3 of the config that lay there and --profile"


@pytest.mark.parametrize(
    ("lay", "told"),
    [
        (None, "asked for whatever it has; no config that lists points lay there: give its points by --profile FILE"),
        (OLD, "asked for whatever it has; no config that lists points lay there: give its points by --profile FILE"),
    ],
)
def test_device_that_reports_only_what_is_listed_is_told_where_there_is_no_list(lay: bytes | None, told: str) -> None:
    async def main(endpoint: Endpoint) -> None:
        async with reports_only_what_is_listed(endpoint):
            with pytest.raises(LinkError, match=rf"there was no point in what it said \(.*\), though {told}"):
                await listening(endpoint).hear()

    run(main, lay)


def test_device_that_tells_of_itself_and_never_of_points_has_none() -> None:
    async def main(endpoint: Endpoint) -> DeviceDescription:
        gateway = EncodingMachine(SimulatedDevice(DeviceIdentity("AHU-1"), ()), CODEC)
        async with connect(endpoint, "AHU-1") as link:
            await link.subscribe(TOPICS.config)
            async with alive(gateway, link, lambda heard: decode_config(heard.payload)):
                return await listening(endpoint).hear()

    heard = run(main)

    assert (heard.points, heard.system and heard.system.make) == ({}, "Setpoint")
    draft = sketch_of_heard(heard, "AHU-1", "/devices/{id}", "it").text(Path("acme.toml"))
    assert "points" in ProfileFile.parse(draft, Path("acme.toml")).profile.guessed
