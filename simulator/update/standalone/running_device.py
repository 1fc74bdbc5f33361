"""A device with an update manager on its own."""

from harness.mqtt.endpoint import Endpoint
from harness.protocols.update.words.device_events import AgentEvent
from simulator.standalone.devices.running_device import Log, LogLines, RunningDevice
from simulator.update.declared import DeviceFile
from simulator.update.device_variations.variation import DeviceVariation
from simulator.update.standalone.message_lines import of_event, of_message
from simulator.update.targets.linked_device import linked_device, simulated_device


class RunningUpdateDevice(RunningDevice[AgentEvent]):
    """The device, and the ways to reach it. `machine`: the pure device."""

    def __init__(self, file: DeviceFile, variation: DeviceVariation, endpoint: Endpoint, log: Log) -> None:
        self.machine = simulated_device(file, variation)
        super().__init__(linked_device(self.machine, file, variation), endpoint, log, LogLines(of_event, of_message))
