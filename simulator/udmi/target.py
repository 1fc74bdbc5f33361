"""The `sim` target: a simulated device behind the embedded broker, in virtual time unless told otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.files.data import data
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.device_events import event_of
from harness.protocols.udmi.words.spec import Spec
from harness.provocations.provocation import Provocation
from harness.target import TargetOptions
from simulator.base.linked_device import LinkedDevice
from simulator.base.target import SimulatedTarget, refuse_options
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.device_source import read_device
from simulator.udmi.events import Event
from simulator.udmi.linked_device import linked_device, simulated_device
from simulator.udmi.rules import Rules
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY, Variation

AHU_1 = data("udmi", "devices", "ahu-1.toml")


@dataclass(frozen=True)
class SimTarget(SimulatedTarget[DeviceFile, Rules, Event]):
    """A device read from a file, how it is varied, and the spec that it speaks."""

    variation: Variation = HEALTHY
    spec: Spec = Spec.UDMI_1_5

    @classmethod
    def from_option(cls, path: str, options: TargetOptions | None = None) -> "SimTarget":
        """From what stands behind `sim:`; nothing there means the air handling unit that comes with Setpoint."""
        options = options or TargetOptions()
        refuse_options("sim", options)
        return cls(
            f"sim:{path}" if path else "sim", read_device(Path(path) if path else AHU_1), spec=Spec(options.spec)
        )

    @property
    def profile(self) -> Profile:
        """The profile of the file."""
        return self.file.profile

    @property
    def variations(self) -> Sequence[Variation]:
        """Every deviation and quirk."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[Event]:
        """The device, made anew."""
        machine = simulated_device(self.file, self.variation, self.spec)
        return linked_device(machine, self.file, self.variation, self.spec)

    def event_of(self, provocation: Provocation) -> Event:
        """As the words of UDMI's provocations have it."""
        return event_of(provocation)
