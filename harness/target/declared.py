"""The declaration of a thing under test, as far as every protocol has it; the rest is its plug's."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from harness.provocations.way import Way


@runtime_checkable
class Declared(Protocol):
    """A profile. It is frozen, and of the class of its plug."""

    @property
    def id(self) -> str:
        """The name that it goes by on its broker."""

    @property
    def name_on_a_broker(self) -> str:
        """The name that tells it apart on a broker from others of the same id: our own clients and notes bear it."""

    @property
    def network_allowance(self) -> float:
        """Seconds by which a message may be late on its way."""

    @property
    def inbox(self) -> str:
        """The topic at which it is spoken to. On a broker of somebody else's it is left as it was found."""

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topics at which it speaks, as far as it must be heard; one at least."""

    def id_at(self, inbox: str) -> str | None:
        """The id of the one that is spoken to there, if it is one whose topics are made alike; None: it is none."""

    @property
    def own_filters(self) -> tuple[str, ...]:
        """The topic filters that it needs, to speak and to hear; with a login of its own it may use no others."""

    def as_dict(self) -> dict[str, Any]:
        """For the record."""

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "Declared":
        """From the record. Raises UsageError where it is none."""


class Declaration(Protocol):
    """A profile as the operator gave it."""

    @property
    def profile(self) -> Declared:
        """The declaration itself."""

    @property
    def ways(self) -> Mapping[str, Way]:
        """How conditions are brought about, by the names of provocations."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks that the operator should read before it is used."""
