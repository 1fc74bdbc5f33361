"""The profile of a service as an operator gives it: a TOML file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.files.toml_file import TomlFile
from harness.protocols.replica.profile import ServiceProfile
from harness.provocations.way import Way, way
from harness.suite_limits import slip_in


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """A profile, and the ways in which the service is restarted."""

    profile: ServiceProfile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()


def read_service_file(where: Path, limits: Callable[[], type[object]]) -> ServiceFile:
    """From that file. Raises UsageError with its line. `limits`: gives those that a profile may stretch."""
    file = TomlFile.read(where, "replica/schemas/service", "replica")
    for name, seconds in file.content.get("limits", {}).items():
        if slip := slip_in(limits(), name, seconds):
            raise file.amiss(("limits", name), slip)
    facts = {name: content for name, content in file.content.items() if name != "provocations"}
    ways = {name: way(entry) for name, entry in file.content.get("provocations", {}).items()}
    return ServiceFile(ServiceProfile.from_dict(facts), ways)
