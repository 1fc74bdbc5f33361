"""Who a simulated device is, and how it says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from harness.nameplate import Nameplate
from harness.wire.udmi import SystemState


@dataclass(frozen=True, slots=True)
class Identity:
    """`software`: versions by part. `addresses`: by the network's family."""

    id: str
    make: str = "Setpoint"
    model: str = "simulated"
    serial_no: str = "0"
    software: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    def signs(self, system: SystemState) -> SystemState:
        """The same with its name under it."""
        return replace(system, serial_no=self.serial_no, make=self.make, model=self.model, software=self.software)

    @property
    def nameplate(self) -> Nameplate:
        """What a profile that is true of it declares."""
        return Nameplate(self.make, self.model, self.serial_no, self.software, self.addresses)
