"""`setpoint sim replica/NAME`: a simulated device behind a replica, or many, on any broker and in real time."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from harness.files.data import data
from harness.protocols.replica.words.topics import Scheme
from simulator.bridge.options import refuse_bridge
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device_variations import VARIATIONS
from simulator.replica.device_variations.variation import HEALTHY
from simulator.replica.standalone.device_control import device_routes
from simulator.replica.standalone.running_device import running_device
from simulator.standalone.devices import simulation
from simulator.standalone.numbering import nth
from simulator.standalone.shipped_devices import shipped_device, shipped_names
from simulator.standalone.simulators import Simulator
from simulator.standalone.variant_choice import HasVariant, variation_of


def _run(arguments: argparse.Namespace) -> int:
    """0 when it ends as it was asked to. Raises UsageError, LinkError."""
    refuse_bridge(arguments)
    variation = variation_of(arguments.deviation, arguments.quirk, among=VARIATIONS, healthy=HEALTHY)
    files = _numbered(variation.device(_device(arguments)), arguments.count)
    makers = {file.profile.id: partial(running_device, file, variation) for file in files}
    return simulation.simulate(arguments, makers, device_routes)


def _device(arguments: argparse.Namespace) -> DeviceFile:
    """The one of that name that comes with Setpoint, under the scheme of the spec that was typed."""
    specs = {f"replica-{scheme}": scheme for scheme in Scheme}
    return DeviceFile.read(*shipped_device(arguments, data("replica", "devices"), specs))


def _numbered(file: DeviceFile, count: int) -> list[DeviceFile]:
    profile = file.profile
    return [replace(file, profile=replace(profile, id=nth(profile.id, place))) for place in range(count)]


def _variations(arguments: argparse.Namespace) -> Iterable[HasVariant]:
    _device(arguments)
    return VARIATIONS


simulate = Simulator(lambda: shipped_names(data("replica", "devices")), _run, _variations)
