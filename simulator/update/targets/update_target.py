"""A simulated agent, or device, as a target: its file, its profile, and what can be done to it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from harness.protocols.update.profile import Role, UpdateProfile, update_profile
from harness.protocols.update.words.device_events import AgentEvent, Reset, Restarted
from harness.protocols.update.words.spec import UpdateSpec
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import TargetOptions
from simulator.base.target import SimulatedTarget, refuse_options
from simulator.update.declared import DeviceFile

R = TypeVar("R")


@dataclass(frozen=True)
class UpdateTarget(SimulatedTarget[DeviceFile, R, AgentEvent]):
    """An agent, or a device, read from a file, and how it is varied."""

    @property
    def profile(self) -> UpdateProfile:
        """The profile of the file."""
        return self.file.profile

    def event_of(self, provocation: Provocation) -> AgentEvent:
        """A restart, or a reset. Raises CannotProvoke for anything else."""
        match provocation:
            case Provocation("restart"):
                return Restarted()
            case Provocation("reset"):
                return Reset()
            case _:
                raise CannotProvoke(provocation, f"it is nothing that happens to an update {self.profile.role}")


def file_of(role: Role, shipped: Path, path: str, options: TargetOptions) -> tuple[str, DeviceFile]:
    """The target's name, and the file that is typed behind it; nothing there means the one that comes with Setpoint.

    Raises UsageError.
    """
    scheme = f"update-{role}"
    refuse_options(scheme, options)
    spec = UpdateSpec.KANTO if options.spec == UpdateSpec.KANTO else UpdateSpec.DIAGRAMS
    file = DeviceFile.read(Path(path) if path else shipped, spec)
    update_profile(file.profile, role)
    return (f"{scheme}:{path}" if path else scheme), file
