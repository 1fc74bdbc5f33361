"""`setpoint sim`: a simulated device, or many, on any broker and in real time."""

import argparse
import asyncio
import signal
from dataclasses import replace
from pathlib import Path

from harness.clock import Clock, new_loop
from harness.errors import UsageError
from harness.files.credentials import add_options, client_id_of, login_of, secret, tls_of
from harness.mqtt.broker_url import endpoint_of
from harness.mqtt.endpoint import Endpoint
from harness.outlet import Outlet
from harness.protocol import add_spec_option, protocol_of, spec_of
from harness.protocols.udmi.words.field_layout import FIELD_LAYOUTS
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, root_of
from simulator.standalone.address import Address
from simulator.standalone.app import App, ControlAccess, run
from simulator.standalone.open_files import see_to
from simulator.standalone.variant_choice import variation_of
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.device_source import read_device
from simulator.udmi.rules.expiry import Expiry, read_by
from simulator.udmi.standalone.device_control import device_routes
from simulator.udmi.standalone.numbered_devices import numbered
from simulator.udmi.standalone.running_device import RunningDevice
from simulator.udmi.target import AHU_1
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY, Variation

_TOKEN = "SETPOINT_CONTROL_TOKEN"  # noqa: S105 - the name of a variable


class Sim:
    """Run a simulated device, or many, on a broker and in real time, until interrupted."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The device, its broker, how it is odd, how it is watched and moved."""
        add = parser.add_argument
        add(
            "device",
            nargs="?",
            type=Path,
            default=AHU_1,
            metavar="FILE",
            help="TOML, UDMI's metadata.json, or SITE_MODEL_FOLDER:AHU-1; default: an AHU with all kinds of points",
        )
        add("--count", type=_count, default=1, metavar="N", help=_COUNT)
        add("--seconds", type=_seconds, metavar="N", help="end after so long; default: when interrupted")
        add("--quiet", action="store_true", help="no log; the address of the control page is printed all the same")
        add_spec_option(add)
        add("--topics", metavar="ROOT", help=f"what the topics begin with, {{id}} for the device; default: {UDMI}")
        add("--expiry", type=_expiry, metavar="WORD", help=_EXPIRY)
        odd = parser.add_mutually_exclusive_group()
        odd.add_argument("--deviation", metavar="ID", help="a device that breaks a clause, such as ignores-etag")
        odd.add_argument("--quirk", metavar="ID", help="a device that is odd and conforms, such as takes-its-time")
        _add_broker(parser.add_argument_group("broker"))
        _add_control(parser.add_argument_group("control"))

    def run(self, arguments: argparse.Namespace) -> int:
        """0 when it ends as it was asked to."""
        spec = Spec(spec_of(arguments.spec, [protocol_of(Spec.UDMI_1_5)]))
        variation = _variation(arguments, spec)
        see_to(arguments.count)
        out = Outlet(then=lambda: signal.raise_signal(signal.SIGTERM))  # nobody reads on, or can: it is over
        files, endpoint = numbered(_device(arguments, variation), arguments.count), _endpoint(arguments)
        log = _silent if arguments.quiet else out.say
        app = App(
            make=lambda: [
                RunningDevice(file, variation, _under_its_own_id(endpoint, file), log, spec) for file in files
            ],
            routes=device_routes,
            control=_control(arguments),
            wait=arguments.wait,
            seconds=arguments.seconds,
        )
        with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
            runner.run(run(app, out.say))
        return _UNUSABLE if out.has_failed else 0


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


def _add_broker(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--broker", default="mqtt://127.0.0.1", metavar="URL", help="mqtt[s]://HOST[:PORT]; default: %(default)s")
    add("--wait", action="store_true", help="if nobody is there at first, go on trying")
    add_options(add)


def _add_control(group: "argparse._ArgumentGroup") -> None:
    add = group.add_argument
    add("--control", metavar="HOST:PORT", help="serve a page and an HTTP API there; port 0: any that is free")
    add("--control-token-file", type=Path, metavar="FILE", help=f"its first line is asked for; else that in {_TOKEN}")


def _endpoint(arguments: argparse.Namespace) -> Endpoint:
    login, client_id = login_of(arguments), client_id_of(arguments)
    if client_id and arguments.count > 1 and "{id}" not in client_id:
        raise UsageError(
            f"--client-id is {client_id!r}, and a broker drops one of two clients that go by one id: with --count "
            "write {id} in it, which stands for the device's"
        )
    return replace(endpoint_of(arguments.broker, login, tls_of(arguments)), client_id=client_id)


def _under_its_own_id(endpoint: Endpoint, file: DeviceFile) -> Endpoint:
    typed = endpoint.client_id
    return replace(endpoint, client_id=typed.replace("{id}", file.identity.id)) if typed else endpoint


def _control(arguments: argparse.Namespace) -> ControlAccess | None:
    if arguments.control is None:
        if arguments.control_token_file:
            raise UsageError("--control-token-file has no use without --control")
        return None
    address = Address.parse(arguments.control)
    token = secret(_TOKEN, arguments.control_token_file)
    if token is not None and not token.strip():
        raise UsageError("the control's token is blank, so anybody could guess it; write some letters and digits")
    if not (token or address.is_loopback):
        raise UsageError(
            f"--control {address} can be reached from elsewhere; give it a token by --control-token-file or in "
            f"{_TOKEN}, or listen on 127.0.0.1"
        )
    return ControlAccess(address, token)


def _expiry(text: str) -> Expiry:
    try:
        return Expiry(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not {' or '.join(Expiry)}") from None


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of devices; expected 1 to {_MOST}")
    count = int(text)
    if not 1 <= count <= _MOST:
        raise argparse.ArgumentTypeError(f"{text} is not from 1 to {_MOST}")
    return count


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds") from None
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return seconds


def _silent(_line: str) -> None:
    pass


_UNUSABLE = 3  # the exit code of all commands where they could not do what was asked for
_MOST = 1000
_EXPIRY = (
    f"{Expiry.REQUIRED} (the default): a write without set_value_expiry is invalid, as the specification has it; "
    f"{Expiry.OPTIONAL}: it lasts until a config says otherwise, as UDMI's own back end expects"
)
_COUNT = (
    f"so many devices (at most {_MOST}), numbered on from the id: AHU-1, AHU-2 …; "
    "an id without a number at its end gets -1, -2 …"
)
