"""Brokers that the harness starts: one within this process, in virtual time too, and Mosquitto beside it."""

from harness.broker.access_control import Account
from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener, ServerTls
from harness.broker.mosquitto import mosquitto_broker
from harness.mqtt.packets import ObservedPacket, PacketKind

__all__ = ["Account", "Listener", "ObservedPacket", "PacketKind", "ServerTls", "embedded_broker", "mosquitto_broker"]
