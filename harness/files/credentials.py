"""Words that must not stand on a command line, where every user of the machine can read them."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from harness.errors import UsageError
from harness.mqtt.endpoint import Login, Tls
from harness.mqtt.tls import PASSPHRASE

_WAYS_IN: Mapping[str, Callable[[str], object]] = {
    "user": str,
    "password_file": Path,
    "ca": Path,
    "certificate": Path,
    "key": Path,
    "client_id": str,
}
_LONGEST_ID = 65_535  # bytes; as MQTT counts them
PASSWORD = "SETPOINT_PASSWORD"  # noqa: S105 - the name of a variable


def secret(variable: str, file: Path | None) -> str | None:
    """From the file's first line, or else from the environment; None where neither is there."""
    if file is None:
        return os.environ.get(variable) or None
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{file} is not UTF-8 text") from error
    if not lines or not lines[0]:
        raise UsageError(f"{file} is empty on its first line; it should hold what else would stand in {variable}")
    return lines[0]


def add_options(add: Callable[..., object], certificate: str = "the client certificate") -> None:
    """The options of whoever connects to a broker; `add` is argparse's add_argument, or pytest's addoption."""
    add("--user", metavar="NAME", help=f"log in; the password stands in {PASSWORD} or in --password-file")
    add("--password-file", type=Path, metavar="FILE", help="a file whose first line is the password")
    add("--ca", type=Path, metavar="FILE", help="whom to trust; by default whom the system trusts")
    add("--certificate", type=Path, metavar="FILE", help=certificate)
    add(
        "--key",
        type=Path,
        metavar="FILE",
        help=f"its key, if it is not in the same file; the passphrase of an encrypted one stands in {PASSPHRASE}",
    )
    add(
        "--client-id",
        metavar="ID",
        help="what to go by, where the broker ties the client id to the login; {id}: with sim, the device's",
    )


def as_before(options: argparse.Namespace, recorded: Sequence[str]) -> None:
    """The login options of an earlier run, where none are given now. They hold no secret."""
    for option in recorded:
        typed, _, value = option.partition("=")
        name = typed.removeprefix("--").replace("-", "_")
        if name in _WAYS_IN and getattr(options, name) is None:
            setattr(options, name, _WAYS_IN[name](value))


def typed_again(options: argparse.Namespace) -> list[str]:
    """The login, certificates and the like, as another process of ours is to be given them; of a secret, its place."""
    values = ((name, getattr(options, name)) for name in (*_WAYS_IN, "client_ca"))
    given = [f"--{name.replace('_', '-')}={value}" for name, value in values if value is not None]
    return [*given, *(["--insecure"] if options.insecure else [])]


def add_listening_options(add: Callable[..., object]) -> None:
    """The options of whoever lets devices connect."""
    add("--insecure", action="store_true", help="with listen: let in whoever reaches the broker of ours")
    add("--client-ca", type=Path, metavar="FILE", help="with listens: let in only who has a certificate of this CA")


def login_of(options: argparse.Namespace) -> Login | None:
    """From these options and the environment. Raises UsageError where one lacks the other."""
    if options.user is None:
        if options.password_file:
            raise UsageError("--password-file has no use without --user")
        return None
    password = secret(PASSWORD, options.password_file)
    if password is None:
        raise UsageError(
            f"the password of {options.user!r} is missing: put it in {PASSWORD}, or name a --password-file"
        )
    return Login(options.user, password)


def tls_of(options: argparse.Namespace) -> Tls | None:
    """From these options. Raises UsageError where they do not go together."""
    if options.key and not options.certificate:
        raise UsageError("--key has no use without --certificate")
    if not (options.ca or options.certificate):
        return None
    return Tls(options.ca, options.certificate, options.key, os.environ.get(PASSPHRASE) or None)


def client_id_of(options: argparse.Namespace) -> str | None:
    """From these options; None: what goes by it is to choose. Raises UsageError where no broker could take it."""
    typed: str | None = options.client_id
    if typed is not None and not (typed.isprintable() and 0 < len(typed.encode()) <= _LONGEST_ID):
        raise UsageError(f"--client-id is {typed!r}; expected 1 to {_LONGEST_ID} bytes that can be printed")
    return typed
