"""Entry points of installed packages: found, loaded, and named where one is of no use.

Whatever comes from another package is checked when it is loaded, so that it fails by its name and not in the middle of
a run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from harness.errors import HarnessError, UsageError

T = TypeVar("T")

OURS = "setpoint"  # the name of our own distribution
PROTOCOLS = "setpoint.protocols"  # the group of plugs; each has the name of its protocol


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry point of a group, by its name; several, where packages offer the same name."""

    entries: tuple[EntryPoint, ...]

    @property
    def is_ours(self) -> bool:
        """Whether it comes with Setpoint: then an error in it is a crash of ours."""
        return all(entry.dist is not None and entry.dist.name == OURS for entry in self.entries)

    def load(self) -> object:
        """The object that the entry point names. Raises UsageError where it cannot be loaded."""
        if len(self.entries) > 1:
            packages = " and ".join(sorted(_package(entry) for entry in self.entries))
            raise UsageError(f"{packages} offer {self._what}: only one of them can be installed")
        return self.fares("cannot be loaded", self.entries[0].load)

    def fares(self, otherwise: str, use: Callable[[], T]) -> T:
        """The result of `use`. Raises UsageError, which names the package, where it raises."""
        try:
            return use()
        except HarnessError:
            raise
        except (Exception, SystemExit) as error:
            if self.is_ours:
                raise
            raise self.unusable(f"{otherwise}: {type(error).__name__}: {error}") from error

    def unusable(self, problem: str) -> UsageError:
        """The error to raise: which package, which entry point, and what is amiss with it."""
        (entry, *_) = self.entries
        return UsageError(f"{_package(entry)} offers {self._what} ({entry.value}), which {problem}")

    @property
    def _what(self) -> str:
        (entry, *_) = self.entries
        return f"the {entry.group.removeprefix('setpoint.').removesuffix('s')} {entry.name!r}"


def offers(group: str) -> Mapping[str, Offer]:
    """All that is offered in a group of entry points, by name, in the order of their names."""
    found: dict[str, list[EntryPoint]] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        found.setdefault(entry.name, []).append(entry)
    return {name: Offer(tuple(entries)) for name, entries in found.items()}


def _package(entry: EntryPoint) -> str:
    return f"the package {entry.dist.name} {entry.dist.version}" if entry.dist else "a package without metadata"
