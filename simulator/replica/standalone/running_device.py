"""A device behind a replica on its own."""

from harness.mqtt.endpoint import Endpoint
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.events import DeviceEvent
from simulator.replica.device_variations.variation import DeviceVariation
from simulator.replica.standalone.message_lines import of_event, of_request
from simulator.replica.targets.linked_device import linked_device, simulated_device
from simulator.standalone.devices.running_device import Log, LogLines, RunningDevice


class RunningReplicaDevice(RunningDevice[DeviceEvent]):
    """The device, and the ways to reach it. `machine`: the pure device."""

    def __init__(self, file: DeviceFile, variation: DeviceVariation, endpoint: Endpoint, log: Log) -> None:
        self.machine = simulated_device(file, variation)
        super().__init__(linked_device(self.machine, file, variation), endpoint, log, LogLines(of_event, of_request))
