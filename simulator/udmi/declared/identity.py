"""The identity of a simulated device, and the forms in which it is reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocols.udmi.nameplate import Nameplate


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """`software`: versions by part. `addresses`: by the network's family."""

    id: str
    make: str = "Setpoint"
    model: str = "simulated"
    serial_no: str = "0"
    software: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    @property
    def nameplate(self) -> Nameplate:
        """The nameplate that a true profile of it declares."""
        return Nameplate(self.make, self.model, self.serial_no, self.software, self.addresses)
