"""A socket that is connected to a broker, through TLS where the endpoint asks for it. Nothing here blocks the loop.

Only where the host is a name, asyncio asks the system for its addresses in a thread of its own.
"""

import asyncio
import os
import socket
import ssl
from typing import Any

from harness.mqtt.endpoint import Endpoint
from harness.mqtt.host import ip_of, is_socket


async def connected_socket(endpoint: Endpoint, tls: ssl.SSLContext | None) -> socket.socket:
    """A non-blocking one; the caller closes it.

    Raises OSError, of which ssl.SSLError is a kind, and TimeoutError after five seconds an address.
    """
    if is_socket(endpoint.host):
        return await _at_a_path(endpoint.host)
    plain = await _at_a_port(endpoint.host, endpoint.port)
    return await _secured(plain, tls, endpoint.host) if tls else plain


async def _at_a_path(path: str) -> socket.socket:
    dialling = socket.socket(socket.AF_UNIX)
    try:
        dialling.settimeout(0)
        while not _takes(dialling, path):  # noqa: ASYNC110 - nothing tells of room in that queue
            await asyncio.sleep(0)
    except BaseException:
        dialling.close()
        raise
    return dialling


def _takes(dialling: socket.socket, path: str) -> bool:
    """Whether the listener's queue has room. At a path, a socket that does not block is sent away where it has none."""
    try:
        dialling.connect(path)
    except BlockingIOError:
        return False
    return True


async def _at_a_port(host: str, port: int) -> socket.socket:
    """At the first of the host's addresses that answers; what is raised is about the last."""
    problem: OSError = OSError(f"{host} has no address")
    for family, address in await _addresses(host, port):
        dialling = socket.socket(family, socket.SOCK_STREAM)
        try:
            dialling.settimeout(0)
            # The kernel may hold a packet 40 ms (Nagle meets delayed ACK); a virtual clock would jump ahead of it.
            dialling.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            async with asyncio.timeout(CONNECTS_WITHIN):
                await asyncio.get_running_loop().sock_connect(dialling, address)
        except OSError as error:
            dialling.close()
            # Where the system's words were, asyncio has the address.
            problem = OSError(error.errno, os.strerror(error.errno)) if error.errno else error
        except BaseException:
            dialling.close()
            raise
        else:
            return dialling
    raise problem


async def _addresses(host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
    if ip := ip_of(host):
        return [(socket.AF_INET if ip.version == _IPV4 else socket.AF_INET6, (host, port))]
    known = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in known]


async def _secured(plain: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
    """The socket after TLS's handshake, in which the certificate is verified."""
    secured = None
    try:
        secured = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
        async with asyncio.timeout(CONNECTS_WITHIN):
            await _shake_hands(secured)
    except BaseException:
        (secured or plain).close()
        raise
    return secured


async def _shake_hands(secured: ssl.SSLSocket) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            return secured.do_handshake()
        except ssl.SSLWantReadError:
            watch, unwatch = loop.add_reader, loop.remove_reader
        except ssl.SSLWantWriteError:
            watch, unwatch = loop.add_writer, loop.remove_writer
        is_ready = asyncio.Event()
        watch(secured, is_ready.set)
        try:
            await is_ready.wait()
        finally:
            unwatch(secured)


CONNECTS_WITHIN = 5.0  # seconds, for each address and for TLS's handshake
_IPV4 = 4
