"""`setpoint sim update/NAME`: a simulated update agent, or device, or many, on any broker and in real time."""

import argparse
from functools import partial

from harness.errors import UsageError
from harness.files.data import data
from harness.protocols.update.profile import Role
from harness.protocols.update.words.spec import UpdateSpec
from harness.suggest import hinted
from simulator.standalone.devices import simulation
from simulator.standalone.variant_choice import variation_of
from simulator.update import agent_variations, device_variations
from simulator.update.agent_variations.variation import HEALTHY as AGENT
from simulator.update.declared import DeviceFile
from simulator.update.device_variations.variation import HEALTHY as DEVICE
from simulator.update.standalone.agent_control import agent_routes
from simulator.update.standalone.device_control import update_device_routes
from simulator.update.standalone.running_agent import RunningUpdateAgent
from simulator.update.standalone.running_device import RunningUpdateDevice


def simulate(arguments: argparse.Namespace) -> int:
    """0 when it ends as it was asked to. Raises UsageError, LinkError."""
    read = _device(arguments)
    return (_agents if read.profile.role is Role.AGENT else _gateways)(arguments, read)


def _agents(arguments: argparse.Namespace, read: DeviceFile) -> int:
    variation = variation_of(arguments.deviation, arguments.quirk, among=agent_variations.VARIATIONS, healthy=AGENT)
    files = variation.device(read).numbered(arguments.count)
    makers = {file.profile.id: partial(RunningUpdateAgent, file, variation) for file in files}
    return simulation.simulate(arguments, makers, agent_routes)


def _gateways(arguments: argparse.Namespace, read: DeviceFile) -> int:
    variation = variation_of(arguments.deviation, arguments.quirk, among=device_variations.VARIATIONS, healthy=DEVICE)
    files = variation.device(read).alone.numbered(arguments.count)
    makers = {file.profile.id: partial(RunningUpdateDevice, file, variation) for file in files}
    return simulation.simulate(arguments, makers, update_device_routes)


def _device(arguments: argparse.Namespace) -> DeviceFile:
    """The one of that name that comes with Setpoint, by the spec that was typed."""
    name = arguments.device.name
    known = {file.stem: file for file in sorted(data("update", "devices").glob("*.toml"))}
    if name not in known or len(arguments.device.parts) > _PARTS:
        raise UsageError(hinted(f"there is no simulated device {arguments.device}", name, known))
    typed = arguments.spec or [UpdateSpec.DIAGRAMS.value]
    if len(typed) > 1 or typed[0] not in [*UpdateSpec]:
        raise UsageError(f"--spec is {' and '.join(typed)}; {arguments.device} speaks {' or '.join(UpdateSpec)}")
    return DeviceFile.read(known[name], UpdateSpec(typed[0]))


_PARTS = 2  # the plug, and the name
