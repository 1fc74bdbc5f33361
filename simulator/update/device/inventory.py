"""The inventory of a whole device: the manager's node, on which those of its agents hang with all that they know of."""

from collections.abc import Iterator, Mapping

from harness.protocols.update.words.inventory import Association, HardwareNode, Inventory, SoftwareNode, SoftwareType

_VERSION = "1.0.0"  # of the manager itself


def whole_inventory(manager: str, agents: Mapping[str, Inventory]) -> Inventory:
    """Nodes that have no id, or another's, are left out, and so is what hangs on nothing, or in a circle."""
    root = SoftwareNode(f"{manager}-update-manager", _VERSION, f"Update manager of {manager}", SoftwareType.APPLICATION)
    software: dict[str, SoftwareNode] = {f"{manager}-update-manager": root}
    hardware: dict[str, HardwareNode] = {}
    parents: dict[str, list[str]] = {}
    for domain, inventory in agents.items():
        _take(inventory, software, hardware)
        if head := _head_of(inventory, domain):
            _hang(f"{manager}-update-manager", head, parents)
        for one in inventory.associations:
            known = {*software, *hardware}
            if isinstance(one.source, str) and isinstance(one.target, str) and {one.source, one.target} <= known:
                _hang(one.source, one.target, parents)
    associations = (Association(source, target) for target, sources in parents.items() for source in sources)
    return Inventory(tuple(software.values()), tuple(hardware.values()), tuple(associations))


def _take(inventory: Inventory, software: dict[str, SoftwareNode], hardware: dict[str, HardwareNode]) -> None:
    for node in inventory.software:
        if isinstance(node.id, str) and node.id and node.id not in software and node.id not in hardware:
            software[node.id] = node
    for piece in inventory.hardware:
        if isinstance(piece.id, str) and piece.id and piece.id not in software and piece.id not in hardware:
            hardware[piece.id] = piece


def _head_of(inventory: Inventory, domain: str) -> str | None:
    """The node of the agent: the one that names its domain, or else the first."""
    nodes = [node for node in inventory.software if isinstance(node.id, str) and node.id]
    head = next((node for node in nodes if node.domain == domain), next(iter(nodes), None))
    return head.id if head and isinstance(head.id, str) else None


def _hang(source: str, target: str, parents: dict[str, list[str]]) -> None:
    if source != target and target not in _above(source, parents) and source not in parents.get(target, ()):
        parents.setdefault(target, []).append(source)


def _above(node: str, parents: Mapping[str, list[str]]) -> Iterator[str]:
    """All on which it hangs, at whatever distance."""
    waiting, seen = [node], set[str]()
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
                yield parent
