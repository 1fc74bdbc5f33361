"""The target `replica-device`: a simulated device behind a replica that the harness plays, in virtual time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.files.data import data
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.words.topics import Scheme
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import TargetOptions
from simulator.base.linked_device import LinkedDevice
from simulator.base.target import SimulatedTarget, refuse_options
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.events import Changed, DeviceEvent, Restarted
from simulator.replica.device.rules import DeviceRules
from simulator.replica.device_variations import VARIATIONS
from simulator.replica.device_variations.variation import HEALTHY, DeviceVariation
from simulator.replica.targets.linked_device import linked_device, simulated_device

LAMP = data("replica", "devices", "lamp.toml")


@dataclass(frozen=True)
class ReplicaDeviceTarget(SimulatedTarget[DeviceFile, DeviceRules, DeviceEvent]):
    """A device read from a file, and how it is varied."""

    variation: DeviceVariation = HEALTHY

    @classmethod
    def from_option(cls, path: str, options: TargetOptions) -> "ReplicaDeviceTarget":
        """From what stands behind `replica-device`; nothing there means the lamp that comes with Setpoint."""
        refuse_options("replica-device", options)
        name = f"replica-device:{path}" if path else "replica-device"
        scheme = Scheme.AWS if options.spec.endswith("-aws") else Scheme.SEED
        return cls(name, DeviceFile.read(Path(path) if path else LAMP, scheme))

    @property
    def profile(self) -> DeviceProfile:
        """The profile of the file."""
        return self.file.profile

    @property
    def variations(self) -> Sequence[DeviceVariation]:
        """Every deviation and quirk."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[DeviceEvent]:
        """The device, made anew."""
        return linked_device(simulated_device(self.file, self.variation), self.file, self.variation)

    def event_of(self, provocation: Provocation) -> DeviceEvent:
        """A change of a property, or a restart. Raises CannotProvoke for anything else."""
        match provocation:
            case Provocation("change", name, value):
                return Changed(name, value)
            case Provocation("restart"):
                return Restarted()
            case _:
                raise CannotProvoke(provocation, "it is nothing that happens to a device behind a replica")
