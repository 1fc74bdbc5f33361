"""`setpoint sim update/NAME`: a simulated update agent, or device, or many, on any broker and in real time."""

import argparse
from collections.abc import Iterable
from functools import partial

from harness.files.data import data
from harness.protocols.update.profile import Role
from harness.protocols.update.words.spec import UpdateSpec
from simulator.bridge.options import bridge_in, refuse_bridge
from simulator.standalone.devices import simulation
from simulator.standalone.shipped_devices import shipped_device, shipped_names
from simulator.standalone.simulators import Simulator
from simulator.standalone.variant_choice import HasVariant, variation_of
from simulator.update import agent_variations, device_variations
from simulator.update.agent_variations.variation import HEALTHY as AGENT
from simulator.update.declared import DeviceFile
from simulator.update.device_variations.variation import HEALTHY as DEVICE
from simulator.update.standalone.bridged_gateway import BridgedGateway
from simulator.update.standalone.control import agent_routes, gateway_routes
from simulator.update.standalone.running_machines import running_agent, running_gateway


def _run(arguments: argparse.Namespace) -> int:
    """0 when it ends as it was asked to. Raises UsageError, LinkError."""
    read = _device(arguments)
    return (_agents if read.profile.role is Role.AGENT else _gateways)(arguments, read)


def _agents(arguments: argparse.Namespace, read: DeviceFile) -> int:
    refuse_bridge(arguments)
    variation = variation_of(arguments.deviation, arguments.quirk, among=agent_variations.VARIATIONS, healthy=AGENT)
    files = variation.device(read).numbered(arguments.count)
    makers = {file.profile.id: partial(running_agent, file, variation) for file in files}
    return simulation.simulate(arguments, makers, agent_routes)


def _gateways(arguments: argparse.Namespace, read: DeviceFile) -> int:
    variation = variation_of(arguments.deviation, arguments.quirk, among=device_variations.VARIATIONS, healthy=DEVICE)
    files = variation.device(read).alone.numbered(arguments.count)
    bridge = bridge_in(arguments)
    if bridge is None:
        makers = {file.profile.id: partial(running_gateway, file, variation) for file in files}
        return simulation.simulate(arguments, makers, gateway_routes)
    bridged = {file.profile.id: partial(BridgedGateway, file, variation, bridge) for file in files}
    return simulation.simulate(arguments, bridged, gateway_routes, connections=2)


def _device(arguments: argparse.Namespace) -> DeviceFile:
    """The one of that name that comes with Setpoint, by the spec that was typed."""
    return DeviceFile.read(
        *shipped_device(arguments, data("update", "devices"), {spec.value: spec for spec in UpdateSpec})
    )


def _variations(arguments: argparse.Namespace) -> Iterable[HasVariant]:
    is_agent = _device(arguments).profile.role is Role.AGENT
    return agent_variations.VARIATIONS if is_agent else device_variations.VARIATIONS


simulate = Simulator(lambda: shipped_names(data("update", "devices")), _run, _variations)
