"""A stay with a service and a device that are both under test: the harness plays components, and watches both flows."""

from dataclasses import dataclass

from harness.driving.counterparts import SubjectSession
from harness.driving.scenario import Hands, Scenario
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.flow_device import WatchedDevice
from harness.protocols.replica.driving.not_played import check_service_in_a_pair


@dataclass
class PairSession(SubjectSession):
    """`app`, `other`: components, which ask for the device's replica. `first_word`: seconds that a service may take."""

    app: Component
    other: Component
    device: WatchedDevice
    first_word: float

    async def meet(self) -> str | None:
        """A get: why it makes no sense to go on, where it brings nothing."""
        await self.app.hears()
        await self.app.get("first contact")
        if not self.app.has_heard:
            await self.app.listen(self.first_word)
        return None if self.app.has_heard else "the service answers no get of the device's replica"

    def hands(self, scenario: Scenario) -> Hands:
        """For a flow, `app`, `other` and `lamp`. Raises NotPlayed for all else, as it takes a device that is played."""
        check_service_in_a_pair(scenario)
        return {"app": self.app, "other": self.other, "lamp": self.device}
