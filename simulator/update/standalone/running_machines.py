"""An update agent, and a device with an update manager, each on its own."""

from typing import TypeAlias

from harness.mqtt.endpoint import Endpoint
from harness.protocols.update.words.device_events import AgentEvent
from simulator.standalone.devices.running_device import Log, LogLines, RunningMachine
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent_variations.variation import AgentVariation
from simulator.update.declared import DeviceFile
from simulator.update.device.device import UpdateDevice
from simulator.update.device_variations.variation import DeviceVariation
from simulator.update.standalone.message_lines import of_event, of_message
from simulator.update.targets.linked_machines import linked_agent, linked_device, simulated_agent, simulated_device

RunningAgent: TypeAlias = RunningMachine[AgentEvent, UpdateAgent]
RunningGateway: TypeAlias = RunningMachine[AgentEvent, UpdateDevice]
LINES = LogLines(of_event, of_message)


def running_agent(file: DeviceFile, variation: AgentVariation, endpoint: Endpoint, log: Log) -> RunningAgent:
    """The agent of that file and variation."""
    machine = simulated_agent(file, variation)
    return RunningMachine(machine, linked_agent(machine, file, variation), endpoint, log, LINES)


def running_gateway(file: DeviceFile, variation: DeviceVariation, endpoint: Endpoint, log: Log) -> RunningGateway:
    """The device of that file and variation."""
    machine = simulated_device(file, variation)
    return RunningMachine(machine, linked_device(machine, file, variation), endpoint, log, LINES)
