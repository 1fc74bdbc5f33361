"""The target `update-device`: a simulated device opposite backend, agents and owner, in virtual time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.files.data import data
from harness.protocols.update.profile import Role, UpdateProfile, update_profile
from harness.protocols.update.words.device_events import AgentEvent, Reset, Restarted
from harness.protocols.update.words.spec import UpdateSpec
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import TargetOptions
from simulator.base.linked_device import LinkedDevice
from simulator.base.target import SimulatedTarget, refuse_options
from simulator.update.declared import DeviceFile
from simulator.update.device.rules import ManagerRules
from simulator.update.device_variations import VARIATIONS
from simulator.update.device_variations.variation import HEALTHY, DeviceVariation
from simulator.update.targets.linked_device import linked_device, simulated_device

GATEWAY = data("update", "devices", "gateway.toml")


@dataclass(frozen=True)
class UpdateDeviceTarget(SimulatedTarget[DeviceFile, ManagerRules, AgentEvent]):
    """A device read from a file, and how it is varied. The agents of its played domains are the harness's."""

    variation: DeviceVariation = HEALTHY

    @classmethod
    def from_option(cls, path: str, options: TargetOptions) -> "UpdateDeviceTarget":
        """From what stands behind `update-device`; nothing there means the gateway that comes with Setpoint."""
        refuse_options("update-device", options)
        name = f"update-device:{path}" if path else "update-device"
        spec = UpdateSpec.KANTO if options.spec == UpdateSpec.KANTO else UpdateSpec.DIAGRAMS
        file = DeviceFile.read(Path(path) if path else GATEWAY, spec)
        update_profile(file.profile, Role.DEVICE)
        return cls(name, file)

    @property
    def profile(self) -> UpdateProfile:
        """The profile of the file."""
        return self.file.profile

    @property
    def variations(self) -> Sequence[DeviceVariation]:
        """Every deviation and quirk."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[AgentEvent]:
        """The device, made anew."""
        return linked_device(simulated_device(self.file, self.variation), self.file, self.variation)

    def event_of(self, provocation: Provocation) -> AgentEvent:
        """A restart, or a reset. Raises CannotProvoke for anything else."""
        match provocation:
            case Provocation("restart"):
                return Restarted()
            case Provocation("reset"):
                return Reset()
            case _:
                raise CannotProvoke(provocation, "it is nothing that happens to a device with an update manager")
