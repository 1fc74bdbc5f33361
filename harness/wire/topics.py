"""Where the messages of one device live."""

from dataclasses import dataclass

UDMI = "/devices/{id}"


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one device. UDMI, message suffixes."""

    config: str
    state: str
    telemetry: str
    system: str

    @classmethod
    def of(cls, device: str, scheme: str = UDMI) -> "Topics":
        """The topics under `scheme`, in which `{id}` stands for the device."""
        root = scheme.replace("{id}", device)
        return cls(f"{root}/config", f"{root}/state", f"{root}/events/pointset", f"{root}/events/system")

    @property
    def root(self) -> str:
        """What they all begin with."""
        return self.state.removesuffix("/state")
