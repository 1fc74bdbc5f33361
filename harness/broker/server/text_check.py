"""Whether the texts of a packet are UTF-8: MQTT 3.1.1, 1.5.3. amqtt takes any bytes, under a name that nobody gave."""

from collections.abc import Iterator

from amqtt.errors import MQTTError
from amqtt.mqtt.packet import CONNECT, PUBLISH, SUBSCRIBE, UNSUBSCRIBE

_HAS_WILL, _HAS_USER = 0x04, 0x80
_PACKET_ID = 2  # bytes
_BEHIND_A_FILTER = {SUBSCRIBE: 1, UNSUBSCRIBE: 0}  # bytes: the QoS that is asked for


def check_texts(packet_type: int, body: bytes) -> None:
    """Raises MQTTError for one that is not: a server must close the connection (1.5.3-1)."""
    for text in _texts(packet_type, body):
        try:
            text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MQTTError(f"a text that is not UTF-8: {text!r}") from error


def _texts(packet_type: int, body: bytes) -> Iterator[bytes]:
    """A packet that ends too soon is found by who decodes it."""
    if packet_type == PUBLISH:
        yield _field(body, 0)
    elif packet_type in _BEHIND_A_FILTER:
        yield from _filters(body, _BEHIND_A_FILTER[packet_type])
    elif packet_type == CONNECT:
        yield from _names(body)


def _filters(body: bytes, behind: int) -> Iterator[bytes]:
    """`behind`: how many bytes follow each."""
    at = _PACKET_ID
    while at < len(body):
        text = _field(body, at)
        yield text
        at += 2 + len(text) + behind


def _names(body: bytes) -> Iterator[bytes]:
    """Client id, topic of the will, user name; the will's message and the password are any bytes."""
    at = 2 + len(_field(body, 0))
    flags = body[at + 1] if at + 1 < len(body) else 0
    at += 4  # level, flags, keep-alive
    wanted = [True, *([True, False] if flags & _HAS_WILL else []), *([True] if flags & _HAS_USER else [])]
    for is_text in wanted:
        text = _field(body, at)
        if is_text:
            yield text
        at += 2 + len(text)


def _field(body: bytes, at: int) -> bytes:
    """The field behind its length."""
    length = int.from_bytes(body[at : at + 2])
    return body[at + 2 : at + 2 + length]
