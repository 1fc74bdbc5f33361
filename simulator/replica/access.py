"""The clients that a replica service knows: their logins, their tokens, and the devices that are open to each.

A device has the topics of its own replicas, a component those of the devices that it is given. Either hears what a
replica says there, and publishes requests alone: no client can answer in the service's place.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.broker.access_control import Account
from harness.errors import UsageError
from harness.files.credentials import secret
from harness.files.data import data
from harness.files.toml_file import TomlFile
from harness.mqtt.endpoint import Login
from harness.protocols.replica.words.topics import Scheme, filters_of_requests

EVERY = "*"
_SCHEMA = ("replica", "schemas", "access.json")


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A device or a component. `password`: for the broker; `token`: for REST; None: it has no way in there."""

    name: str
    devices: frozenset[str]
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    def may(self, device: str) -> bool:
        """Whether the replicas of that device are open to it."""
        return EVERY in self.devices or device in self.devices

    def account(self, scheme: Scheme) -> Account | None:
        """Its account at a broker of ours; None without a password."""
        if self.password is None:
            return None
        devices = ("+",) if EVERY in self.devices else sorted(self.devices)
        requests = [topics.replace("+", device, 1) for topics in filters_of_requests(scheme) for device in devices]
        heard = [
            f"state/{device}/#" if scheme is Scheme.SEED else f"$aws/things/{device}/shadow/#" for device in devices
        ]
        return Account(Login(self.name, self.password), tuple(heard), publishes=tuple(requests))


@dataclass(frozen=True, slots=True)
class Access:
    """Every client that is known. Without any, whoever reaches a loopback address may do everything."""

    clients: tuple[KnownClient, ...] = ()

    @property
    def has_passwords(self) -> bool:
        """Whether a broker of ours asks for a login."""
        return any(client.password is not None for client in self.clients)

    @property
    def has_tokens(self) -> bool:
        """Whether REST asks for a token."""
        return any(client.token is not None for client in self.clients)

    def accounts(self, scheme: Scheme) -> tuple[Account, ...]:
        """The accounts of a broker of ours."""
        return tuple(account for client in self.clients if (account := client.account(scheme)))

    def bearer(self, token: str) -> KnownClient | None:
        """The client whose token that is. Each is compared, in a time that tells nothing of it."""
        same = [client for client in self.clients if client.token is not None and _is_same(client.token, token)]
        return same[0] if same else None


def read_access(path: Path) -> Access:
    """The access that a file of the operator's gives. Raises UsageError, with the line; it repeats no secret."""
    file = TomlFile.read(path, data(*_SCHEMA))
    clients = tuple(_clients(file))
    for client in clients:
        for other in clients:
            if other is client:
                break
            if other.name == client.name:
                raise UsageError(f"{path}: both a device and a component are called {client.name!r}")
            if client.token is not None and client.token == other.token:
                raise UsageError(f"{path}: {other.name!r} and {client.name!r} have one token")
    return Access(clients)


def _clients(file: TomlFile) -> Iterator[KnownClient]:
    for kind in ("devices", "components"):
        for name, given in file.content.get(kind, {}).items():
            place = (kind, name)
            password, token = (_secret(file, place, given, what) for what in ("password", "token"))
            if password is None and token is None:
                raise file.amiss(place, "it has neither a password nor a token")
            yield KnownClient(name, frozenset(given.get("devices", (name,))), password, token)


def _secret(file: TomlFile, place: tuple[str, str], given: Mapping[str, Any], what: str) -> str | None:
    variable, named = given.get(f"{what}_env"), given.get(f"{what}_file")
    if variable is None and named is None:
        return None
    if variable is not None and named is not None:
        raise file.amiss((*place, f"{what}_file"), f"there is {what}_env too; one of them is enough")
    key = f"{what}_env" if named is None else f"{what}_file"
    # What stands at the key is not repeated: it may be the secret itself, put there by mistake.
    word = secret(variable or "", None if named is None else file.path.parent / named)
    if word is None or not word.strip():
        raise file.amiss(
            (*place, key), "no such variable is set" if named is None else "the file begins with a blank line"
        )
    return word


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
