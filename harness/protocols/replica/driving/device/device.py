"""The device as a scenario knows it: the conditions that can be brought about on it."""

from harness.driving.playing.provoking import ProvokedDevice
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty
from harness.provocations.provocation import Provocation


class Device(ProvokedDevice):
    """A device behind a replica."""

    async def changes(self, one: DeclaredProperty, value: JSON, label: str) -> None:
        """A property becomes another on the device itself. Raises CannotProvoke."""
        words = {"property": one.name, "value": value}
        await self.provoke(Provocation("change", one.name, value, words), label)
