"""Options of every machine that runs alone: its broker, and its control."""

import argparse
from dataclasses import replace
from pathlib import Path

from harness.errors import UsageError
from harness.files.credentials import add_options, client_id_of, login_of, secret, tls_of
from harness.mqtt.broker_url import endpoint_of
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.tls import client_context
from simulator.standalone.address import Address
from simulator.standalone.app import ControlAccess

UNUSABLE = 3  # the exit code of all commands where they could not do what was asked for
_TOKEN = "SETPOINT_CONTROL_TOKEN"  # noqa: S105 - the name of a variable


def add_broker(group: "argparse._ArgumentGroup") -> None:
    """The broker, and what it wants of us."""
    add = group.add_argument
    add("--broker", default="mqtt://127.0.0.1", metavar="URL", help="mqtt[s]://HOST[:PORT]; default: %(default)s")
    add("--wait", action="store_true", help="if nobody is there at first, go on trying")
    add_options(add)


def add_control(group: "argparse._ArgumentGroup") -> None:
    """The HTTP control."""
    add = group.add_argument
    add("--control", metavar="HOST:PORT", help="serve a page and an HTTP API there; port 0: any that is free")
    add("--control-token-file", type=Path, metavar="FILE", help=f"its first line is asked for; else that in {_TOKEN}")


def endpoint_in(arguments: argparse.Namespace) -> Endpoint:
    """The broker that the operator typed. Raises UsageError, for files that cannot be read or used, too."""
    login, client_id = login_of(arguments), client_id_of(arguments)
    if client_id and arguments.count > 1 and "{id}" not in client_id:
        raise UsageError(
            f"--client-id is {client_id!r}, and a broker drops one of two clients that go by one id: with --count "
            "write {id} in it, which stands for the device's"
        )
    endpoint = endpoint_of(arguments.broker, login, tls_of(arguments))
    if endpoint.tls:
        client_context(endpoint.tls)  # a file that cannot be read is told now, and not tried again for ever
    return replace(endpoint, client_id=client_id)


def under_its_own_id(endpoint: Endpoint, machine: str) -> Endpoint:
    """The same broker, met by the client id that was typed, with the machine's own id in it."""
    typed = endpoint.client_id
    return replace(endpoint, client_id=typed.replace("{id}", machine)) if typed else endpoint


def control_in(arguments: argparse.Namespace) -> ControlAccess | None:
    """The control that the operator asked for. Raises UsageError where anybody could move the machines."""
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


def silent(_line: str) -> None:
    """A log that nobody wants."""
