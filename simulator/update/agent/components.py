"""The components of an agent: what each takes, how long that takes and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocols.update.words.inventory import SoftwareType
from harness.protocols.update.words.pairs import Pairs
from harness.protocols.update.words.status import PhaseCommand


@dataclass(frozen=True, slots=True)
class Installed:
    """A component as it is."""

    version: str
    config: Pairs = ()


Stock = Mapping[str, Installed]
"""All that is installed, by ids with their domain before them."""


@dataclass(frozen=True, slots=True)
class SimulatedComponent:
    """`id`: with its domain before it. `versions`: that it takes, beside those that fail or never end.

    `base`: as it is at first; None: it is not there. `seconds`: that each command takes. `fails`, `never_ends`: the
    version with which it fails, or comes to no end, in the phase of that command. `is_system`: it is never removed.
    """

    id: str
    versions: tuple[str, ...]
    base: Installed | None = None
    seconds: Mapping[PhaseCommand, float] = field(default_factory=dict)
    fails: Mapping[PhaseCommand, str] = field(default_factory=dict)
    never_ends: Mapping[PhaseCommand, str] = field(default_factory=dict)
    is_system: bool = False
    type: SoftwareType = SoftwareType.APPLICATION

    @property
    def domain(self) -> str:
        """The domain that it is of."""
        return self.id.partition(":")[0]

    def knows(self, version: str) -> bool:
        """Whether there is such a version."""
        return version in (*self.versions, *self.fails.values(), *self.never_ends.values())


def stock_at_first(components: Mapping[str, SimulatedComponent]) -> dict[str, Installed]:
    """All that is installed at first."""
    return {name: one.base for name, one in components.items() if one.base is not None}
