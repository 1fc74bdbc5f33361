"""A UDMI device on its own: what it said last, and what happens to it, are written down."""

from harness.mqtt.endpoint import Endpoint
from harness.protocols.udmi.words.messages import Config, Message, State, Telemetry
from harness.protocols.udmi.words.spec import Spec
from simulator.standalone.devices.running_device import Log, LogLines, RunningDevice
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.events import Event
from simulator.udmi.linked_device import linked_device, simulated_device
from simulator.udmi.standalone import message_lines
from simulator.udmi.variations.variation import Variation


class RunningUdmiDevice(RunningDevice[Event]):
    """The device, what it said last, and the ways to reach it. `machine`: the pure device."""

    def __init__(
        self, file: DeviceFile, variation: Variation, endpoint: Endpoint, log: Log, spec: Spec = Spec.UDMI_1_5
    ) -> None:
        self.file, self.spec, self.machine = file, spec, simulated_device(file, variation, spec)
        self.state: State | None = None
        self.telemetry: Telemetry | None = None
        self.config_came: float | None = None
        linked = linked_device(self.machine, file, variation, spec, self._said)
        super().__init__(linked, endpoint, log, LogLines(message_lines.of_event))

    async def restart(self) -> None:
        """Its power goes and comes, and the connection with it."""
        self.state = self.telemetry = None
        await super().restart()

    def met(self, event: Event, now: float) -> None:
        """A config is noted by its time."""
        super().met(event, now)
        if isinstance(event, Config):
            self.config_came = now

    def _said(self, message: Message, now: float) -> None:
        match message:
            case State():
                self.write(now, message_lines.of_state(message, self.state, sent=self.is_up))
                self.state = message
            case Telemetry():
                self.write(now, message_lines.of_telemetry(message, sent=self.is_up))
                self.telemetry = message
