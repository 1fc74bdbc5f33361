"""Conditions that a call over HTTP brings about."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from harness.protocols.udmi.words.device_events import ChangeUnits, Move, Override, provocation_of
from harness.provocations.carrying_out import Ways
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.provocations.way import Call
from tests.provocations.test_command import nobody

OVERRIDE = provocation_of(Override("valve"))
VARIABLE, SENT = "BENCH_TOKEN", "Bearer sesame"


class FakeService:
    """A server that keeps what it was asked for."""

    def __init__(self, status: int, says: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self._status, self._says, self._headers = status, says, headers
        self.asked: list[tuple[str, str, Any]] = []
        self.token: str | None = None
        self.url = ""

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.method, request.raw_path, body))
        self.token = request.headers.get("Authorization")
        return web.Response(status=self._status, body=self._says, headers=self._headers)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """It can be called."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield
        finally:
            await runner.cleanup()

    def provoke(
        self,
        path: str,
        body: Mapping[str, Any] | None = None,
        of: Provocation = OVERRIDE,
        token_env: str | None = None,
        token_file: Path | None = None,
    ) -> None:
        """One call of the bench."""

        async def main() -> None:
            async with self.open():
                call = Call(self.url + path, body, token_env, token_file)
                await Ways("AHU-1", {"override": call, "change_units": call, "move": call}, nobody, 5.0).provoke(of)

        asyncio.run(main())


@pytest.mark.parametrize("status", [200, 201, 204])
def test_call_is_a_post_without_a_body_where_none_is_given(status: int) -> None:
    service = FakeService(status)

    service.provoke("/{id}/{point}")

    assert service.asked == [("POST", "/AHU-1/valve", None)]


def test_value_that_stands_alone_in_a_body_is_no_text() -> None:
    service = FakeService(204)

    service.provoke(
        "/p?v={value}", {"value": "{value}", "why": "to {value}"}, provocation_of(Move("valve", 22.5, 20.0))
    )

    assert service.asked == [("POST", "/p?v=22.5", {"value": 22.5, "why": "to 22.5"})]


def test_words_are_filled_into_the_body_as_they_are_and_quoted_in_the_url() -> None:
    service = FakeService(204)

    change = provocation_of(ChangeUnits("valve", "m³/h & {id}?", "l/s"))

    service.provoke("/p/{point}?u={units}&on", {"units": "{units}", "on": True}, change)

    [(_, path, body)] = service.asked
    assert (path, body) == (
        "/p/valve?u=m%C2%B3/h%20%26%20%7Bid%7D?&on",
        {"units": "m³/h & {id}?", "on": True},
    )


@pytest.mark.parametrize(
    ("status", "says", "told"),
    [
        (404, b'{"error": "no such point"}', 'the answer was 404: {"error": "no such point"}'),
        (500, b"", "the answer was 500: nothing was said"),
        (500, b"\x1b[31m\r\n<b>" + b"x" * 100_000, "the answer was 500: \\x1b[31m <b>xxx"),
    ],
)
def test_call_that_is_not_done_is_told_with_the_answer(status: int, says: bytes, told: str) -> None:
    with pytest.raises(CannotProvoke) as refused:
        FakeService(status, says).provoke("/")

    assert told in str(refused.value)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 400


def test_call_that_is_sent_elsewhere_is_not_done() -> None:
    service = FakeService(302, headers={"Location": "/login"})

    with pytest.raises(CannotProvoke, match="the answer was 302"):
        service.provoke("/")

    assert len(service.asked) == 1


def provoke(url: str, patience: float = 5.0) -> None:
    """One call of nobody in particular."""
    asyncio.run(Ways("AHU-1", {"override": Call(url)}, nobody, patience).provoke(OVERRIDE))


def test_call_of_nobody_is_told() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]

    with pytest.raises(CannotProvoke, match=rf"\[provocations.override\] failed: .*{port}"):
        provoke(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:99999/"])
def test_call_of_what_is_no_url_is_told(url: str) -> None:
    with pytest.raises(CannotProvoke, match=r"\[provocations.override\] failed: "):
        provoke(url)


def test_call_that_is_not_answered_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(CannotProvoke, match=r"took more than 0\.3 s"):
            provoke(f"http://127.0.0.1:{silent.getsockname()[1]}/", patience=0.3)


def test_token_of_the_environment_is_sent_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "sesame")
    service = FakeService(204)

    service.provoke("/", token_env=VARIABLE)

    assert service.token == SENT


def test_token_of_a_file_is_sent_along(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("sesame\n")
    service = FakeService(204)

    service.provoke("/", token_file=file)

    assert service.token == SENT


def test_without_a_token_none_is_sent() -> None:
    service = FakeService(204)

    service.provoke("/")

    assert service.token is None


def test_token_that_is_missing_is_told_by_where_it_belongs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)

    with pytest.raises(CannotProvoke, match="its token is missing: put it in BENCH_TOKEN"):
        FakeService(204).provoke("/", token_env=VARIABLE)


def test_token_is_not_told_where_it_cannot_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "ses\name")

    with pytest.raises(CannotProvoke) as refused:
        FakeService(204).provoke("/", token_env=VARIABLE)

    assert "ses" not in str(refused.value)
