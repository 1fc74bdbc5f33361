"""The profile of an update agent or device as an operator gives it: a TOML file."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.files.protocol_tables import part_of
from harness.files.toml_file import TomlFile
from harness.protocols.update.profile import Deadline, DeclaredComponent, Role, UpdateProfile, profile_in
from harness.provocations.way import Way, ways_in
from harness.suite_limits import hold_to

SCHEMA = "update/schemas/profile"


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
        return cls._of(TomlFile.read(path, SCHEMA, "update"), limits)

    @classmethod
    def parse(cls, text: str, path: Path) -> "UpdateProfileFile":
        """From text that is to stand in that file."""
        return cls._of(TomlFile.parse(text, path, SCHEMA, "update"))

    @classmethod
    def _of(cls, file: TomlFile, limits: Callable[[Role], type[object]] | None = None) -> "UpdateProfileFile":
        raw = file.content
        role = Role(raw["role"])
        hold_to(limits and partial(limits, role), file)
        if role is Role.AGENT and "domain" not in raw:
            raise file.amiss((), "an agent says of which `domain` it is")
        if role is Role.AGENT and "feedback_interval" in raw:
            raise file.amiss(("feedback_interval",), "an agent says no RUNNING: this is of a device alone")
        profile = profile_in(raw)
        for one in profile.components:
            if contradiction := _slip_of(one, profile):
                raise file.amiss(("components", one.id), contradiction)
        return cls(profile, ways_in(raw), _remarks(profile))


def role_in(path: Path) -> Role | None:
    """The role that a file is the profile of; None: it has none, or is of another protocol. Its reader tells slips."""
    try:
        content, _ = part_of("update", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError):
        return None
    role = content.get("role") if isinstance(content, dict) else None
    return next((one for one in Role if one == role), None)


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
