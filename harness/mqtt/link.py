"""One MQTT session: what goes out and comes in, stamped."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from harness.clock import utc
from harness.errors import LinkError
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.connected_socket import CONNECTS_WITHIN
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.session import KEEP_ALIVE, LostError, RefusedError, Session, SessionError

_DEFAULTS = ConnectOptions()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that reached us, and when.

    `qos`: the level at which it came; None: nobody knows at which it was published, as we were granted less than 1.
    """

    time: float
    topic: str
    payload: bytes
    retain: bool
    packet_id: int = 0  # of one at QoS 1: a second time the same is the same message
    qos: int | None = None


class Link:
    """A client of the broker that is connected."""

    def __init__(self, session: Session, endpoint: Endpoint, options: ConnectOptions = _DEFAULTS) -> None:
        self._session, self._endpoint, self._options = session, endpoint, options
        self._topics: tuple[str, ...] = ()
        self._tells_qos = True

    async def subscribe(self, *topics: str) -> None:
        """Ask for the topics at QoS 1, unless greeted otherwise; the filters must not overlap."""
        self._topics = (*self._topics, *(topic for topic in topics if topic not in self._topics))
        try:
            for topic in topics:
                granted = await self._session.subscribe(topic, self._options.subscribes_at)
                if any(code.is_failure for code in granted):
                    raise LinkError(self._endpoint, f"does not let us subscribe to {topic}")
                self._tells_qos = self._tells_qos and all(code.value >= 1 for code in granted)
        except SessionError as error:
            raise LinkError(self._endpoint, _why_not(error)) from error

    async def rejoin(self) -> None:
        """Ask for the same topics once more: what is retained there comes again, as on a connection that is new."""
        await self.subscribe(*self._topics)

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """Send at QoS 1, unless told or greeted otherwise, and wait for the broker's PUBACK."""
        level = self._options.publishes_at if qos is None else qos
        try:
            await self._session.publish(topic, payload, level, retain=retain)
        except SessionError as error:
            raise LinkError(self._endpoint, _why_not(error)) from error

    def send_ahead(self, topic: str, payload: bytes) -> None:
        """Have this retained before whatever is published next; that one's PUBACK tells of both."""
        self._session.send_ahead(topic, payload)

    def acknowledge(self, packet_id: int) -> None:
        """Send PUBACK, where the connect options have switched automatic acknowledgement off."""
        self._session.acknowledge(packet_id)

    def ping(self) -> None:
        """Send PINGREQ. By itself a link does so by the wall clock, and so never in virtual time."""
        self._session.ping()

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """Every message that arrives, until the session ends."""
        try:
            async for topic, payload, retain, packet_id, qos in self._session.arrivals():
                yield Delivery(utc(), topic, payload, retain, packet_id, qos if self._tells_qos else None)
        except SessionError as error:
            raise LinkError(self._endpoint, _why_not(error)) from error


@asynccontextmanager
async def connect(endpoint: Endpoint, client_id: str, options: ConnectOptions = _DEFAULTS) -> AsyncIterator[Link]:
    """A session that lasts as long as the block. Raises LinkError where none comes about.

    It goes by the client id that the endpoint wants, or else by this one.
    """
    session = Session(endpoint, endpoint.client_id or client_id, options)
    try:
        await session.open()
    except (OSError, SessionError) as error:
        raise LinkError(endpoint, _why_never(error, endpoint)) from error
    try:
        yield Link(session, endpoint, options)
    finally:
        await session.close()


def _why_never(error: OSError | SessionError, endpoint: Endpoint) -> str:  # noqa: PLR0911 - a table of causes
    """The cause, in one sentence, where the operator can do something about it."""
    match error:
        case RefusedError():
            who = f"the login of {endpoint.login.user!r}" if endpoint.login else "a client without login"
            return f"refused {who}: {error}"
        case LostError() if endpoint.tls:
            ours = endpoint.tls.certificate or "none"
            return f"hung up during the TLS handshake; does it trust our client certificate ({ours})?"
        case LostError():
            return f"hung up before it answered CONNECT ({error})"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted: {error.verify_message}"
        case ssl.SSLError():
            return f"no TLS comes about: {error.reason or error}"
        case ConnectionResetError() if endpoint.tls:
            return "no TLS comes about: it hung up; is that its port for TLS?"
        case TimeoutError():
            return f"cannot be reached: no answer within {CONNECTS_WITHIN:g} s"
        case OSError(strerror=str(words)):
            return f"cannot be reached: {words}"
    return f"cannot be reached: {error}"


def _why_not(error: SessionError) -> str:
    if not isinstance(error, LostError):
        return str(error)
    if str(error) == _SILENT:
        return f"does not answer any more: no word for {2 * KEEP_ALIVE} s"
    return "the connection is gone"


_SILENT = "Keep alive timeout"
