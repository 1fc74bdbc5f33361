"""A bridge on its own: its link to the replica's broker, and the device to which it hands what is desired."""

from collections.abc import Callable, Sequence

from harness.machine.effects import Effect, Publish
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery
from harness.protocols.replica.words.topics import Operation, ReplicaId, Scheme, filter_of_answers, topic_of
from harness.protocols.update.profile import UpdateProfile
from harness.protocols.update.words.device_events import HeardMessage
from harness.protocols.update.words.topics import MessageKind
from harness.target import Variant
from simulator.base.linked_device import LinkedDevice
from simulator.base.variation import Variation
from simulator.bridge.bridge import (
    BridgeEvent,
    DeviceReported,
    DeviceShown,
    ReplicaBridge,
    ReplicaConnected,
    ReplicaSaid,
)
from simulator.bridge.message_lines import of_event, of_message
from simulator.link.link_rules import LinkRules, listening_at
from simulator.link.outbox import LinkTopics
from simulator.standalone.devices.running_device import AwaitedEvent, Log, LogLines, RunningDevice

Hand = Callable[[HeardMessage], None]


class RunningBridge(RunningDevice[BridgeEvent]):
    """`hand`: gives the device a message, as if it had come over MQTT. Requests of it outlast no outage."""

    def __init__(
        self, profile: UpdateProfile, replica: Endpoint, log: Log, hand: Hand, scheme: Scheme = Scheme.SEED
    ) -> None:
        self._hand = hand
        self._inbox, self._shows = profile.topic(MessageKind.DESIRED_STATE), profile.topic(MessageKind.CURRENT_STATE)
        self._reports = profile.topic(MessageKind.FEEDBACK)
        linked = _linked(ReplicaBridge(profile, scheme), profile, scheme)
        super().__init__(linked, replica, log, LogLines(of_event, of_message))

    def see(self, said: Publish) -> None:
        """The device has published that."""
        if said.topic == self._shows:
            self.tell(DeviceShown(said.payload))
        elif said.topic == self._reports:
            self.tell(DeviceReported(said.payload))

    def receive(self, told: AwaitedEvent[BridgeEvent], now: float) -> Sequence[Effect]:
        """Its turn; what is desired goes to the device."""
        return self._handed(super().receive(told, now))

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        return self._handed(super().wake(now))

    def _handed(self, effects: Sequence[Effect]) -> Sequence[Effect]:
        left: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Publish) and effect.topic == self._inbox:
                self._hand(HeardMessage(effect.topic, effect.payload))
            else:
                left.append(effect)
        return left


def _linked(bridge: ReplicaBridge, profile: UpdateProfile, scheme: Scheme) -> LinkedDevice[BridgeEvent]:
    replica = ReplicaId(profile.id)
    get = topic_of(replica, scheme, Operation.GET)
    rules = listening_at((filter_of_answers(replica, scheme),), LinkRules(stored=lambda _requests: ()))
    return LinkedDevice(
        f"{profile.id}-bridge",
        bridge,
        _said,
        ReplicaConnected(),
        ReplicaConnected(),
        LinkTopics(get, topic_of(replica, scheme, Operation.UPDATE), get),
        rules,
        Variation(Variant("healthy"), rules),
    )


def _said(delivery: Delivery) -> BridgeEvent:
    return ReplicaSaid(delivery.topic, delivery.payload)
