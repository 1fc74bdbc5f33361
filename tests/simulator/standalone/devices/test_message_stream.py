"""Messages as they pass, as a stream of events over HTTP."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession

from harness.broker import embedded_broker
from simulator.link.passing_message import PassingMessage
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.devices import message_stream
from simulator.standalone.devices.running_device import LogLines, RunningDevice
from simulator.standalone.fleet import alive_together
from tests.simulator.base.bell import HEALTHY, BellEvent, BellProfile, linked
from tests.simulator.standalone.devices.test_running_device import Bells
from tests.simulator.udmi.standalone.standing import in_real_time, until

Bell = RunningDevice[BellEvent]
STREAM = "devices/BELL-1/messages"


def with_a_bell(script: Callable[[Bell, str, ClientSession], Awaitable[None]], token: str | None = None) -> None:
    """Let the script talk to the control of a bell that has rung once, for being connected."""

    async def drive() -> None:
        lines: LogLines[BellEvent] = LogLines(lambda _event: None)
        async with embedded_broker() as broker, ClientSession() as http:
            bell = RunningDevice(linked(BellProfile(), HEALTHY), broker, lambda _line: None, lines)
            async with (
                alive_together([bell], wait=False),
                control(Bells([bell]).routes, Address("127.0.0.1", 0), token) as url,
            ):
                await until(lambda: bell.messages.after(0))
                await script(bell, url, http)

    in_real_time(drive())


async def next_event(answer: ClientResponse) -> tuple[str, dict[str, Any]]:
    """Its id, and its data."""
    async with asyncio.timeout(20):
        while not (line := await answer.content.readline()).startswith(b"id: "):
            assert line
        data = await answer.content.readline()
        assert await answer.content.readline() == b"\n"
    return line.decode().strip(), json.loads(data.removeprefix(b"data: "))


def test_messages_are_told_from_the_first_that_is_kept_and_as_they_pass() -> None:
    async def script(bell: Bell, url: str, http: ClientSession) -> None:
        async with http.get(url + STREAM) as answer:
            assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
            number, first = await next_event(answer)
            assert (number, first["from"], first["payload"]) == ("id: 1", "device", "ding connected")
            await bell.meet(BellEvent.ASKED)
            number, second = await next_event(answer)
            assert (number, second["topic"], second["payload"]) == ("id: 2", "bells/BELL-1/ring", "ding asked")

    with_a_bell(script)


def test_reader_goes_on_behind_what_it_has_read() -> None:
    async def script(bell: Bell, url: str, http: ClientSession) -> None:
        await bell.meet(BellEvent.ASKED)
        await until(lambda: bell.messages.after(1))
        async with http.get(url + STREAM, headers={"Last-Event-ID": "1"}) as answer:
            assert (await next_event(answer))[0] == "id: 2"

    with_a_bell(script)


def test_stream_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_stream, "_STREAMS_FOR", 0.1)

    async def script(_bell: Bell, url: str, http: ClientSession) -> None:
        async with http.get(url + STREAM) as answer:
            assert (await answer.text()).endswith("}\n\n")

    with_a_bell(script)


def test_payload_cannot_write_an_event_of_its_own() -> None:
    async def script(bell: Bell, url: str, http: ClientSession) -> None:
        bell.messages.add(PassingMessage(0.0, "a\n\nid: 8", b"x\n\nid: 9\r\ndata: {}\xe2\x80\xa8\r"))
        async with http.get(url + STREAM, headers={"Last-Event-ID": "1"}) as answer:
            number, event = await next_event(answer)
            assert (number, event["from"], "id: 9" in event["payload"]) == ("id: 2", "broker", True)
            await bell.meet(BellEvent.ASKED)
            assert (await next_event(answer))[0] == "id: 3"

    with_a_bell(script)


def test_reader_that_takes_nothing_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_stream, "_TAKES_WITHIN", 0.1)
    monkeypatch.setattr(message_stream, "_STREAMS_FOR", 60.0)

    def end_of(reader: socket.socket) -> bytes:
        """The last of what came before it was closed. Raises TimeoutError where it never is."""
        last = b""
        while got := reader.recv(1 << 20):
            last = got
        return last

    async def script(bell: Bell, url: str, _http: ClientSession) -> None:
        host, port = url.removeprefix("http://").strip("/").split(":")
        request = f"GET /{STREAM} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        with socket.create_connection((host, int(port)), timeout=20) as reader:
            reader.sendall(request)
            for _ in range(100):  # 130 KB each: more than the system keeps for a reader
                for _ in range(60):
                    bell.messages.add(PassingMessage(0.0, "bells", b"x" * 2000))
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)
            assert not (await asyncio.to_thread(end_of, reader)).endswith(b"0\r\n\r\n")  # as a whole answer does

    with_a_bell(script)


@pytest.mark.parametrize("number", ["x", "-1", "1" * 40, "\u0663"])
def test_number_that_is_none_is_refused(number: str) -> None:
    async def script(_bell: Bell, url: str, http: ClientSession) -> None:
        async with http.get(url + STREAM, headers={"Last-Event-ID": number}) as answer:
            assert (answer.status, "Last-Event-ID" in await answer.text()) == (400, True)

    with_a_bell(script)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer sesame"}, 200),
        ({}, 401),
        ({"Authorization": "Bearer sesame", "Host": "evil.example"}, 403),
    ],
)
def test_stream_is_guarded(headers: dict[str, str], status: int) -> None:
    async def script(_bell: Bell, url: str, http: ClientSession) -> None:
        async with http.get(url + STREAM, headers=headers) as answer:
            assert answer.status == status

    with_a_bell(script, token="sesame")  # noqa: S106 - a test's


@pytest.mark.parametrize(
    ("topic", "headers", "status", "complaint"),
    [
        ("bells/BELL-1/press", {}, 204, ""),
        ("bells/BELL-1/ring", {}, 409, "has not asked for 'bells/BELL-1/ring'; it asks for bells/BELL-1/press"),
        ("bells/BELL-1/press", {"Origin": "http://evil.example"}, 403, "another site"),
    ],
)
def test_message_is_handed_to_the_device_at_topics_that_it_asks_for(
    topic: str, headers: dict[str, str], status: int, complaint: str
) -> None:
    async def script(bell: Bell, url: str, http: ClientSession) -> None:
        body = {"topic": topic, "payload": "press"}
        async with http.post(f"{url}devices/BELL-1/inbox", json=body, headers=headers) as answer:
            assert (answer.status, complaint in await answer.text()) == (status, True)
        if status == 204:
            await until(lambda: len(bell.messages.after(0)) > 2)
            told = [(one.as_json()["from"], one.as_json()["payload"]) for one in bell.messages.after(1)]
            assert told == [("panel", "press"), ("device", "ding pressed")]

    with_a_bell(script)


def test_nothing_is_handed_over_while_the_link_is_down() -> None:
    async def script(bell: Bell, url: str, http: ClientSession) -> None:
        bell.drop(30)
        body = {"topic": bell.inbox, "payload": "press"}
        async with http.post(f"{url}devices/BELL-1/inbox", json=body) as answer:
            assert (answer.status, "link is down" in await answer.text()) == (409, True)

    with_a_bell(script)
