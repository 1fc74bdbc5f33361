"""Reads a device's profile from TOML: what it declares, and how conditions are brought about on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.nameplate import Nameplate
from harness.profile import Point, Profile
from harness.provocations.way import Way, way
from harness.toml_file import TomlFile
from harness.wire.topics import UDMI

_ALLOWANCE = 1.0  # seconds that a message may be on its way, where the profile says nothing


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """`ways`: by the names of provocations. `remarks`: what the operator should know before it is used."""

    profile: Profile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "ProfileFile":
        """Raises UsageError with file, line, what is wrong there and the nearest allowed word."""
        return cls._of(TomlFile.read(path, "profile"))

    @classmethod
    def parse(cls, text: str, path: Path) -> "ProfileFile":
        """From text that is to stand in that file."""
        return cls._of(TomlFile.parse(text, path, "profile"))

    @classmethod
    def _of(cls, file: TomlFile) -> "ProfileFile":
        raw = file.content
        points = {name: Point.declared(name, entry) for name, entry in raw["points"].items()}
        topics = raw.get("topics", UDMI)
        if "{registry}" in topics and "registry" not in raw:
            raise file.amiss(("topics",), 'it has {registry}: add the line registry = "…"')
        profile = Profile(
            raw["id"],
            points,
            raw.get("time_to_failure"),
            raw.get("network_allowance", _ALLOWANCE),
            topics.replace("{registry}", raw.get("registry", "")),
            Nameplate.declared(raw),
        )
        return cls(profile, {name: way(entry) for name, entry in raw.get("provocations", {}).items()})
