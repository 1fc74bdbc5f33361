"""The profile of a service as an operator gives it: a TOML file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.files.credentials import secret
from harness.files.toml_file import TomlFile
from harness.mqtt.endpoint import Login
from harness.protocols.replica.profile import ServiceProfile
from harness.provocations.way import Way, ways_in
from harness.suite_limits import hold_to
from harness.target import Identity

_NO_FACTS = ("provocations", "service")


@dataclass(frozen=True, slots=True)
class SecretPlaces:
    """The places of a client's secrets: variables of the environment, or files. What stands at a place is not told."""

    username: str
    client_id: str | None = None
    password_env: str = field(default="", repr=False)
    password_file: Path | None = field(default=None, repr=False)
    token_env: str = field(default="", repr=False)
    token_file: Path | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """A profile, the ways in which the service is restarted, and the places of the secrets of its logins."""

    profile: ServiceProfile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()
    places: Mapping[str, SecretPlaces] = field(default_factory=dict)

    def identities(self) -> Mapping[str, Identity]:
        """Every login, with the secrets that are there. Raises UsageError, which repeats none."""
        return {name: _identity(name, places) for name, places in self.places.items()}


def read_service_file(where: Path, limits: Callable[[], type[object]]) -> ServiceFile:
    """From that file. Raises UsageError with its line. `limits`: gives those that a profile may stretch."""
    file = TomlFile.read(where, "replica/schemas/service", "replica")
    hold_to(limits, file)
    facts = {name: content for name, content in file.content.items() if name not in _NO_FACTS}
    places = dict(_places(file))
    logins = {name: _declared(file.content["service"]["logins"][name], places[name]) for name in places}
    return ServiceFile(ServiceProfile.from_dict({**facts, "logins": logins}), ways_in(file.content), places=places)


def _places(file: TomlFile) -> Iterator[tuple[str, SecretPlaces]]:
    for name, given in file.content.get("service", {}).get("logins", {}).items():
        place = ("service", "logins", name)
        for what in ("password", "token"):
            if f"{what}_env" in given and f"{what}_file" in given:
                raise file.amiss((*place, f"{what}_file"), f"there is {what}_env too; one of them is enough")
        if not given.keys() & {"password_env", "password_file", "token_env", "token_file"}:
            raise file.amiss(place, "it has neither a password nor a token")
        files = {key: file.path.parent / given[key] for key in ("password_file", "token_file") if key in given}
        others = {key: given[key] for key in ("client_id", "password_env", "token_env") if key in given}
        yield name, SecretPlaces(given["username"], **others, **files)


def _declared(given: Mapping[str, Any], places: SecretPlaces) -> Mapping[str, Any]:
    return {
        "username": places.username,
        "id": given.get("id", places.username),
        "has_password": bool(places.password_env or places.password_file),
        "has_token": bool(places.token_env or places.token_file),
    }


def _identity(name: str, places: SecretPlaces) -> Identity:
    password = _secret(name, "password", places.password_env, places.password_file)
    token = _secret(name, "token", places.token_env, places.token_file)
    return Identity(Login(places.username, password) if password else None, token, places.client_id)


def _secret(name: str, what: str, variable: str, file: Path | None) -> str | None:
    """The word at that place, if any. The place is not repeated: it may be the secret itself, put there by mistake."""
    try:
        return secret(variable, file) if variable or file else None
    except UsageError:
        raise UsageError(
            f"the {what} of [service.logins.{name}] cannot be read: {what}_file names a file of text, relative to the "
            f"profile, whose first line is the {what}"
        ) from None
