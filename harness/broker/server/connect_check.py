"""Whether a CONNECT can be served, and the session that it asks for: MQTT 3.1.1, 3.1."""

from amqtt.errors import MQTTError
from amqtt.mqtt.connack import BAD_USERNAME_PASSWORD, IDENTIFIER_REJECTED, UNACCEPTABLE_PROTOCOL_VERSION
from amqtt.mqtt.connect import ConnectPacket

from harness.broker.server.client_session import ClientSession

_LEVEL = 4  # of MQTT 3.1.1


def refusal_of(connect: ConnectPacket) -> int | None:
    """The return code of a CONNACK that refuses it; None where it can be served. Raises MQTTError if it is malformed.

    A malformed one gets no CONNACK: the connection is closed (3.1.4-1).
    """
    header, payload = connect.variable_header, connect.payload
    if header is None or payload is None or header.reserved_flag or header.proto_name != "MQTT":
        raise MQTTError("a CONNECT that is none")
    if header.will_flag and (payload.will_topic is None or payload.will_message is None):
        raise MQTTError("a CONNECT that has no will where it announces one")
    if header.proto_level != _LEVEL:
        return UNACCEPTABLE_PROTOCOL_VERSION
    lacks_user = header.username_flag and payload.username is None
    lacks_password = header.password_flag and (payload.password is None or not header.username_flag)
    if lacks_user or lacks_password:
        return BAD_USERNAME_PASSWORD
    if payload.client_id is None or (payload.client_id_is_random and not header.clean_session_flag):
        return IDENTIFIER_REJECTED
    return None


def session_of(connect: ConnectPacket) -> ClientSession:
    """The session settings of a CONNECT that can be served."""
    return ClientSession(
        connect.client_id,
        connect.clean_session_flag,
        connect.keep_alive,
        connect.username,
        connect.password,
        connect.will_flag,
        connect.will_retain_flag,
        connect.will_qos,
        connect.will_topic,
        connect.will_message,
    )
