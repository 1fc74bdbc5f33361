"""The profile of a replica service: the topics that it serves, and the limits that it documents. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import NoneType
from typing import Any, Self
from urllib.parse import quote

import msgspec

from harness.errors import UsageError
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, request_at, topic_of
from harness.suggest import hinted

_ID = re.compile(r"[a-zA-Z0-9_-]{1,32}")  # ids of devices are made of it, and those have 128 characters
_DEVICE = "{id}"  # in a path of REST
_PATH = re.compile(r"/[^\s{}#]*\{id\}[^\s{}#]*")


LOGINS = ("device", "other", "component")  # a device, another one, and a component that may do all to every device


@dataclass(frozen=True, slots=True)
class DeclaredLogin:
    """A client of the service as whom the suites may come. `id`: the device's that it is.

    What it logs in with is no part of a profile: only whether it has it.
    """

    username: str
    id: str
    has_password: bool = False
    has_token: bool = False


@dataclass(frozen=True, slots=True)
class RestPaths:
    """The paths of a service's REST that are others than those of its scheme; `{id}` stands for the device's id."""

    get: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceProfile:
    """A service. `id`: the ids of all devices that the suites play begin with it.

    `size`: bytes of both sections; `depth`: levels of a section; `token`: bytes of a client token. `network_allowance`:
    seconds that a message may be late on its way. `http`: the address of its REST, such as `http://host:8080`; `rest`:
    its paths. `limits`: those of the suites that it stretches. `logins`: by the names in LOGINS.
    """

    id: str = "setpoint"
    scheme: Scheme = Scheme.SEED
    size: int = 8192
    depth: int = 6
    token: int = 64
    network_allowance: float = 1.0
    http: str | None = None
    rest: RestPaths = field(default_factory=RestPaths)
    limits: Mapping[str, float] = field(default_factory=dict)
    logins: Mapping[str, DeclaredLogin] = field(default_factory=dict)

    @property
    def name_on_a_broker(self) -> str:
        """One service answers for every device on a broker: so does one run test it at a time."""
        return f"replica-{self.scheme}"

    @property
    def inbox(self) -> str:
        """The topic of updates of the device whose id is the bare one."""
        return topic_of(ReplicaId(self.id), self.scheme, Operation.UPDATE)

    @property
    def outboxes(self) -> tuple[str, ...]:
        """The topics at which that device's updates are answered, and its difference is told."""
        replica = ReplicaId(self.id)
        return tuple(topic_of(replica, self.scheme, Operation.UPDATE, level) for level in AnswerLevel)

    @property
    def own_filters(self) -> tuple[str, ...]:
        """All topics of every device: the ids that the suites play are new in each run."""
        return ("state/#",) if self.scheme is Scheme.SEED else ("$aws/things/#",)

    def path_of_get(self, device: str) -> str:
        """The path of REST at which a GET shows the document of that device."""
        return (self.rest.get or _GETS[self.scheme]).replace(_DEVICE, quote(device, safe=""))

    def id_at(self, inbox: str) -> str | None:
        """The device whose updates are published there."""
        found = request_at(inbox, self.scheme)
        return found[0].device if found and found[1] is Operation.UPDATE else None

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """From the record. Raises UsageError where it is none."""
        for name in raw:
            if name not in (*_KINDS, "rest", "limits", "logins"):
                raise UsageError(hinted(f"a service's profile has no {name!r}", name, _KINDS))
        wrong = [name for name, kinds in _KINDS.items() if name in raw and not isinstance(raw[name], kinds)]
        if wrong or not isinstance(raw.get("limits", {}), Mapping):
            raise UsageError(f"this is no profile of a service: {', '.join(wrong) or 'limits'} is of another type")
        if not _ID.fullmatch(raw.get("id", "setpoint")):
            raise UsageError("this is no profile of a service: its id has up to 32 letters, digits, - and _")
        if raw.get("scheme", "seed") not in tuple(Scheme):
            raise UsageError(f"this is no profile of a service: its scheme is {' or '.join(Scheme)}")
        try:
            logins = msgspec.convert(raw.get("logins", {}), dict[str, DeclaredLogin])
        except msgspec.ValidationError as error:
            raise UsageError("this is no profile of a service: its logins are of another type") from error
        try:
            rest = msgspec.convert(raw.get("rest", {}), RestPaths)
        except msgspec.ValidationError as error:
            raise UsageError("this is no profile of a service: its rest is of another type") from error
        if rest.get is not None and not _PATH.fullmatch(rest.get):
            raise UsageError("this is no profile of a service: rest.get is a path that begins with / and has {id} once")
        return cls(**{**raw, "scheme": Scheme(raw.get("scheme", "seed")), "logins": logins, "rest": rest})


_GETS: Mapping[Scheme, str] = {Scheme.SEED: "/state/{id}/get", Scheme.AWS: "/things/{id}/shadow"}


_KINDS: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "scheme": (str,),
    "size": (int,),
    "depth": (int,),
    "token": (int,),
    "network_allowance": (int, float),
    "http": (str, NoneType),
}
