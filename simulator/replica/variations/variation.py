"""How a changed service is put down: its name, what that breaks, and what was changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from harness.protocols.replica.words.topics import ReplicaId
from harness.target import Variant
from simulator.replica.document import Document
from simulator.replica.rules import KEPT, ServiceRules
from simulator.replica.service import Message

Documents = dict[ReplicaId, Document]


def at_once(_message: Message) -> float:
    """Seconds after which a message leaves."""
    return 0.0


def all_of_them(documents: Documents) -> Documents:
    """The documents that a service still has when it starts anew."""
    return documents


@dataclass(frozen=True, slots=True)
class ServiceVariation:
    """A variant, and the rules that make it one. `delays`: seconds that a message is held back.

    `recalls`: what is left of the stored documents after a restart.
    """

    variant: Variant
    rules: ServiceRules = KEPT
    delays: Callable[[Message], float] = at_once
    recalls: Callable[[Documents], Documents] = all_of_them


def deviation(
    name: str,
    *,
    breaks: str,
    implies: tuple[str, ...] = (),
    about: str | None = None,
    delays: Callable[[Message], float] = at_once,
    recalls: Callable[[Documents], Documents] = all_of_them,
    **changed: Any,  # noqa: ANN401 - fields of ServiceRules, which checks them
) -> ServiceVariation:
    """A service that breaks the requirement, and cannot help breaking those that it implies."""
    variant = Variant(name, breaks=breaks, implies=implies, about=about)
    return ServiceVariation(variant, replace(KEPT, **changed), delays, recalls)


def quirk(
    name: str,
    *,
    about: str | None = None,
    unless: str | None = None,
    delays: Callable[[Message], float] = at_once,
    recalls: Callable[[Documents], Documents] = all_of_them,
    **changed: Any,  # noqa: ANN401 - likewise
) -> ServiceVariation:
    """A service that is odd, and conforms."""
    return ServiceVariation(Variant(name, about=about, unless=unless), replace(KEPT, **changed), delays, recalls)
