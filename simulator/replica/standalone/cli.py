"""`setpoint sim replica/NAME`: a simulated device behind a replica, or many, on any broker and in real time."""

import argparse
import asyncio
import signal
from dataclasses import replace

from harness.clock import Clock, new_loop
from harness.errors import UsageError
from harness.files.data import data
from harness.outlet import Outlet
from harness.protocols.replica.words.topics import Scheme
from harness.suggest import hinted
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device_variations import VARIATIONS
from simulator.replica.device_variations.variation import HEALTHY
from simulator.replica.standalone.device_control import device_routes
from simulator.replica.standalone.running_device import RunningReplicaDevice
from simulator.standalone.app import App, run
from simulator.standalone.numbering import nth
from simulator.standalone.open_files import see_to
from simulator.standalone.options import UNUSABLE, control_in, endpoint_in, silent, under_its_own_id
from simulator.standalone.variant_choice import variation_of


def simulate(arguments: argparse.Namespace) -> int:
    """0 when it ends as it was asked to. Raises UsageError, LinkError."""
    variation = variation_of(arguments.deviation, arguments.quirk, among=VARIATIONS, healthy=HEALTHY)
    files = _numbered(variation.device(_device(arguments)), arguments.count)
    see_to(arguments.count)
    out = Outlet(then=lambda: signal.raise_signal(signal.SIGTERM))  # nobody reads on, or can: it is over
    endpoint, log = endpoint_in(arguments), silent if arguments.quiet else out.say
    app = App(
        make=lambda: [
            RunningReplicaDevice(file, variation, under_its_own_id(endpoint, file.profile.id), log) for file in files
        ],
        routes=device_routes,
        control=control_in(arguments),
        wait=arguments.wait,
        seconds=arguments.seconds,
    )
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(run(app, out.say))
    return UNUSABLE if out.has_failed else 0


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
