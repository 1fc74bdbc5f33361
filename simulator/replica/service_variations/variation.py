"""How a changed service is put down: its name, what that breaks, and what was changed."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from http import HTTPStatus
from typing import Any

from harness.broker.access_control import Account
from harness.protocols.replica.words.topics import ReplicaId
from harness.target import Variant
from simulator.replica.access import KnownClient
from simulator.replica.document import Document
from simulator.replica.rules import KEPT, ServiceRules
from simulator.replica.service import Message

Documents = dict[ReplicaId, Document]

AWS_ONLY = "documents.show-both-sides"  # a clause that the source's own spec lacks


def at_once(_message: Message) -> float:
    """Seconds after which a message leaves."""
    return 0.0


def its_own_alone(account: Account) -> Account:
    """The topics that are open to a client."""
    return account


def by_token(client: KnownClient | None, device: str) -> int | None:
    """The code with which a client is refused that asks for a device; None as client: nobody who is known."""
    if client is None:
        return HTTPStatus.UNAUTHORIZED
    return None if client.may(device) else HTTPStatus.FORBIDDEN


def all_of_them(documents: Documents) -> Documents:
    """The documents that a service still has when it starts anew."""
    return documents


@dataclass(frozen=True, slots=True)
class BrokerHabits:
    """A service's ways on its broker. `delays`: seconds that a message is held back. `publishes_at`: QoS.

    `recalls`: the stored documents that are left after a restart, which takes effect `restarts_in` seconds later.
    `one_every`: seconds between two messages. `retains`: of messages, those that the broker is to keep.
    `rest_shows`: what is shown over HTTP in place of a document. `heeds_answers`: a message that others publish at a
    topic of answers is an update, too. `grants`: the account of a client at the broker. `rest_code`: the code with
    which REST refuses a client to a device; None: it lets it in.
    """

    delays: Callable[[Message], float] = at_once
    publishes_at: int = 1
    recalls: Callable[[Documents], Documents] = all_of_them
    restarts_in: float = 0.0
    one_every: float = 0.0
    retains: Callable[[Message], bool] = lambda _message: False
    heeds_answers: bool = False
    rest_shows: Callable[[bytes], bytes] = bytes
    grants: Callable[[Account], Account] = its_own_alone
    rest_code: Callable[[KnownClient | None, str], int | None] = by_token


ORDINARY = BrokerHabits()


@dataclass(frozen=True, slots=True)
class ServiceVariation:
    """A variant, and the rules and habits that make it one."""

    variant: Variant
    rules: ServiceRules = KEPT
    habits: BrokerHabits = ORDINARY


def deviation(
    name: str,
    *,
    breaks: str,
    implies: tuple[str, ...] = (),
    about: str | None = None,
    **changes: Any,  # noqa: ANN401 - fields of rules and habits, which check them
) -> ServiceVariation:
    """A service that breaks the requirement, and cannot help breaking those that it implies.

    `about`: another clause, without which it breaks nothing. `changes`: of rules and habits.
    """
    return _made(Variant(name, breaks=breaks, implies=implies, about=about), changes)


def other_side(name: str, *, shows: str, **changes: Any) -> ServiceVariation:  # noqa: ANN401 - likewise
    """A service that does otherwise where the sources leave it open."""
    return _made(Variant(name, shows=shows), changes)


def quirk(name: str, *, unless: str | None = None, **changes: Any) -> ServiceVariation:  # noqa: ANN401 - likewise
    """A service that is odd, and conforms; `unless`: not where a spec has that clause."""
    return _made(Variant(name, unless=unless), changes)


def mute(name: str, **changes: Any) -> ServiceVariation:  # noqa: ANN401 - likewise
    """A service that gives nothing to look at."""
    return _made(Variant(name, mute=True), changes)


def _made(variant: Variant, changes: dict[str, Any]) -> ServiceVariation:
    habits = {field.name for field in fields(BrokerHabits)}
    of_rules = {name: change for name, change in changes.items() if name not in habits}
    of_manners = {name: change for name, change in changes.items() if name in habits}
    return ServiceVariation(variant, replace(KEPT, **of_rules), replace(ORDINARY, **of_manners))
