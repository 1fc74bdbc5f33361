"""`setpoint sim`: a simulated device, or many, on any broker and in real time."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from harness.clock import Clock, new_loop
from harness.credentials import add_options, login_of, secret, tls_of
from harness.errors import UsageError
from harness.wire.broker_url import endpoint_of
from harness.wire.endpoint import Endpoint
from harness.wire.spec import add_option as add_spec
from harness.wire.spec import spec_of
from simulator.device_source import read_device
from simulator.standalone.address import Address
from simulator.standalone.choice import variation_of
from simulator.standalone.numbering import numbered
from simulator.standalone.show import Door, Show, run
from simulator.target import AHU_1

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
        add_spec(add)
        odd = parser.add_mutually_exclusive_group()
        odd.add_argument("--deviation", metavar="ID", help="a device that breaks a clause, such as ignores-etag")
        odd.add_argument("--quirk", metavar="ID", help="a device that is odd and conforms, such as takes-its-time")
        _add_broker(parser.add_argument_group("broker"))
        _add_control(parser.add_argument_group("control"))

    def run(self, arguments: argparse.Namespace) -> int:
        """0 when it ends as it was asked to."""
        variation = variation_of(arguments.deviation, arguments.quirk)
        show = Show(
            files=numbered(variation.device(read_device(arguments.device)), arguments.count),
            variation=variation,
            endpoint=_endpoint(arguments),
            wait=arguments.wait,
            seconds=arguments.seconds,
            door=_door(arguments),
            spec=spec_of(arguments.spec),
        )
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # it is a text file here
        with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
            runner.run(run(show, log=_silent if arguments.quiet else _print, announce=_print))
        return 0


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
    login = login_of(arguments)
    return endpoint_of(arguments.broker, login, tls_of(arguments))


def _door(arguments: argparse.Namespace) -> Door | None:
    if arguments.control is None:
        if arguments.control_token_file:
            raise UsageError("--control-token-file has no use without --control")
        return None
    address = Address.parse(arguments.control)
    token = secret(_TOKEN, arguments.control_token_file)
    if not (token or address.is_loopback):
        raise UsageError(
            f"--control {address} can be reached from elsewhere; give it a token by --control-token-file or in "
            f"{_TOKEN}, or listen on 127.0.0.1"
        )
    return Door(address, token)


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= _MOST:
        raise argparse.ArgumentTypeError(f"{text} is not from 1 to {_MOST}")
    return count


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return seconds


def _print(line: str) -> None:
    try:
        print(line, flush=True)  # noqa: T201 - the log is what the operator asked for
    except BrokenPipeError:  # nobody reads on: end, and what Python still flushes then has to go somewhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        signal.raise_signal(signal.SIGTERM)


def _silent(_line: str) -> None:
    pass


_MOST = 1000
_COUNT = (
    f"so many devices (at most {_MOST}), numbered on from the id: AHU-1, AHU-2 …; "
    "an id without a number at its end gets -1, -2 …"
)
