"""The service over HTTP."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector

from harness.clock import Clock, new_loop
from harness.mqtt.link import connect
from harness.protocols.replica.words.topics import Scheme
from tests.simulator.replica.running import Running, running

LAMP = "/things/lamp/shadow"
ON = b'{"state": {"desired": {"on": true}}, "clientToken": "t"}'


def test_get_answers_as_get_accepted_does(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        async with connect(service.broker, "client") as link:
            await link.subscribe("state/lamp/update/accepted", "state/lamp/get/accepted")
            await link.publish("state/lamp/update", ON)
            await link.publish("state/lamp/get", b"")
            deliveries = link.deliveries()
            _, got = [json.loads((await anext(deliveries)).payload) for _ in range(2)]
        status, body = await service.asked("GET", "/state/lamp/get")

        assert status == 200
        assert {**body, "timestamp": got["timestamp"]} == got

    _run(check, tmp_path)


@pytest.mark.parametrize("body", [b"{}", b'{"clientToken": "t"}', b""])
def test_get_of_what_is_not_there_is_not_found(tmp_path: Path, body: bytes) -> None:
    async def check(service: Running) -> None:
        status, answer = await service.asked("GET", "/state/lamp/get", body)

        assert (status, answer["code"], answer.get("clientToken")) == (404, 404, "t" if b"t" in body else None)

    _run(check, tmp_path)


def test_replica_is_updated_read_and_deleted(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        updated = await service.asked("POST", LAMP, ON)
        got = await service.asked("GET", LAMP)
        other = await service.asked("GET", LAMP + "?name=night")
        gone = await service.asked("DELETE", LAMP)
        lost = await service.asked("GET", LAMP)

        assert [answer[0] for answer in (updated, got, other, gone, lost)] == [200, 200, 404, 200, 404]
        assert (updated[1]["version"], updated[1]["clientToken"]) == (1, "t")
        assert got[1]["state"] == {"desired": {"on": True}, "delta": {"on": True}}

    _run(check, tmp_path, Scheme.AWS)


def test_update_is_told_on_the_broker_and_its_refusal_is_not(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        async with connect(service.broker, "client") as link:
            await link.subscribe("$aws/things/lamp/shadow/#")
            refused, _ = await service.asked("POST", LAMP, b"{}")
            await service.asked("POST", LAMP, ON)
            deliveries = link.deliveries()
            told = [(await anext(deliveries)).topic.rpartition("/")[2] for _ in range(3)]

        assert (refused, told) == (400, ["delta", "documents", "accepted"])

    _run(check, tmp_path, Scheme.AWS)


def test_names_are_listed_page_by_page(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        listing = "/api/things/shadow/ListNamedShadowsForThing/lamp"
        for name in ("b", "a", "c"):
            await service.asked("POST", f"{LAMP}?name={name}", ON)
        _, first = await service.asked("GET", f"{listing}?pageSize=2")
        _, last = await service.asked("GET", f"{listing}?pageSize=2&nextToken={first['nextToken']}")
        wrong = [
            (await service.asked("GET", f"{listing}?{query}"))[0]
            for query in ("pageSize=0", "pageSize=x", "nextToken=/")
        ]

        assert (first["results"], last["results"], "nextToken" in last) == (["a", "b"], ["c"], False)
        assert wrong == [400, 400, 400]

    _run(check, tmp_path, Scheme.AWS)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", LAMP, b"{", 400),
        ("POST", LAMP, b'{"state": {"desired": 1}}', 400),
        ("POST", LAMP, b'{"state": {}, "version": 7}', 409),
        ("POST", LAMP, b'{"state": {"desired": {"a": "' + b"x" * 9_000 + b'"}}}', 413),
        ("POST", LAMP, b"x" * 200_000, 413),
        ("POST", LAMP, b"\xff", 415),
        ("GET", "/things/la+mp/shadow", b"", 400),
        ("GET", LAMP + "?name=a/b", b"", 400),
        ("PUT", LAMP, b"", 405),
        ("HEAD", LAMP, b"", 405),
        ("GET", "/state/lamp/get", b"", 404),
    ],
)
def test_refusal_has_a_code_and_a_message(tmp_path: Path, method: str, path: str, body: bytes, status: int) -> None:
    async def check(service: Running) -> None:
        if method == "HEAD":
            async with ClientSession() as session, session.head(service.rest + path) as answer:
                assert answer.status == status
            return
        code, content = await service.asked(method, path, body)

        assert (code, content["code"]) == (status, status)
        assert isinstance(content["message"], str)

    _run(check, tmp_path, Scheme.AWS)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:80"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "localhost"}, 200),
        ({}, 200),
    ],
)
def test_page_of_another_site_changes_nothing(tmp_path: Path, headers: dict[str, str], status: int) -> None:
    async def check(service: Running) -> None:
        changed, _ = await service.asked("POST", LAMP, ON, **headers)
        stands, _ = await service.asked("GET", LAMP)

        assert (changed, stands) == (status, 200 if status == 200 else 404)

    _run(check, tmp_path, Scheme.AWS)


def test_every_request_of_a_flood_is_answered(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        async def ask(session: ClientSession) -> int:
            async with session.get(service.rest + "/state/lamp/get") as answer:
                return answer.status

        async with ClientSession(connector=TCPConnector(limit=0)) as session:
            told = Counter(await asyncio.gather(*(ask(session) for _ in range(400))))

        assert set(told) <= {404, 429}
        assert told.total() == 400

    _run(check, tmp_path)


def _run(check: Callable[[Running], Awaitable[None]], folder: Path, scheme: Scheme = Scheme.SEED) -> None:
    async def main() -> None:
        async with asyncio.timeout(30), running(folder, scheme) as service:
            await check(service)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(main())
