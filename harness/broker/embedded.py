"""The broker within this process: in the same loop, and so in virtual time too."""

import os
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from harness.broker.listener import Listener, ServerTls
from harness.broker.server.mqtt_broker import MqttBroker
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint, Tls
from harness.mqtt.tls import OLDEST, identify, trust


@asynccontextmanager
async def embedded_broker(listener: Listener = Listener()) -> AsyncIterator[Endpoint]:  # noqa: B008 - it is frozen
    """A broker as long as the block lasts. Yields where this machine finds it: who needs a login or a CA adds them.

    Raises UsageError where it cannot listen, or a file cannot be used.
    """
    broker = MqttBroker(listener, _server_context(listener.tls) if listener.tls else None)
    try:
        await broker.listen()
    except OSError as error:
        raise UsageError(f"cannot listen on {listener.host}:{listener.port}: {_why(error)}") from error
    try:
        yield Endpoint(listener.at_home, broker.port, tls=Tls() if listener.tls else None)
    finally:
        await broker.shutdown()


def _why(error: OSError) -> str:
    """The system's words: asyncio's say the address once more."""
    if error.errno is None or isinstance(error, socket.gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno)


def _server_context(tls: ServerTls) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = OLDEST
    identify(context, tls.certificate, tls.key, tls.passphrase)
    if tls.ca is not None:
        trust(context, tls.ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context
