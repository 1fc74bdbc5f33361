"""A device that can be driven, and what the harness and its target are to each other."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from harness.broker.faults import Network
from harness.broker.listener import Listener
from harness.clock import Clock
from harness.machine.effects import E_contra, Machine
from harness.mqtt.endpoint import Endpoint, Login, Tls
from harness.mqtt.packets import ObservedPacket
from harness.protocol import default_spec
from harness.provocations.provocation import Provoker
from harness.target.declared import Declaration, Declared

StartBroker = Callable[[Listener], AbstractAsyncContextManager[Endpoint]]


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """The operator's options for a device. `tls`: our files, whichever end of the connection we are.

    `spec`: what will be spoken, for a target that is made in this process. `profile`: the file, or what stands in it.
    `client_ca`: who vouches for a device that connects to us. `client_id`: what we have to go by on its broker.
    `part`: makes of what the file declares what is declared of the device; None: it is all its own.
    """

    profile: Path | Declaration | None = None
    login: Login | None = None
    tls: Tls | None = None
    insecure: bool = False
    spec: str = field(default_factory=default_spec)
    client_ca: Path | None = None
    client_id: str | None = None
    part: Callable[[Declaration], Declaration] | None = None


@dataclass(frozen=True, slots=True)
class HostServices:
    """The harness's services for a target that is being brought up.

    `ask` puts a question to a person at the device, and returns whether it was done; it raises NobodyAnswered where no
    person is there. `tell` shows a line to the operator. `see` is to have all that the broker sees of its clients;
    None: that broker does not tell.
    """

    start_broker: StartBroker
    ask: Callable[[str], Awaitable[bool]]
    tell: Callable[[str], None]
    see: Callable[[ObservedPacket], None] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A client that is known where the device is met. `login`: at its broker; `token`: over HTTP. None is lacking.

    `client_id`: what it has to go by.
    """

    login: Login | None = None
    token: str | None = field(default=None, repr=False)
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class RunningTarget:
    """A device that is up: where to meet it, and how to bring conditions about.

    `is_shared`: the broker was there before us and stays there, with all that is retained on it. `network`: how to
    break the device's connection; None: it is not ours to break. `provokes_within`: seconds that a provocation takes at
    most; by default so many that no write ends meanwhile. `declares_itself`: its profile is its own, and no operator's.
    `http`: the address of what it serves over HTTP, where its profile cannot know it. `identities`: the clients that we
    may come as, by their names in its profile.
    """

    endpoint: Endpoint
    provoker: Provoker
    is_shared: bool = False
    network: Network | None = None
    provokes_within: float = 3600.0
    declares_itself: bool = False
    http: str | None = None
    identities: Mapping[str, Identity] = field(default_factory=dict)


class Target(Protocol):
    """A device that can be driven."""

    @property
    def name(self) -> str:
        """The text that an operator types to get the target."""

    @property
    def clock(self) -> Clock:
        """The time that suits it."""

    @property
    def profile(self) -> Declared:
        """The target's declaration."""

    def open(self, services: HostServices) -> AbstractAsyncContextManager[RunningTarget]:
        """Bring the device up."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A device changed in one decision. It breaks a requirement, or shows another side of an open one, or neither.

    `implies` lists what else it cannot help breaking. On one that is `mute` no judgement may pass but of what it
    `keeps` by what it does say. `about` names another clause: where a spec does not have that, the device is like any
    other. `unless` names one that it would break: it is odd, and conforms, where a spec does not have that. Of one that
    is `decided`, nothing may be left undecided, though it breaks a clause. Of one that is `contested`, as somebody else
    goes by its name, something must be left undecided, and nothing else may come of it.
    """

    id: str
    breaks: str | None = None
    shows: str | None = None
    implies: tuple[str, ...] = ()
    mute: bool = False
    about: str | None = None
    unless: str | None = None
    keeps: tuple[str, ...] = ()
    decided: bool = False
    contested: bool = False


@runtime_checkable
class Identified(Protocol):
    """A declaration that names clients as which we may come."""

    def identities(self) -> Mapping[str, Identity]:
        """By their names, with the secrets that are there. Raises UsageError, which repeats none."""


@runtime_checkable
class Varied(Protocol):
    """A target that can also be driven broken, or odd."""

    @property
    def variants(self) -> Sequence[Variant]:
        """Every way in which it can be changed."""

    def varied(self, variant: str) -> Target:
        """Itself, changed so."""


@runtime_checkable
class Foreseeable(Protocol):
    """A target that says before it is opened what a run with it can show, and bring about."""

    @property
    def shows(self) -> frozenset[str]:
        """The needs of scenarios that it meets: `listen://`, `listens://`."""

    def provokes(self, name: str) -> bool:
        """Whether there is a way to bring that about; it is named as in [provocations] of a profile."""


@runtime_checkable
class Stepped(Protocol[E_contra]):
    """A target whose device can also be told the time, without any broker: for `setpoint fuzz`."""

    def machine(self) -> Machine[E_contra]:
        """A new device, just switched on."""
