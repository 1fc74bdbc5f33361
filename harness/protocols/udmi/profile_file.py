"""Reads a device's profile from TOML: what it declares, and how conditions are brought about on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.files.toml_file import TomlFile
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.profile import Point, Profile
from harness.protocols.udmi.profile_values import slip_of
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.protocols.udmi.words.topics import UDMI
from harness.provocations.way import Way, ways_in
from harness.suite_limits import hold_to

_ALLOWANCE = 1.0  # seconds that a message may be on its way, where the profile says nothing


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """`ways`: by the names of provocations. `remarks`: what the operator should know before it is used."""

    profile: Profile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path, limits: Callable[[], type[object]] | None = None) -> "ProfileFile":
        """Raises UsageError with file, line, what is wrong there and the nearest allowed word.

        `limits`: gives those of the suites that the device is to be held to; without, nobody looks which it stretches.
        """
        file = TomlFile.read(path, "udmi/schemas/profile", "udmi")
        hold_to(limits, file)
        return cls._of(file)

    @classmethod
    def parse(cls, text: str, path: Path) -> "ProfileFile":
        """From text that is to stand in that file."""
        return cls._of(TomlFile.parse(text, path, "udmi/schemas/profile", "udmi"))

    @classmethod
    def _of(cls, file: TomlFile) -> "ProfileFile":
        raw = file.content
        points = {name: Point.declared(name, entry) for name, entry in raw.get("points", {}).items()}
        for point in points.values():
            if slip := slip_of(point):
                raise file.amiss(("points", point.name, slip.key), slip.words)
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
            SitePlacement.declared(raw),
            tuple(raw.get("guessed", ())),
            raw.get("limits", {}),
        )
        return cls(profile, ways_in(raw))
