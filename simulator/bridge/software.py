"""The section `software` of a replica, and what becomes of it at an update manager. Pure.

A desired state names all that a domain is to have. So whatever the device shows of a domain stands in it as it is, but
for what the replica wants otherwise: nothing is removed that the replica does not speak of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.payload.values import JSON
from harness.protocols.update.words.desired_state import DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.pairs import Pairs
from harness.text import brief, counted, printable

SECTION = "software"  # of a replica's desired and reported state
MOST = 500  # components
Versions = Mapping[str, str]
"""Of components, by their ids with their domain before them."""


@dataclass(frozen=True, slots=True)
class WantedSoftware:
    """`versions`: those that are wanted. `amiss`: what cannot be wanted, and why, in words."""

    versions: Versions = field(default_factory=dict)
    amiss: str | None = None


def wanted_in(state: Mapping[str, JSON]) -> WantedSoftware:
    """Of a replica's delta, which may hold anything at all."""
    section = state.get(SECTION)
    if section is None:
        return WantedSoftware()
    if not isinstance(section, dict):
        return WantedSoftware(amiss=f"{SECTION} is {brief(section)}, and no object")
    versions = {name: one for name, one in section.items() if _is_id(name) and isinstance(one, str) and one}
    taken = dict([*versions.items()][:MOST])
    odd = [f"{printable(name, 60)} = {brief(one)}" for name, one in section.items() if name not in versions]
    why = [f"{odd[0]} is no version of a DOMAIN:ID"] if odd else []
    left = len(section) - len(taken) - len(why)
    return WantedSoftware(
        taken, "; ".join([*why, *([f"{counted(left, 'more entry', 'more entries')}"] if left else [])])
    )


def reported_in(state: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The entries of a replica's reported section, whatever they are."""
    section = state.get(SECTION)
    return section if isinstance(section, dict) else {}


def installed_in(inventory: Inventory) -> dict[str, tuple[str, Pairs]]:
    """The version and the configuration of every component that an inventory shows."""
    nodes = ((node.id, node.version, node.parameters) for node in inventory.software)
    return {
        name: (version, pairs)
        for name, version, pairs in nodes
        if isinstance(name, str) and _is_id(name) and isinstance(version, str) and version
    }


def desired_state(wanted: Versions, installed: Mapping[str, tuple[str, Pairs]]) -> DesiredState:
    """The components of every domain of which something is wanted."""
    domains = dict.fromkeys(_domain(name) for name in wanted)
    return DesiredState(tuple(_desired_domain(domain, wanted, installed) for domain in domains))


def _desired_domain(domain: str, wanted: Versions, installed: Mapping[str, tuple[str, Pairs]]) -> DesiredDomain:
    names = (name for name in dict.fromkeys((*installed, *wanted)) if _domain(name) == domain)
    components = []
    for name in names:
        version, config = installed.get(name, ("", ()))
        components.append(DesiredComponent(name.partition(":")[2], wanted.get(name, version), config))
    return DesiredDomain(domain, tuple(components))


def _is_id(name: str) -> bool:
    domain, _, rest = name.partition(":")
    return bool(domain and rest)


def _domain(name: str) -> str:
    return name.partition(":")[0]
