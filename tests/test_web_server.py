"""An HTTP server of ours is not held up by those who say nothing, little, or too much."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest
from aiohttp import ClientSession, web

from harness import web_server
from harness.web_server import served

T = TypeVar("T")
PATIENCE = 10.0  # seconds


@asynccontextmanager
async def _echo() -> AsyncIterator[int]:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"length": len(await request.read())})

    app = web.Application()
    app.add_routes([web.post("/", answer)])
    async with served(app, "127.0.0.1", 0) as port:
        yield port


def _run(drive: Callable[[int], Coroutine[Any, Any, T]]) -> T:
    async def main() -> T:
        async with asyncio.timeout(PATIENCE), _echo() as port:
            return await drive(port)

    return asyncio.run(main())


async def _is_answered(port: int) -> bool:
    async with ClientSession() as session, session.post(f"http://127.0.0.1:{port}/", data=b"12345") as answer:
        return json.loads(await answer.text()) == {"length": 5} and answer.headers["Connection"] == "close"


def test_request_is_answered_and_its_connection_closed() -> None:
    assert _run(_is_answered)


@pytest.mark.parametrize(
    "said",
    [b"", b"POST / HTTP/1.1\r\nHost: x\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n1"],
    ids=["nothing", "half of the headers", "half of the body"],
)
def test_connection_that_does_not_come_to_its_end_is_closed(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    monkeypatch.setattr(web_server, "REQUEST_WITHIN", 0.2)

    async def drive(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            writer.close()

    assert _run(drive) == b""


def test_request_that_is_no_http_is_refused_and_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    async def drive(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret\x00\r\n\r\n")
        said = await reader.read()
        writer.close()
        return said

    assert _run(drive).startswith(b"HTTP/1.0 400")
    assert "secret" not in caplog.text


def test_crowd_that_says_nothing_does_not_keep_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_server, "CONNECTIONS", 3)

    async def drive(port: int) -> tuple[bool, int]:
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(6)]
        answered = await _is_answered(port)
        for _, writer in crowd:
            writer.close()
        return answered, len(crowd)

    assert _run(drive) == (True, 6)


def test_request_that_has_come_is_answered_or_refused_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_server, "CONNECTIONS", 5)

    async def main() -> list[int]:
        has_begun, may_end = asyncio.Event(), asyncio.Event()

        async def answer(_request: web.Request) -> web.Response:
            has_begun.set()
            await may_end.wait()
            return web.Response()

        app = web.Application()
        app.add_routes([web.post("/", answer)])

        async def ask(session: ClientSession, port: int) -> int:
            async with session.post(f"http://127.0.0.1:{port}/", data=b"12345") as answer:
                return answer.status

        async with asyncio.timeout(PATIENCE), served(app, "127.0.0.1", 0) as port, ClientSession() as session:
            asked = []
            for number in range(12):  # one after the other: of a crowd that comes at once, some may be displaced
                has_begun.clear()
                asked.append(asyncio.create_task(ask(session, port)))
                await (has_begun.wait() if number < 5 else asked[-1])
            may_end.set()
            return await asyncio.gather(*asked)

    assert asyncio.run(main()) == [200] * 5 + [429] * 7
