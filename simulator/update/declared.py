"""Reads an agent, or a device, from TOML: its profile, and how its components behave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.files.toml_file import TomlFile
from harness.protocols.update.profile import UpdateProfile, config_for, profile_in
from harness.protocols.update.words.inventory import SoftwareType
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PhaseCommand
from simulator.standalone.numbering import nth
from simulator.update.agent.components import Installed, SimulatedComponent

_SCHEMA = "update/schemas/device"


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """An agent or a device, and its profile. Ours is on the same machine, so nothing is lost on the way."""

    profile: UpdateProfile
    components: tuple[SimulatedComponent, ...]
    spec: UpdateSpec = UpdateSpec.DIAGRAMS

    @classmethod
    def read(cls, path: Path, spec: UpdateSpec = UpdateSpec.DIAGRAMS) -> "DeviceFile":
        """Raises UsageError, with the file, the line, and what is amiss there."""
        file = TomlFile.read(path, _SCHEMA)
        raw = file.content
        usual = raw.get("seconds", {})
        tables = raw.get("components", {})
        components = tuple(_component(name, entry, usual) for name, entry in tables.items())
        for one in components:
            if one.base and not one.knows(one.base.version):
                raise file.amiss(("components", one.id, "version"), f"it does not take {one.base.version!r} itself")
            if "unknown" in tables[one.id] and one.knows(tables[one.id]["unknown"]):
                raise file.amiss(("components", one.id, "unknown"), "that is a version that it takes")
        return cls(profile_in({**raw, "network_allowance": 0.0}), components, spec)

    @property
    def alone(self) -> "DeviceFile":
        """The same where nobody plays its agents, or its owner: all agents are its own, and no owner is asked."""
        return replace(self, profile=replace(self.profile, played=(), consent=()))

    def numbered(self, count: int) -> "list[DeviceFile]":
        """So many of them, alike but for their ids. Each has its own in its topics, or all would be told the same."""
        profile = self.profile
        if count > 1 and "{id}" not in profile.topics:
            profile = replace(profile, topics=f"{{id}}/{profile.topics}")
        return [replace(self, profile=replace(profile, id=nth(profile.id, place))) for place in range(count)]


def _component(name: str, entry: Mapping[str, Any], usual: Mapping[str, float]) -> SimulatedComponent:
    config = config_for(tuple(entry.get("config", {}).items()), entry.get("version", ""))
    return SimulatedComponent(
        name,
        tuple(entry["versions"]),
        Installed(entry["version"], config) if "version" in entry else None,
        _by_command({**usual, **entry.get("seconds", {})}),
        _by_command(entry.get("fails", {})),
        _by_command(entry.get("never_ends", {})),
        entry.get("system", False),
        SoftwareType(entry.get("type", SoftwareType.APPLICATION)),
    )


def _by_command(table: Mapping[str, Any]) -> dict[PhaseCommand, Any]:
    return {PhaseCommand(name.upper()): value for name, value in table.items()}
