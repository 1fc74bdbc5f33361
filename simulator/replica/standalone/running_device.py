"""A device behind a replica on its own."""

from typing import TypeAlias

from harness.mqtt.endpoint import Endpoint
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.device import ReplicaDevice
from simulator.replica.device.events import DeviceEvent
from simulator.replica.device_variations.variation import DeviceVariation
from simulator.replica.standalone.message_lines import of_event, of_request
from simulator.replica.targets.linked_device import linked_device, simulated_device
from simulator.standalone.devices.running_device import Log, LogLines, RunningMachine

RunningReplicaDevice: TypeAlias = RunningMachine[DeviceEvent, ReplicaDevice]


def running_device(file: DeviceFile, variation: DeviceVariation, endpoint: Endpoint, log: Log) -> RunningReplicaDevice:
    """The device of that file and variation."""
    machine = simulated_device(file, variation)
    lines = LogLines(of_event, of_request)
    return RunningMachine(machine, linked_device(machine, file, variation), endpoint, log, lines)
