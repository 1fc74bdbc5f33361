"""`setpoint replica`: a replica service, over MQTT and HTTP, with nothing else to set up."""

import argparse
import asyncio
from contextlib import suppress
from pathlib import Path

from harness.broker.listener import Listener
from harness.clock import Clock
from harness.errors import UsageError
from harness.files.credentials import add_options, login_of, secret, tls_of
from harness.interruption import run
from harness.mqtt.broker_url import endpoint_of
from harness.mqtt.endpoint import Endpoint
from harness.outlet import Outlet
from harness.protocols.replica.words.topics import Scheme
from simulator.replica import app
from simulator.standalone.address import Address

_TOKEN = "SETPOINT_REPLICA_TOKEN"  # noqa: S105 - the name of a variable
_UNUSABLE = 3  # the exit code of all commands where they could not do what was asked for


class Replica:
    """Run a replica service until interrupted: it holds what is desired of devices, what they report, and the delta."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The broker, the store, and HTTP."""
        add = parser.add_argument
        add("--scheme", type=_scheme, default=Scheme.SEED, metavar="WORD", help="seed (state/ID/…, the default) or aws")
        add("--store", type=Path, default=Path("replica.db"), metavar="FILE", help="default: ./%(default)s")
        add(
            "--http",
            default="127.0.0.1:8080",
            metavar="HOST:PORT",
            help="REST; port 0: a free one; default: %(default)s",
        )
        add("--http-token-file", type=Path, metavar="FILE", help=f"its first line is asked for; else that in {_TOKEN}")
        broker = parser.add_argument_group("broker")
        broker.add_argument("--broker", metavar="URL", help="mqtt[s]://HOST[:PORT]; default: one of ours, on loopback")
        broker.add_argument(
            "--port", type=int, default=1883, metavar="N", help="where ours listens; default: %(default)s"
        )
        add_options(broker.add_argument)

    def run(self, arguments: argparse.Namespace) -> int:
        """0 when it was interrupted. Raises UsageError, LinkError."""
        out = Outlet()
        asked = app.ReplicaApp(
            scheme=arguments.scheme,
            store=arguments.store,
            broker=_broker(arguments),
            http=(address := Address.parse(arguments.http, "--http")),
            token=_token(address, arguments.http_token_file),
        )
        with suppress(KeyboardInterrupt):
            run(app.run(asked, asyncio.Event(), out.say), Clock.REAL)
        return _UNUSABLE if out.has_failed else 0


def _broker(arguments: argparse.Namespace) -> Endpoint | Listener:
    if arguments.broker is None:
        return Listener(port=arguments.port)
    return endpoint_of(arguments.broker, login_of(arguments), tls_of(arguments))


def _token(address: Address, file: Path | None) -> str | None:
    token = secret(_TOKEN, file)
    if token is not None and not token.strip():
        raise UsageError("the token is blank, so anybody could guess it; write some letters and digits")
    if not (token or address.is_loopback):
        raise UsageError(
            f"--http {address} can be reached from elsewhere; give it a token by --http-token-file or in {_TOKEN}, or "
            "listen on 127.0.0.1"
        )
    return token


def _scheme(word: str) -> Scheme:
    try:
        return Scheme(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is not {' or '.join(Scheme)}") from None
