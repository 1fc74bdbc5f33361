"""The target `update-device`: a simulated device opposite backend, agents and owner, in virtual time."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.files.data import data
from harness.protocols.update.profile import Role
from harness.protocols.update.words.device_events import AgentEvent
from harness.target import TargetOptions
from simulator.base.linked_device import LinkedDevice
from simulator.update.device.rules import ManagerRules
from simulator.update.device_variations import VARIATIONS
from simulator.update.device_variations.variation import HEALTHY, DeviceVariation
from simulator.update.targets.linked_machines import linked_device, simulated_device
from simulator.update.targets.update_target import UpdateTarget, file_of

GATEWAY = data("update", "devices", "gateway.toml")


@dataclass(frozen=True)
class UpdateDeviceTarget(UpdateTarget[ManagerRules]):
    """A device read from a file, and how it is varied. The agents of its played domains are the harness's."""

    variation: DeviceVariation = HEALTHY

    @classmethod
    def from_option(cls, path: str, options: TargetOptions) -> "UpdateDeviceTarget":
        """From what stands behind `update-device`; nothing there means the gateway that comes with Setpoint."""
        return cls(*file_of(Role.DEVICE, GATEWAY, path, options))

    @property
    def variations(self) -> Sequence[DeviceVariation]:
        """Every deviation and quirk."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[AgentEvent]:
        """The device, made anew."""
        return linked_device(simulated_device(self.file, self.variation), self.file, self.variation)
