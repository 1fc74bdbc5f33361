"""The changes by which an agent gets from what is installed to what is desired."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.pairs import Pairs
from simulator.update.agent.components import Installed, SimulatedComponent, Stock
from simulator.update.law import ChangeKind


@dataclass(frozen=True, slots=True)
class NeededChange:
    """One component is to become so; `version` is the one that it has where it is to go."""

    kind: ChangeKind
    component: str
    version: str
    config: Pairs = ()


def needed(wanted: Stock, stock: Stock, known: Mapping[str, SimulatedComponent]) -> tuple[NeededChange, ...]:
    """The changes that lead there; nothing that is so already is among them."""
    return (*_towards(wanted, stock), *removals(wanted, stock, known))


def _towards(wanted: Stock, stock: Stock) -> Iterator[NeededChange]:
    for name, one in wanted.items():
        present = stock.get(name)
        if present is None:
            yield NeededChange(ChangeKind.INSTALL, name, one.version, one.config)
        elif present.version != one.version:
            yield NeededChange(ChangeKind.REPLACE, name, one.version, one.config)
        elif sorted(present.config) != sorted(one.config):
            yield NeededChange(ChangeKind.CONFIGURE, name, one.version, one.config)


def removals(wanted: Stock, stock: Stock, known: Mapping[str, SimulatedComponent]) -> Iterator[NeededChange]:
    """Of all that is installed and not desired, but what belongs to the system."""
    for name, one in stock.items():
        if name not in wanted and not (name in known and known[name].is_system):
            yield NeededChange(ChangeKind.REMOVE, name, one.version, one.config)


def grouped(
    changes: Iterable[NeededChange], baselines: Iterable[Baseline], domain: str
) -> Iterator[tuple[str, tuple[NeededChange, ...]]]:
    """The changes of every baseline, by its title. What is in none is one by itself, and all that is to go is one."""
    left = {change.component: change for change in changes if change.kind is not ChangeKind.REMOVE}
    for baseline in baselines:
        found = (left.pop(name, None) for name in dict.fromkeys(baseline.components))
        yield baseline.title, tuple(change for change in found if change)
    for name, change in left.items():
        yield name, (change,)
    if gone := tuple(change for change in changes if change.kind is ChangeKind.REMOVE):
        yield f"{domain}:remove-components", gone


def applied(change: NeededChange, stock: dict[str, Installed]) -> None:
    """The change has taken effect."""
    if change.kind is ChangeKind.REMOVE:
        stock.pop(change.component, None)
    else:
        stock[change.component] = Installed(change.version, change.config)


def undone(change: NeededChange, stock: dict[str, Installed], before: Stock) -> None:
    """The component is as it was before."""
    if change.component in before:
        stock[change.component] = before[change.component]
    else:
        stock.pop(change.component, None)
