"""The profile of an update agent or device as an operator gives it: a TOML file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from harness.files.toml_file import TomlFile
from harness.protocols.update.profile import Deadline, DeclaredComponent, OnNewDesiredState, Role, UpdateProfile
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import TEMPLATE
from harness.provocations.way import Way, ways_in
from harness.suite_limits import hold_to

_SCHEMA = "update/schemas/profile"
_ALLOWANCE = 1.0  # seconds that a message may be on its way, where the profile says nothing
_MANAGER = "device"  # the domain of an update manager, where the profile names none


@dataclass(frozen=True, slots=True)
class UpdateProfileFile:
    """`ways`: by the names of provocations. `remarks`: what the operator should know before it is used."""

    profile: UpdateProfile
    ways: Mapping[str, Way]
    remarks: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path, limits: Callable[[Role], type[object]] | None = None) -> "UpdateProfileFile":
        """Raises UsageError with file, line, what is wrong there and the nearest allowed word.

        `limits`: gives those of the suites that a role is to be held to; without, nobody looks which it stretches.
        """
        file = TomlFile.read(path, _SCHEMA, "update")
        raw = file.content
        role = Role(raw["role"])
        hold_to(limits and partial(limits, role), file)
        if role is Role.AGENT and "domain" not in raw:
            raise file.amiss((), "an agent says of which `domain` it is")
        profile = profile_in(raw)
        for one in profile.components:
            if contradiction := _slip_of(one, profile):
                raise file.amiss(("components", one.id), contradiction)
        return cls(profile, ways_in(raw), _remarks(profile))


def profile_in(raw: Mapping[str, Any]) -> UpdateProfile:
    """From the content of a file that was held against its schema; words that are a simulated one's are left alone."""
    components = [
        DeclaredComponent(
            name,
            tuple(entry["versions"]),
            entry.get("unknown"),
            {PhaseCommand(command.upper()): version for command, version in entry.get("fails", {}).items()},
        )
        for name, entry in raw.get("components", {}).items()
    ]
    return UpdateProfile(
        raw["id"],
        Role(raw["role"]),
        raw.get("domain", _MANAGER),
        tuple(components),
        raw.get("envelope", True),
        raw.get("topics", TEMPLATE),
        {Deadline(name): float(seconds) for name, seconds in raw.get("deadlines", {}).items()},
        OnNewDesiredState(raw.get("on_new_desired_state", OnNewDesiredState.SUPERSEDE)),
        tuple(raw.get("played", ())),
        tuple(PhaseCommand(command) for command in raw.get("consent", ())),
        raw.get("rolls_back", True),
        raw.get("network_allowance", _ALLOWANCE),
        raw.get("limits", {}),
    )


def _slip_of(one: DeclaredComponent, profile: UpdateProfile) -> str | None:
    """How a component contradicts itself, or the rest; None where it does not."""
    bad = [version for version in (one.unknown, *one.fails.values()) if version is not None]
    if both := set(bad).intersection(one.versions):
        return f"{min(both)!r} is one of the versions that it takes"
    if profile.role is Role.AGENT and one.domain != profile.domain:
        return f"an agent of the domain {profile.domain!r} has components of that domain alone"
    return None


def _remarks(profile: UpdateProfile) -> tuple[str, ...]:
    lacking = [name for name in Deadline if name not in profile.deadlines]
    remarks = []
    if not profile.settable:
        remarks.append("no component may be changed: give one that may two `versions`, or little can be judged")
    if lacking:
        remarks.append(f"no deadline for {', '.join(lacking)}: what must come in that time cannot be tested")
    return tuple(remarks)
