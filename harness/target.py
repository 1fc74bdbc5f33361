"""What can be tested: a device to drive, or a recording of one."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, runtime_checkable

from harness.broker.faults import Network
from harness.broker.listener import Listener
from harness.clock import Clock
from harness.errors import UsageError
from harness.machine import Machine
from harness.profile import Profile
from harness.profile_file import ProfileFile
from harness.provoke import Provocation, Provoker
from harness.record import Began, Record
from harness.trace import read_trace
from harness.wire.endpoint import Endpoint, Login, Tls
from harness.wire.seen import Seen
from harness.wire.spec import Spec
from harness.wire.udmi import Config

StartBroker = Callable[[Listener], AbstractAsyncContextManager[Endpoint]]


@dataclass(frozen=True, slots=True)
class Means:
    """What the operator gives along with a device. `tls`: our files, whichever end of the connection we are.

    `spec`: what will be spoken, for a target that is made in this process. `profile`: the file, or what stands in it.
    `client_ca`: who vouches for a device that connects to us.
    """

    profile: Path | ProfileFile | None = None
    login: Login | None = None
    tls: Tls | None = None
    insecure: bool = False
    spec: Spec = Spec.UDMI_1_5
    client_ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """What the harness offers a target that is being brought up.

    `ask` puts a question to a person at the device, and returns whether it was done; `tell` says a line to whoever
    watches. `see` is to have all that the broker sees of its clients; None: that broker does not tell.
    """

    start_broker: StartBroker
    ask: Callable[[str], Awaitable[bool]]
    tell: Callable[[str], None]
    see: Callable[[Seen], None] | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """A device that is up: where to meet it, and how to bring conditions about.

    `is_shared`: the broker was there before us and stays there, with all that is retained on it. `network`: how to
    break the device's connection; None: it is not ours to break.
    """

    endpoint: Endpoint
    provoker: Provoker
    is_shared: bool = False
    network: Network | None = None


class Target(Protocol):
    """A device that can be driven."""

    @property
    def name(self) -> str:
        """What the operator would type to get it."""

    @property
    def clock(self) -> Clock:
        """The time that suits it."""

    @property
    def profile(self) -> Profile:
        """What it declares."""

    def open(self, bench: Bench) -> AbstractAsyncContextManager[Stand]:
        """Bring the device up."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A device changed in one decision. It breaks a requirement, or shows another side of an open one, or neither.

    `implies` lists what else it cannot help breaking. On one that is `mute` no judgement may pass but of what it
    `keeps` by what it does say. `about` names another clause: where a spec does not have that, the device is like any
    other. `unless` names one that it would break: it is odd, and conforms, where a spec does not have that.
    """

    id: str
    breaks: str | None = None
    shows: str | None = None
    implies: tuple[str, ...] = ()
    mute: bool = False
    about: str | None = None
    unless: str | None = None
    keeps: tuple[str, ...] = ()


@runtime_checkable
class Varied(Protocol):
    """A target that can also be driven broken, or odd."""

    @property
    def variants(self) -> Sequence[Variant]:
        """Every way in which it can be changed."""

    def varied(self, variant: str) -> Target:
        """Itself, changed so."""


@runtime_checkable
class Stepped(Protocol):
    """A target whose device can also be told the time, without any broker: for `setpoint fuzz`."""

    def machine(self) -> Machine[Config | Provocation]:
        """A new device, just switched on."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A device of the past."""

    records: Sequence[Record]

    @property
    def spec(self) -> Spec:
        """What was spoken with it."""
        return next(record.spec for record in self.records if isinstance(record, Began))


def resolve(option: str, means: Means = Means()) -> Target | Recording:
    """`sim`, `sim:fixtures/devices/ahu-1.toml`, `trace:PATH`, or what an entry point offers. Raises UsageError.

    An entry point of the group `setpoint.targets` is called with what stands behind its scheme, and with the means.
    """
    scheme, _, rest = option.partition(":")
    if scheme == "trace":
        return Recording(read_trace(Path(rest)))
    known = {point.name: point for point in entry_points(group="setpoint.targets")}
    if scheme not in known:
        raise UsageError(f"--device is {option!r}; expected trace:PATH or one of {', '.join(sorted(known))}")
    target: Target = known[scheme].load()(rest, means)
    return target


def varied(target: Target, variant: str) -> Target:
    """The target's variant. Raises UsageError, with the nearest known, where it has none of that name."""
    known = [known.id for known in target.variants] if isinstance(target, Varied) else []
    if isinstance(target, Varied) and variant in known:
        return target.varied(variant)
    nearest = get_close_matches(variant, known, n=1)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"it has {len(known)} variants"
    raise UsageError(f"{target.name} has no variant {variant!r}; {hint}")
