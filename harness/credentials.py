"""Words that must not stand on a command line, where every user of the machine can read them."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from harness.errors import UsageError
from harness.wire.endpoint import Login, Tls

PASSWORD = "SETPOINT_PASSWORD"  # noqa: S105 - the name of a variable


def secret(variable: str, file: Path | None) -> str | None:
    """From the file's first line, or else from the environment; None where neither is there."""
    if file is None:
        return os.environ.get(variable) or None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
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
    add("--key", type=Path, metavar="FILE", help="its key, if it is not in the same file")


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
    return Tls(options.ca, options.certificate, options.key) if options.ca or options.certificate else None
