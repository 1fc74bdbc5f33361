"""Brokers that the harness starts: one within this process, in virtual time too, and Mosquitto beside it."""

from harness.broker.account import Account
from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener, ServerTls
from harness.broker.mosquitto import mosquitto_broker
from harness.wire.seen import Seen, Sight

__all__ = ["Account", "Listener", "Seen", "ServerTls", "Sight", "embedded_broker", "mosquitto_broker"]
