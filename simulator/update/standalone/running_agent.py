"""An update agent on its own."""

from harness.mqtt.endpoint import Endpoint
from harness.protocols.update.words.device_events import AgentEvent
from simulator.standalone.devices.running_device import Log, LogLines, RunningDevice
from simulator.update.agent_variations.variation import AgentVariation
from simulator.update.declared import DeviceFile
from simulator.update.standalone.message_lines import of_event, of_message
from simulator.update.targets.linked_agent import linked_agent, simulated_agent


class RunningUpdateAgent(RunningDevice[AgentEvent]):
    """The agent, and the ways to reach it. `machine`: the pure agent."""

    def __init__(self, file: DeviceFile, variation: AgentVariation, endpoint: Endpoint, log: Log) -> None:
        self.machine = simulated_agent(file, variation)
        super().__init__(linked_agent(self.machine, file, variation), endpoint, log, LogLines(of_event, of_message))
