"""`setpoint replica`: a replica service, over MQTT and HTTP, with nothing else to set up."""

import argparse
import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from harness.broker.listener import Listener, ServerTls
from harness.clock import Clock
from harness.errors import UsageError
from harness.files.credentials import add_options, client_id_of, login_of, secret, tls_of
from harness.interruption import run
from harness.mqtt.broker_url import endpoint_of, listening_at
from harness.mqtt.endpoint import Endpoint, Tls
from harness.outlet import Outlet
from harness.protocols.replica.words.topics import Scheme
from simulator.replica import app
from simulator.replica.access import EVERY, Access, KnownClient, read_access
from simulator.standalone.address import Address

_TOKEN = "SETPOINT_REPLICA_TOKEN"  # noqa: S105 - the name of a variable
_LAST_PORT = 65_535
_UNUSABLE = 3  # the exit code of all commands where they could not do what was asked for


class Replica:
    """Run a replica service until interrupted: it holds what is desired of devices, what they report, and the delta."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint replica": "on loopback, without TLS; it stores in ./replica.db",
        "setpoint replica --scheme aws --broker mqtts://broker --ca ca.pem": "behind a broker of yours, as AWS has it",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The broker, the store, HTTP, and the clients that are let in."""
        add = parser.add_argument
        add("--scheme", type=_scheme, default=Scheme.SEED, metavar="WORD", help="seed (state/ID/…, the default) or aws")
        add("--store", type=Path, default=Path("replica.db"), metavar="FILE", help="default: ./%(default)s")
        add(
            "--http",
            default="127.0.0.1:8080",
            metavar="HOST:PORT",
            help="REST; port 0: a free one; default: %(default)s",
        )
        add(
            "--http-token-file",
            type=Path,
            metavar="FILE",
            help=f"its first line is a token for every device; else that in {_TOKEN}",
        )
        add(
            "--access",
            type=Path,
            metavar="FILE",
            help="TOML: devices and components, each with its password, its token, and the devices that are open to it",
        )
        broker = parser.add_argument_group("broker")
        broker.add_argument(
            "--broker",
            metavar="URL",
            help="mqtt[s]://HOST[:PORT], or listen[s]://HOST[:PORT] for one of ours; default: one of ours, on loopback",
        )
        broker.add_argument(
            "--port", type=_port, default=1883, metavar="N", help="where ours listens on loopback; default: %(default)s"
        )
        add_options(broker.add_argument, "the client certificate; with listens, that of our broker")
        broker.add_argument(
            "--client-ca",
            type=Path,
            metavar="FILE",
            help="with listens: let in only who has a certificate of this CA, as AWS does; its SDKs insist on it",
        )

    def run(self, arguments: argparse.Namespace) -> int:
        """0 when it was interrupted. Raises UsageError, LinkError."""
        out = Outlet()
        access = _access(arguments)
        tls = tls_of(arguments)
        broker = _broker(arguments, access, tls)
        if isinstance(broker, Endpoint) and access.has_passwords:
            out.say(f"the passwords of {arguments.access} are for a broker of ours; {broker} has accounts of its own")
        asked = app.ReplicaApp(
            scheme=arguments.scheme,
            store=arguments.store,
            broker=broker,
            http=_http(arguments, access),
            access=access,
            ca=tls.ca if tls else None,
        )
        with suppress(KeyboardInterrupt):
            run(app.run(asked, asyncio.Event(), out.say), Clock.REAL)
        return _UNUSABLE if out.has_failed else 0


def _broker(arguments: argparse.Namespace, access: Access, tls: Tls | None) -> Endpoint | Listener:
    url: str | None = arguments.broker
    if arguments.client_ca is not None and not (url or "").startswith("listens:"):
        raise UsageError("--client-ca is for a broker of ours that speaks TLS: write --broker listens://…")
    if url is not None and not url.startswith(("listen:", "listens:")):
        return replace(endpoint_of(url, login_of(arguments), tls), client_id=client_id_of(arguments))
    if arguments.user or arguments.client_id:
        raise UsageError(
            "--user and --client-id are for a broker elsewhere; the logins at one of ours stand in --access"
        )
    at = Endpoint(Listener().host, arguments.port) if url is None else listening_at(url)
    server, accounts = _server_side(at, tls, arguments.client_ca), access.accounts(arguments.scheme)
    try:
        return Listener(at.host, at.port, server, accounts=accounts)
    except UsageError as error:
        raise UsageError(
            f"a broker on {at.host} would let in whoever reaches it; give it accounts by --access FILE"
        ) from error


def _server_side(at: Endpoint, tls: Tls | None, client_ca: Path | None) -> ServerTls | None:
    if at.tls is None:
        if tls is not None:
            raise UsageError("certificates have no use without TLS: write --broker listens://…")
        return None
    if tls is None or tls.ca is None or tls.certificate is None:
        raise UsageError(
            "--broker listens://… needs --certificate FILE and --key FILE, and --ca FILE so that the service trusts it "
            "itself; `setpoint certs DIR` makes them"
        )
    return ServerTls(tls.certificate, tls.key or tls.certificate, client_ca, tls.passphrase)


def _access(arguments: argparse.Namespace) -> Access:
    """The clients of the file, and one that may do everything over REST where a token for it is given."""
    access = Access() if arguments.access is None else read_access(arguments.access)
    token = secret(_TOKEN, arguments.http_token_file)
    if token is None:
        return access
    if not token.strip():
        raise UsageError("the token is blank, so anybody could guess it; write some letters and digits")
    return Access((*access.clients, KnownClient("", frozenset({EVERY}), token=token)))


def _http(arguments: argparse.Namespace, access: Access) -> Address:
    address = Address.parse(arguments.http, "--http")
    if not (access.has_tokens or address.is_loopback):
        raise UsageError(
            f"--http {address} can be reached from elsewhere; give it a token by --http-token-file or in {_TOKEN}, or "
            "clients with tokens by --access, or listen on 127.0.0.1"
        )
    return address


def _port(word: str) -> int:
    if not (word.isdecimal() and int(word) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 0 to {_LAST_PORT}; 0 stands for a free port")
    return int(word)


def _scheme(word: str) -> Scheme:
    try:
        return Scheme(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is not {' or '.join(Scheme)}") from None
