"""The profile of a service as an operator gives it: a TOML file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.files.toml_file import TomlFile
from harness.protocols.replica.profile import ServiceProfile
from harness.provocations.way import Way, ways_in
from harness.suite_limits import hold_to


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """A profile, and the ways in which the service is restarted."""

    profile: ServiceProfile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()


def read_service_file(where: Path, limits: Callable[[], type[object]]) -> ServiceFile:
    """From that file. Raises UsageError with its line. `limits`: gives those that a profile may stretch."""
    file = TomlFile.read(where, "replica/schemas/service", "replica")
    hold_to(limits, file)
    facts = {name: content for name, content in file.content.items() if name != "provocations"}
    return ServiceFile(ServiceProfile.from_dict(facts), ways_in(file.content))
