"""Faults between a device and its broker, as data. A broker of ours can bring them about."""

from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """In the words of the trace. What takes something away, or makes it false, has one that brings it back."""

    DROP = "drop the connection"
    REFUSE = "refuse connections"  # the one that is there breaks off; who comes is told that the server is unavailable
    ADMIT = "let in again"
    GO_AWAY = "broker goes away"  # the connection breaks off, and nobody listens
    COME_BACK = "broker comes back"  # at the same port
    WITHHOLD = "withhold a PUBACK"  # of the device's next message at QoS 1, which arrives
    SEND_AGAIN = "deliver again with DUP"  # the latest config, as if its PUBACK had been lost
    FREEZE = "retain no more"  # the config that is retained stays, whatever is published
    THAW = "retain again"
    PRETEND = "show a stranger's certificate"  # nobody the device trusts vouches for it; the connection breaks off
    REVEAL = "show the right certificate"


class Network(Protocol):
    """A device's way to its broker, where that is ours."""

    @property
    def has_tls(self) -> bool:
        """Whether there are certificates to be shown."""

    async def suffer(self, fault: Fault, topic: str) -> None:
        """When this returns, it has come about. Our own connections are spared. `topic`: of the device's configs."""

    async def recover(self) -> None:
        """Nothing is wrong any more."""
