"""Parses CONNECT of any version of MQTT, but for the password. No input raises."""

from harness.mqtt.packets import ObservedConnect, Will

OLD, CURRENT = b"\x00\x06MQIsdp\x03", b"\x00\x04MQTT\x04"  # how MQTT 3.1 and MQTT 3.1.1 begin


class _ShortError(Exception):
    """There is less than a CONNECT has."""


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise _ShortError
        self._at += count
        return taken

    def number(self, count: int) -> int:
        return int.from_bytes(self.take(count))

    def text(self) -> str:
        return self.take(self.number(2)).decode(errors="replace")

    def pass_properties(self) -> None:
        """Those of MQTT 5, behind their length in up to four bytes of seven bits."""
        length = 0
        for place in range(4):
            byte = self.number(1)
            length |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                break
        self.take(length)


def observed_connect(body: bytes, tls: str | None = None) -> tuple[str, ObservedConnect] | None:
    """Client id and the rest; None where this is no CONNECT."""
    try:
        return _read(_Bytes(body), tls)
    except _ShortError:
        return None


def _read(packet: _Bytes, tls: str | None) -> tuple[str, ObservedConnect]:
    protocol, level, flags, keep_alive = packet.text(), packet.number(1), packet.number(1), packet.number(2)
    has_properties = level >= _FIRST_WITH_PROPERTIES
    if has_properties:
        packet.pass_properties()
    client_id, will, user = packet.text(), None, None
    if flags & 0x04:
        if has_properties:
            packet.pass_properties()
        will = Will(packet.text(), flags >> 3 & 3, bool(flags & 0x20))
        packet.text()
    if flags & 0x80:
        user = packet.text()
    return client_id, ObservedConnect(protocol, level, bool(flags & 0x02), keep_alive, user, will, tls)


_FIRST_WITH_PROPERTIES = 5
