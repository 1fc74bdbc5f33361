"""Words that must not stand on a command line, where every user of the machine can read them."""

import os
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


def login_of(user: str | None, password_file: Path | None) -> Login | None:
    """From the options --user and --password-file, and the environment. Raises UsageError where one lacks the other."""
    if user is None:
        if password_file:
            raise UsageError("--password-file has no use without --user")
        return None
    password = secret(PASSWORD, password_file)
    if password is None:
        raise UsageError(f"the password of {user!r} is missing: put it in {PASSWORD}, or name a --password-file")
    return Login(user, password)


def tls_of(ca: Path | None, certificate: Path | None, key: Path | None) -> Tls | None:
    """From the options of the same names. Raises UsageError where they do not go together."""
    if key and not certificate:
        raise UsageError("--key has no use without --certificate")
    return Tls(ca, certificate, key) if ca or certificate else None
