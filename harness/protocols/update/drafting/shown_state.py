"""All that current states on a broker tell of who is there: domains, components and the form of messages. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harness.protocols.update.profile import Role
from harness.protocols.update.words.envelope import is_enveloped, read_message
from harness.protocols.update.words.inventory import Inventory, read_inventory
from harness.protocols.update.words.topics import MessageKind, prefix_of, topic_of
from harness.record.kinds import Received

MANAGERS = "device"  # the domain of an update manager, as it usually is
_END = f"/{MessageKind.CURRENT_STATE}"
_SUFFIX = "update"
_NODES = frozenset({"hardwareNodes", "softwareNodes", "associations"})  # one of which a bare current state has


@dataclass(frozen=True, slots=True)
class ShownState:
    """The latest current state at one topic. `prefix`: the topic's first level."""

    prefix: str
    inventory: Inventory
    is_enveloped: bool

    @property
    def domains(self) -> Sequence[str]:
        """The domains that its agents' nodes name."""
        found = (node.domain for node in self.inventory.software)
        return [*dict.fromkeys(domain for domain in found if domain)]

    @property
    def own_domain(self) -> str:
        """The domain of its topic, as a node of it spells that; else as the topic does."""
        spelt = [*self.domains, *(name.partition(":")[0] for name in self.versions)]
        guess = self.prefix.removesuffix(_SUFFIX) or self.prefix
        return next((domain for domain in spelt if prefix_of(domain) == self.prefix), guess)

    @property
    def versions(self) -> dict[str, str]:
        """The version of everything that may be a component: its id has a domain before it."""
        return {name: version for name, version in self.inventory.versions().items() if ":" in name}


@dataclass(frozen=True)
class ShownStates:
    """The latest at each topic. `unread`: topics at which something came that is no current state."""

    states: Sequence[ShownState] = ()
    unread: Sequence[str] = field(default=())

    @property
    def chosen(self) -> ShownState | None:
        """The one to draft from: an update manager's, or else the first; None: there is none."""
        managers = topic_of(MANAGERS, MessageKind.CURRENT_STATE)
        of_a_manager = (one for one in self.states if f"{one.prefix}{_END}" == managers)
        return next(of_a_manager, next(iter(self.states), None))

    @property
    def role(self) -> Role:
        """The role of the chosen one."""
        chosen = self.chosen
        return Role.DEVICE if chosen and chosen.prefix == prefix_of(MANAGERS) else Role.AGENT


def shown_in(heard: Iterable[Received]) -> ShownStates:
    """Of what came: nothing of it is trusted."""
    states, unread = dict[str, ShownState](), dict[str, None]()
    for one in heard:
        prefix, end, rest = one.topic.partition(_END)
        if not end or rest or not prefix or "/" in prefix:
            continue
        enveloped = is_enveloped(one.payload)
        message = read_message(one.payload, enveloped=enveloped)
        if message.body is None or not (enveloped or _NODES.intersection(message.body.names())):
            unread[one.topic] = None
            continue
        states[prefix] = ShownState(prefix, read_inventory(message.body), enveloped)
    in_order = sorted(states.values(), key=lambda one: one.prefix)
    return ShownStates(in_order, [topic for topic in unread if topic.partition(_END)[0] not in states])
