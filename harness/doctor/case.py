"""The facts known of a thing under test and its broker, as data. Words of its protocol are its plug's to add."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.doctor.broker_access import BrokerAccess
from harness.mqtt.packets import ObservedPacket
from harness.record.kinds import Received
from harness.target.declared import Declared

PASSIVE_SUBSCRIBER = "passive-subscriber"  # the connection on which a doctor hears what is said to others


@dataclass
class Beside:
    """Facts of an examination that the record of a drive does not show. They are added as the examination goes on.

    `configs`: what came at the device's inbox; None: we were not let in to hear it. `elsewhere`: other topics that the
    broker carries, and whether they were only retained; None: nobody looked. `lost`: why our session ended though we
    had not ended it. `silent_for`: seconds that the device was waited for. `not_put_back`: the folder that still has
    what lay there. `client_id`: what we were told to go by. `keeps_apart`: whether the broker lets two sessions of ours
    be; None: that was not to be learnt. `declares_itself`: the profile is the target's own.
    """

    access: BrokerAccess | None = None
    packets: list[ObservedPacket] = field(default_factory=list)
    has_own_broker: bool = False
    configs: list[Received] | None = None
    elsewhere: dict[str, bool] | None = None
    lost: list[str] = field(default_factory=list)
    refused: str | None = None
    spoke: bool = False
    silent_for: float = 0.0
    not_put_back: str | None = None
    client_id: str | None = None
    declares_itself: bool = False
    keeps_apart: bool | None = None


@dataclass(frozen=True)
class Case:
    """One device. `beside` None: only first contact was heard, not an examination.

    `began`: Unix seconds. `found`: what lay retained at its inbox. `seen`: every packet that a broker of ours saw, to
    the end of the record. `losses`: of our own session. `subject`: the name of what is examined; empty: the first that
    speaks the spec.
    """

    target: str
    began: float
    spec: str
    profile: Declared
    found: bytes | None = None
    beside: Beside | None = None
    packets: Sequence[ObservedPacket] = ()
    losses: int = 0
    subject: str = ""
