"""A device with an update manager on its own, and a bridge from it to its replica."""

import asyncio
from collections.abc import Sequence

from harness.errors import HarnessError
from harness.machine.effects import Effect, Publish
from harness.mqtt.endpoint import Endpoint
from harness.protocols.update.words.device_events import AgentEvent
from simulator.bridge.options import MakeBridge
from simulator.standalone.devices.running_device import AwaitedEvent, Log, RunningMachine
from simulator.update.declared import DeviceFile
from simulator.update.device.device import UpdateDevice
from simulator.update.device_variations.variation import DeviceVariation
from simulator.update.standalone.running_machines import LINES
from simulator.update.targets.linked_machines import linked_device, simulated_device


class BridgedGateway(RunningMachine[AgentEvent, UpdateDevice]):
    """`bridge`: to the replica, whose broker may come and go as it likes."""

    def __init__(
        self, file: DeviceFile, variation: DeviceVariation, bridge: MakeBridge, endpoint: Endpoint, log: Log
    ) -> None:
        machine = simulated_device(file, variation)
        super().__init__(machine, linked_device(machine, file, variation), endpoint, log, LINES)
        self._bridge = bridge(file.profile, log, self.tell)

    async def live(self, over: asyncio.Event, *, wait: bool) -> HarnessError | None:
        """Until it is over, and the bridge with it."""
        over_too = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._bridge.live(over_too, wait=True))
            try:
                return await super().live(over, wait=wait)
            finally:
                over_too.set()

    def receive(self, told: AwaitedEvent[AgentEvent], now: float) -> Sequence[Effect]:
        """Its turn, which the bridge sees."""
        return self._seen(super().receive(told, now))

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        return self._seen(super().wake(now))

    def _seen(self, effects: Sequence[Effect]) -> Sequence[Effect]:
        for effect in effects:
            if isinstance(effect, Publish):
                self._bridge.see(effect)
        return effects
