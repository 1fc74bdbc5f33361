"""The profile of a device behind a replica as an operator gives it: a TOML file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.files.toml_file import TomlFile
from harness.protocols.replica.device_profile import DeclaredProperty, DeviceProfile, declared_property, fits
from harness.protocols.replica.words.topics import Scheme
from harness.provocations.way import Way, ways_in
from harness.suite_limits import hold_to

SCHEMA = "replica/schemas/device-profile"
_ALLOWANCE = 1.0  # seconds that a message may be on its way, where the profile says nothing


@dataclass(frozen=True, slots=True)
class DeviceProfileFile:
    """`ways`: by the names of provocations. `remarks`: what the operator should know before it is used."""

    profile: DeviceProfile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path, limits: Callable[[], type[object]] | None = None) -> "DeviceProfileFile":
        """Raises UsageError with file, line, what is wrong there and the nearest allowed word.

        `limits`: gives those of the suites that the device is to be held to; without, nobody looks which it stretches.
        """
        file = TomlFile.read(path, SCHEMA, "replica")
        hold_to(limits, file)
        return cls._of(file)

    @classmethod
    def parse(cls, text: str, path: Path) -> "DeviceProfileFile":
        """From text that is to stand in that file."""
        return cls._of(TomlFile.parse(text, path, SCHEMA, "replica"))

    @classmethod
    def _of(cls, file: TomlFile) -> "DeviceProfileFile":
        raw = file.content
        properties = {name: declared_property(name, entry) for name, entry in raw["properties"].items()}
        for declared in properties.values():
            if contradiction := slip_of(declared, properties):
                key, words = contradiction
                raise file.amiss(("properties", declared.name, key), words)
        profile = DeviceProfile(
            raw["id"],
            properties,
            Scheme(raw.get("scheme", "seed")),
            raw.get("network_allowance", _ALLOWANCE),
            raw.get("limits", {}),
        )
        return cls(profile, ways_in(raw), _remarks(profile))


def slip_of(declared: DeclaredProperty, properties: Mapping[str, DeclaredProperty]) -> tuple[str, str] | None:
    """The key in which a property contradicts itself, and how; None where it does not."""
    unfit = [value for value in declared.good if not fits(declared.type, value)]
    if unfit:
        return "good", f"{unfit[0]!r} is no {declared.type}"
    if declared.impossible is not None and declared.impossible in declared.good:
        return "impossible", "that is one of its good values"
    if declared.counts is not None and (declared.counts not in properties or not declared.read_only):
        return "counts", "a counter is read_only, and counts another property of the device by its name"
    if any(declared.name.startswith(f"{other}.") for other in properties):
        return "type", "it lies inside another property, which is no object"
    return None


def _remarks(profile: DeviceProfile) -> tuple[str, ...]:
    if profile.settable:
        return ()
    return ("no property may be set: give one two values in `good`, if they are safe to set, or little can be judged",)
