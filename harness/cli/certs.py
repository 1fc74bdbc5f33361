"""`setpoint certs DIR`: what TLS needs on a bench."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from harness.errors import UsageError
from harness.files.certificates import CertificateAndKey, bench_ca, device, server

_AT_HOME = ("localhost", "127.0.0.1")  # where the harness itself meets a broker that it has started


class Certs:
    """Write a CA for the bench, and the certificates of a server and of a device that it vouches for."""

    examples: ClassVar[Mapping[str, str]] = {
        "setpoint certs bench/": "for a broker on this machine",
        "setpoint certs bench/ --host broker.local --device LAMP-1": "one that others reach, and a device",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folder, and the names that the certificates are for."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="where the files go; made if it is not there")
        parser.add_argument(
            "--host",
            action="append",
            default=[],
            metavar="NAME",
            help=f"a name or address of the server, besides {' and '.join(_AT_HOME)}; may be repeated",
        )
        parser.add_argument("--device", default="device", metavar="ID", help="the device's id (default: device)")
        parser.add_argument("--force", action="store_true", help="overwrite what is there")

    def run(self, arguments: argparse.Namespace) -> int:
        """0 once they are written."""
        now = datetime.now(UTC)
        ca = bench_ca(now)
        hosts = [*dict.fromkeys((*arguments.host, *_AT_HOME))]
        made = {"ca": ca, "server": server(ca, hosts, now), "device": device(ca, arguments.device, now)}
        _write(arguments.folder, made, overwrite=arguments.force)
        for line in _what_to_do(arguments.folder, hosts, arguments.device):
            print(line)  # noqa: T201 - what the operator asked for
        return 0


def _write(folder: Path, made: Mapping[str, CertificateAndKey], *, overwrite: bool) -> None:
    """All of them, or none: half a new set and half an old one fit each other nowhere."""
    files = {folder / f"{name}.crt": identity.certificate_pem for name, identity in made.items()}
    keys = {folder / f"{name}.key": identity.key_pem for name, identity in made.items()}
    there = [file for file in (*files, *keys) if file.exists()]
    if there and not overwrite:
        raise UsageError(f"{there[0]} is there already; --force overwrites it, and no old certificate fits then")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, pem in files.items():
            file.write_bytes(pem)
        for file, pem in keys.items():
            file.unlink(missing_ok=True)  # an old one might be open to more than its owner
            file.touch(mode=0o600)
            file.write_bytes(pem)
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be written: {error.strerror}") from error


def _what_to_do(folder: Path, hosts: list[str], device_id: str) -> list[str]:
    return [
        f"{folder / 'ca.crt'}      give it to the device and to every other client: by it they know the broker",
        f"{folder / 'ca.key'}      keep it to yourself; only further certificates need it",
        f"{folder / 'server.crt'}  with server.key: for the broker, at {', '.join(hosts)}",
        f"{folder / 'device.crt'}  with device.key: for the device called {device_id}, if the broker asks for one",
        "Keys are not encrypted, and readable by their owner alone.",
    ]
