"""`setpoint sim`: a simulated device, or many, on any broker and in real time."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from harness.arguments.quantities import count_of, seconds
from harness.errors import UsageError
from harness.protocol import protocol_of, spec_of
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, root_of
from harness.target.spec_option import add_spec_option
from simulator.bridge.options import add_replica, refuse_bridge
from simulator.standalone.devices.simulation import simulate
from simulator.standalone.options import add_broker, add_control
from simulator.standalone.simulators import names_elsewhere, simulated_elsewhere
from simulator.standalone.variant_choice import lines_of_variants, variation_of
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.device_source import read_device
from simulator.udmi.rules.expiry import Expiry, read_by
from simulator.udmi.standalone.device_control import device_routes
from simulator.udmi.standalone.numbered_devices import numbered
from simulator.udmi.standalone.running_device import RunningUdmiDevice
from simulator.udmi.target import AHU_1
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY, Variation


class Sim:
    """Run a simulated device, or many, on a broker and in real time, until interrupted."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint sim --broker mqtt://127.0.0.1 --control 127.0.0.1:8700": "an AHU, and a page to move it by",
        "setpoint sim my-device.toml --count 100": "a hundred of your own making",
        "setpoint sim --deviation ignores-etag": "broken in one clause",
        "setpoint sim update/agent --list": "how an update agent can be broken or odd",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The device, its broker, how it is odd, how it is watched and moved."""
        add = parser.add_argument
        add(
            "device",
            nargs="?",
            type=Path,
            default=AHU_1,
            metavar="FILE",
            help=_DEVICE,
        )
        add("--count", type=count_of("devices", _MOST), default=1, metavar="N", help=_COUNT)
        add("--list", action="store_true", help="list the devices, and the deviations and quirks of the one named")
        add("--seconds", type=seconds, metavar="N", help="end after so long; default: when interrupted")
        add("--quiet", action="store_true", help="no log; the address of the control page is printed all the same")
        add_spec_option(add, *Spec)
        add("--topics", metavar="ROOT", help=f"what the topics begin with, {{id}} for the device; default: {UDMI}")
        add("--expiry", type=_expiry, metavar="WORD", help=_EXPIRY)
        odd = parser.add_mutually_exclusive_group()
        odd.add_argument("--deviation", metavar="ID", help="a device that breaks a clause, such as ignores-etag")
        odd.add_argument("--quirk", metavar="ID", help="a device that is odd and conforms, such as takes-its-time")
        broker = parser.add_argument_group("broker")
        add_broker(broker)
        add_replica(broker)
        add_control(parser.add_argument_group("control"))

    def run(self, arguments: argparse.Namespace) -> int:
        """0 when it ends as it was asked to."""
        if arguments.list:
            return _list(arguments)
        if simulated := simulated_elsewhere(arguments.device):
            _refuse_what_is_udmis(arguments)
            return simulated(arguments)
        refuse_bridge(arguments)
        spec = Spec(spec_of(arguments.spec, [protocol_of(Spec.UDMI_1_5)]))
        variation = _variation(arguments, spec)
        files = numbered(_device(arguments, variation), arguments.count)
        makers = {file.identity.id: partial(RunningUdmiDevice, file, variation, spec=spec) for file in files}
        return simulate(arguments, makers, device_routes)


def _list(arguments: argparse.Namespace) -> int:
    """0 once it is listed what there is, and how the device can be broken or odd."""
    if simulated := simulated_elsewhere(arguments.device):
        return simulated(arguments)
    if arguments.device == AHU_1:
        for line in ("Devices:", "  AHU-1, where none is named", *(f"  {name}" for name in names_elsewhere())):
            print(line)  # noqa: T201 - what the operator asked for
        print(f"  FILE: {_FILES}\n")  # noqa: T201 - likewise
    for line in lines_of_variants(VARIATIONS):
        print(line)  # noqa: T201 - likewise
    return 0


def _refuse_what_is_udmis(arguments: argparse.Namespace) -> None:
    """Raises UsageError where an option has no meaning for a device of another protocol."""
    for option in ("topics", "expiry"):
        if getattr(arguments, option) is not None:
            raise UsageError(f"--{option} is for devices that speak UDMI, and {arguments.device} does not")


def _device(arguments: argparse.Namespace, variation: Variation) -> DeviceFile:
    """At the topics that the operator wants it at."""
    file = variation.device(read_device(arguments.device))
    if arguments.topics is None:
        return file
    return replace(file, profile=replace(file.profile, topics=root_of(arguments.topics)))


def _variation(arguments: argparse.Namespace, spec: Spec) -> Variation:
    """How it is odd, and how it reads a write without an expiry. Raises UsageError where the spec knows of none."""
    variation = variation_of(arguments.deviation, arguments.quirk, among=VARIATIONS, healthy=HEALTHY)
    if arguments.expiry is not None and FIELD_LAYOUTS[spec].expiry is None:
        raise UsageError(f"--expiry has no use with --spec {spec}, in which no config says when its writes end")
    return replace(variation, rules=read_by(arguments.expiry or Expiry.REQUIRED, variation.rules))


def _expiry(text: str) -> Expiry:
    try:
        return Expiry(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not {' or '.join(Expiry)}") from None


_MOST = 1000
_FILES = "TOML, UDMI's metadata.json, or SITE_MODEL_FOLDER:AHU-1"
_DEVICE = f"{_FILES}; or replica/lamp, update/agent …, as --list has them; default: an AHU with all kinds of points"
_EXPIRY = (
    f"{Expiry.REQUIRED} (the default): a write without set_value_expiry is invalid, as the specification has it; "
    f"{Expiry.OPTIONAL}: it lasts until a config says otherwise, as UDMI's own back end expects"
)
_COUNT = (
    f"so many devices (at most {_MOST}), numbered on from the id: AHU-1, AHU-2 …; "
    "an id without a number at its end gets -1, -2 …"
)
