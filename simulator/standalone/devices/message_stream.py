"""A device's messages as server-sent events. A stream ends by itself, and who wants more comes again.

A reader says by `Last-Event-ID` what it has read. One that does not take what it is sent is dropped.
"""

import asyncio
import json
from contextlib import suppress

from aiohttp import web

from harness.web_server import REQUEST_WITHIN
from simulator.standalone.devices.message_log import MessageLog, NumberedMessage

_STREAMS_FOR = REQUEST_WITHIN - 10.0  # seconds; a connection is cut behind that
_TAKES_WITHIN = 5.0  # seconds that a reader may take for what it is sent
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


async def stream_messages(request: web.Request, log: MessageLog) -> web.StreamResponse:
    """All messages that the reader has not read, and those that come while it stays. Raises HTTPBadRequest."""
    number = _last_read(request)
    response = web.StreamResponse(headers=_HEADERS)
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    await response.prepare(request)
    await response.write(b": the simulator's messages\n\n")  # so that the reader has its headers at once
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(_STREAMS_FOR):
            while True:
                found = await log.more(number)
                number = found[-1].number
                if not await _taken(request, response, b"".join(map(_event, found))):
                    break
    return response


async def _taken(request: web.Request, response: web.StreamResponse, events: bytes) -> bool:
    """Whether the reader took them in time; one that did not is dropped."""
    try:
        async with asyncio.timeout(_TAKES_WITHIN):
            await response.write(events)
    except TimeoutError:
        if request.transport:
            request.transport.abort()
        return False
    return True


def _event(message: NumberedMessage) -> bytes:
    """JSON in ASCII has no line ends: no payload begins a line of its own."""
    return f"id: {message.number}\ndata: {json.dumps(message.as_json())}\n\n".encode()


def _last_read(request: web.Request) -> int:
    text = request.headers.get("Last-Event-ID", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 16):  # noqa: PLR2004 - more than any log counts to
        raise web.HTTPBadRequest(text="Last-Event-ID is no number of a message")
    return int(text)
