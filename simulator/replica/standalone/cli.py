"""`setpoint sim replica/NAME`: a simulated device behind a replica, or many, on any broker and in real time."""

import argparse
from dataclasses import replace
from functools import partial

from harness.errors import UsageError
from harness.files.data import data
from harness.protocols.replica.words.topics import Scheme
from harness.suggest import hinted
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device_variations import VARIATIONS
from simulator.replica.device_variations.variation import HEALTHY
from simulator.replica.standalone.device_control import device_routes
from simulator.replica.standalone.running_device import RunningReplicaDevice
from simulator.standalone.devices import simulation
from simulator.standalone.numbering import nth
from simulator.standalone.variant_choice import variation_of


def simulate(arguments: argparse.Namespace) -> int:
    """0 when it ends as it was asked to. Raises UsageError, LinkError."""
    variation = variation_of(arguments.deviation, arguments.quirk, among=VARIATIONS, healthy=HEALTHY)
    files = _numbered(variation.device(_device(arguments)), arguments.count)
    makers = {file.profile.id: partial(RunningReplicaDevice, file, variation) for file in files}
    return simulation.simulate(arguments, makers, device_routes)


def _device(arguments: argparse.Namespace) -> DeviceFile:
    """The one of that name that comes with Setpoint, under the scheme of the spec that was typed."""
    name = arguments.device.name
    known = {file.stem: file for file in sorted(data("replica", "devices").glob("*.toml"))}
    if name not in known or len(arguments.device.parts) > _PARTS:
        raise UsageError(hinted(f"there is no simulated device {arguments.device}", name, known))
    specs = {f"replica-{scheme}": scheme for scheme in Scheme}
    typed = arguments.spec or ["replica-seed"]
    if len(typed) > 1 or typed[0] not in specs:
        raise UsageError(f"--spec is {' and '.join(typed)}; {arguments.device} speaks {' or '.join(specs)}")
    return DeviceFile.read(known[name], specs[typed[0]])


def _numbered(file: DeviceFile, count: int) -> list[DeviceFile]:
    profile = file.profile
    return [replace(file, profile=replace(profile, id=nth(profile.id, place))) for place in range(count)]


_PARTS = 2  # the plug, and the name
