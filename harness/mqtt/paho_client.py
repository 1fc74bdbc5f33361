"""Paho's client, told to use a socket that is connected already.

Paho has no public way to be handed a socket, and by itself it connects in a way that blocks; nor has it one to ping
when it is told to. `_create_socket` and `_send_pingreq` are all that Setpoint knows of paho's inside: its version is
pinned, and a test holds both.
"""

import socket

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from harness.mqtt.connect_options import ConnectOptions, ProtocolLevel
from harness.mqtt.endpoint import Endpoint


class PahoClient(Client):
    """A paho client with the settings of the endpoint and of the connect options."""

    def __init__(self, endpoint: Endpoint, client_id: str, options: ConnectOptions) -> None:
        super().__init__(
            CallbackAPIVersion.VERSION2,
            client_id,
            clean_session=options.clean_session,
            protocol=_PROTOCOLS[options.level],
            reconnect_on_failure=False,
            manual_ack=not options.acknowledges,
        )
        self._endpoint = endpoint
        self._connected: socket.socket | None = None
        if endpoint.login:
            self.username_pw_set(endpoint.login.user, endpoint.login.password)
        if will := options.will:
            self.will_set(will.topic, b"", will.qos, will.retain)

    def begin(self, connected: socket.socket, keep_alive: int) -> None:
        """Send CONNECT through the socket, which is this client's from now on; `keep_alive` in seconds."""
        self._connected = connected
        self.connect(self._endpoint.host, self._endpoint.port or _ANY_PORT, keep_alive)

    def ping(self) -> None:
        """Send PINGREQ."""
        self._send_pingreq()

    def hang_up(self) -> None:
        """Close the socket, if it is open still. This is the one public way: paho does so to be ready for another."""
        self.connect_async(self._endpoint.host)

    def _create_socket(self) -> socket.socket:
        connected, self._connected = self._connected, None
        if connected is None:
            raise ConnectionError("a session has one connection")
        return connected


_ANY_PORT = 1883  # paho wants one, also where it means nothing
_PROTOCOLS = {
    ProtocolLevel.MQTT_3_1: MQTTProtocolVersion.MQTTv31,
    ProtocolLevel.MQTT_3_1_1: MQTTProtocolVersion.MQTTv311,
}
