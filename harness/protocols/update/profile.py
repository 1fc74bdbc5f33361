"""The profile of an update agent, or of a device: its domains, components and deadlines. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

import msgspec

from harness.errors import UsageError
from harness.protocols.update.words.pairs import ConfigForm, Pairs
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import TEMPLATE, MessageKind, topic_of
from harness.text import printable

_ALLOWANCE = 1.0  # seconds that a message may be on its way, where the profile says nothing
VERSION = "{version}"  # stands for the version that is desired, in a value of a configuration
_MANAGER = "device"  # the domain of an update manager, where the profile names none


class Role(StrEnum):
    """An agent executes what a manager commands; a device splits a desired state among agents, and sums up."""

    AGENT = "agent"
    DEVICE = "device"


class OnNewDesiredState(StrEnum):
    """The fate of a desired state that comes while another one is under way."""

    SUPERSEDE = "supersede"
    REJECT = "reject"
    QUEUE = "queue"


class Deadline(StrEnum):
    """Something that ends, well or not, within the seconds that the profile gives it."""

    IDENTIFY = "identify"
    DOWNLOAD = "download"
    UPDATE = "update"
    ACTIVATE = "activate"
    CLEANUP = "cleanup"
    ROLLBACK = "rollback"
    CURRENT_STATE = "current_state"


PHASE_DEADLINES: Sequence[Deadline] = (Deadline.DOWNLOAD, Deadline.UPDATE, Deadline.ACTIVATE, Deadline.CLEANUP)


@dataclass(frozen=True, slots=True)
class DeclaredComponent:
    """A component that may be desired. `id`: with its domain before it.

    `versions`: those that it takes, two at least where it may be changed. `unknown`: one that cannot be identified;
    None: there is none. `fails`: versions that fail in the phase of that command. `removable`: it may be removed.
    `config`: the configuration that it is desired with; `{version}` in a value stands for the version.
    """

    id: str
    versions: tuple[str, ...]
    unknown: str | None = None
    fails: Mapping[PhaseCommand, str] = field(default_factory=dict)
    removable: bool = False
    config: Pairs = ()

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def domain(self) -> str:
        """The domain that it is of."""
        return self.id.partition(":")[0]

    @property
    def name(self) -> str:
        """Its id within its domain."""
        return self.id.partition(":")[2]

    def config_for(self, version: str) -> Pairs:
        """The configuration with which that version is desired."""
        return config_for(self.config, version)

    @property
    def is_settable(self) -> bool:
        """Whether it has two versions, so that it may be changed."""
        return len(self.versions) > 1


@dataclass(frozen=True, slots=True)
class UpdateProfile:
    """An agent, or a device. `domain`: the agent's own, or the one of the device's update manager.

    `envelope`: whether messages have one. `topics`: the template of a topic. `deadlines`: seconds. `played`: domains of
    a device whose agents the harness plays; without, its own are there. `consent`: commands for which it asks an owner.
    `rolls_back`: whether the agent knows the command ROLLBACK. `lists_every_component`: there is no other one.
    `config_forms`: in which an agent or device takes a configuration; the first is usual. `network_allowance`: seconds
    that a message may be late. `limits`: those of the suites that it stretches. `feedback_interval`: seconds at least
    between two RUNNING of a device; 0: it keeps none; None: the profile does not say.
    """

    id: str
    role: Role
    domain: str
    components: tuple[DeclaredComponent, ...] = ()
    envelope: bool = True
    topics: str = TEMPLATE
    deadlines: Mapping[Deadline, float] = field(default_factory=dict)
    on_new_desired_state: OnNewDesiredState = OnNewDesiredState.SUPERSEDE
    played: tuple[str, ...] = ()
    consent: tuple[PhaseCommand, ...] = ()
    rolls_back: bool = True
    lists_every_component: bool = False
    config_forms: tuple[ConfigForm, ...] = (ConfigForm.LIST,)
    network_allowance: float = 1.0
    limits: Mapping[str, float] = field(default_factory=dict)
    feedback_interval: float | None = None

    @property
    def name_on_a_broker(self) -> str:
        """Its id and domain: several agents of one device are on one broker."""
        return f"{self.id}-{self.domain}"

    @property
    def inbox(self) -> str:
        """The topic at which it is told what is desired."""
        return self.topic(MessageKind.DESIRED_STATE)

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topics of its feedback and its inventory; of a device also what it tells its agents and asks an owner."""
        own = (self.topic(MessageKind.FEEDBACK), self.topic(MessageKind.CURRENT_STATE))
        owner = (self.topic(MessageKind.OWNER_CONSENT),) if self.role is Role.DEVICE else ()
        return (*own, *owner, *(self.topic(kind, one) for one in self.played for kind in TO_AGENTS))

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains of which components are declared, or that are played; an agent has its own alone."""
        if self.role is Role.AGENT:
            return (self.domain,)
        return tuple(dict.fromkeys((*self.played, *(one.domain for one in self.components))))

    @property
    def own_filters(self) -> tuple[str, ...]:
        """All topics of its domains, and of its own."""
        prefixes = dict.fromkeys((self.domain, *self.domains))
        return tuple(self.topic(kind, one) for one in prefixes for kind in MessageKind)

    def id_at(self, inbox: str) -> str | None:
        """The device that is told there what is desired; all have the same topic where no id stands in it."""
        left, has_id, right = topic_of(self.domain, MessageKind.DESIRED_STATE, "\0", self.topics).partition("\0")
        found = re.fullmatch(f"{re.escape(left)}([^/]+){re.escape(right)}", inbox) if has_id else None
        if found:
            return found[1]
        return self.id if inbox == self.inbox else None

    def topic(self, kind: MessageKind, domain: str | None = None) -> str:
        """Of that kind of message, of its own domain or of that one."""
        return topic_of(self.domain if domain is None else domain, kind, self.id, self.topics)

    def deadline(self, *names: Deadline) -> float | None:
        """The seconds that all of these take together at most; None: the profile lacks one."""
        seconds = [self.deadlines.get(name) for name in names]
        return sum(one for one in seconds if one is not None) if None not in seconds else None

    def is_played(self, component: str) -> bool:
        """Whether the harness plays the agent of the component with that id."""
        return component.partition(":")[0] in self.played

    def component(self, name: str) -> DeclaredComponent | None:
        """The one with that id, which has its domain before it; None: it declares none."""
        return next((one for one in self.components if one.id == name), None)

    @property
    def settable(self) -> tuple[DeclaredComponent, ...]:
        """Every component that may be changed."""
        return tuple(one for one in self.components if one.is_settable)

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """From the record. Raises UsageError where it is none."""
        try:
            return msgspec.convert(raw, cls)
        except msgspec.ValidationError as error:
            raise UsageError(f"this is no profile of an update agent or device: {error}") from error


TO_AGENTS = (MessageKind.DESIRED_STATE, MessageKind.COMMAND, MessageKind.CURRENT_STATE_GET)


def config_for(config: Pairs, version: str) -> Pairs:
    """The configuration of a component in that version: `{version}` in a value stands for it."""
    return tuple((key, text.replace(VERSION, version)) for key, text in config)


def update_profile(declared: object, role: Role) -> UpdateProfile:
    """The profile of a target, which may be of another protocol, or role. Raises UsageError where it is."""
    if not isinstance(declared, UpdateProfile):
        name = printable(type(declared).__name__)
        raise UsageError(f"this takes the profile of an update {role}, and not a {name}")
    if declared.role is not role:
        raise UsageError(f"this takes the profile of an update {role}, and its role is {declared.role}")
    return declared


def profile_in(raw: Mapping[str, Any]) -> UpdateProfile:
    """From the content of a file that was held against its schema; words that are a simulated one's are left alone."""
    components = [
        DeclaredComponent(
            name,
            tuple(entry["versions"]),
            entry.get("unknown"),
            {PhaseCommand(command.upper()): version for command, version in entry.get("fails", {}).items()},
            entry.get("removable", False),
            tuple(entry.get("config", {}).items()),
        )
        for name, entry in raw.get("components", {}).items()
    ]
    return UpdateProfile(
        raw["id"],
        Role(raw["role"]),
        raw.get("domain", _MANAGER),
        tuple(components),
        raw.get("envelope", True),
        raw.get("topics", TEMPLATE),
        {Deadline(name): float(seconds) for name, seconds in raw.get("deadlines", {}).items()},
        OnNewDesiredState(raw.get("on_new_desired_state", OnNewDesiredState.SUPERSEDE)),
        tuple(raw.get("played", ())),
        tuple(PhaseCommand(command) for command in raw.get("consent", ())),
        raw.get("rolls_back", True),
        raw.get("lists_every_component", False),
        tuple(ConfigForm(form) for form in raw.get("config_forms", (ConfigForm.LIST,))),
        raw.get("network_allowance", _ALLOWANCE),
        raw.get("limits", {}),
        raw.get("feedback_interval"),
    )
