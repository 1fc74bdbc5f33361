"""The whole service: what leaves it, and what is there again, when its store or it itself does not go on."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from harness.broker import mosquitto_broker
from harness.clock import Clock, new_loop
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint, Login, Tls
from harness.mqtt.link import connect
from harness.protocols.replica.words.topics import ReplicaId, Scheme
from simulator.replica.access import Access, KnownClient
from simulator.replica.document import Document
from simulator.replica.durable_service import OpenStore
from simulator.replica.store import Store, open_store
from tests.broker.certificates import Pki
from tests.simulator.replica.running import Running, running

ON = b'{"state": {"reported": {"on": true}}, "clientToken": "t"}'
LARGE = json.dumps({"state": {"reported": {"text": "x" * 8_000}}}).encode()
LAMP = "/things/lamp/shadow"


class GatedStore:
    """The store, whose commits wait for a gate."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.document, self.documents = store.document, store.documents
        self.gate, self.has_been_asked = asyncio.Event(), asyncio.Event()

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """Once the gate is open."""
        self.has_been_asked.set()
        await self.gate.wait()
        await self._store.write(batch)


def _gated(opened: list[GatedStore]) -> Callable[[Path], AbstractContextManager[OpenStore]]:
    @contextmanager
    def opens(file: Path) -> Iterator[OpenStore]:
        with open_store(file) as store:
            opened.append(GatedStore(store))
            yield opened[-1]

    return opens


def test_nothing_leaves_by_either_face_while_the_commit_is_held(tmp_path: Path) -> None:
    opened: list[GatedStore] = []

    async def check(service: Running) -> None:
        async with connect(service.broker, "client") as link:
            await link.subscribe("$aws/things/lamp/shadow/#")
            await link.publish("$aws/things/lamp/shadow/update", ON)
            await opened[0].has_been_asked.wait()
            await link.publish("$aws/things/lamp/shadow/get", b"")
            heard = link.deliveries()
            echoes = [(await anext(heard)).topic.rpartition("/")[2] for _ in range(2)]
            asked = asyncio.create_task(service.asked("GET", LAMP))
            next_heard = asyncio.ensure_future(anext(heard))
            early, _ = await asyncio.wait([asked, next_heard], timeout=0.3)
            opened[0].gate.set()
            status, _ = await asked
            told = [(await next_heard).topic.rpartition("/")[2]]
            told += [(await anext(heard)).topic.rpartition("/")[2] for _ in range(2)]

        assert echoes == ["update", "get"]
        assert early == set()
        assert (status, told) == (200, ["documents", "accepted", "accepted"])

    _run(check, tmp_path, opens=_gated(opened))


def test_full_disk_refuses_and_the_service_goes_on(tmp_path: Path) -> None:
    opened: list[Store] = []

    @contextmanager
    def kept(file: Path) -> Iterator[OpenStore]:
        with open_store(file) as store:
            opened.append(store)
            yield store

    def allow(pages: int) -> None:
        opened[0]._connection.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001 - as a full disk does it

    async def check(service: Running) -> None:
        first = await service.asked("POST", LAMP, ON)
        allow(1)
        full = await service.asked("POST", LAMP, LARGE)
        stands = await service.asked("GET", LAMP)
        allow(1_000_000)
        again = await service.asked("POST", LAMP, LARGE)

        assert [answer[0] for answer in (first, full, stands, again)] == [200, 500, 200, 200]
        assert stands[1]["state"] == {"reported": {"on": True}}
        assert (stands[1]["version"], again[1]["version"]) == (1, 2)

    _run(check, tmp_path, opens=kept)


@pytest.mark.process
def test_request_that_was_not_answered_is_answered_by_the_next_service(tmp_path: Path) -> None:
    async def main() -> tuple[str, dict[str, object]]:
        opened: list[GatedStore] = []
        async with asyncio.timeout(60), mosquitto_broker() as endpoint, connect(endpoint, "client") as link:
            await link.subscribe("state/lamp/update/accepted")
            async with running(tmp_path, broker=endpoint, opens=_gated(opened)):
                await link.publish("state/lamp/update", ON)
                await opened[0].has_been_asked.wait()
            async with running(tmp_path, broker=endpoint):
                accepted = await anext(link.deliveries())
            return accepted.topic, json.loads(accepted.payload)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        topic, body = runner.run(main())

    assert topic == "state/lamp/update/accepted"
    assert (body["clientToken"], body["version"]) == ("t", 1)


def test_place_of_the_store_is_told(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        assert service.said[0] == f"store: {tmp_path / 'replica.db'}"

    _run(check, tmp_path)


def test_broker_of_ours_speaks_tls_to_all_and_to_the_service_itself(tmp_path: Path) -> None:
    pki = Pki.made_in(tmp_path)
    access = Access((KnownClient("lamp", frozenset({"lamp"}), "of-lamp"),))

    async def main() -> object:
        listener = replace(pki.listener(), accounts=access.accounts(Scheme.SEED))
        async with asyncio.timeout(30), running(tmp_path, access=access, broker=listener, ca=pki.ca) as service:
            [line] = [line for line in service.said if line.startswith("on the broker at mqtts://")]
            port = int(line.rpartition(":")[2])
            endpoint = Endpoint("127.0.0.1", port, Login("lamp", "of-lamp"), Tls(pki.ca))
            async with connect(endpoint, "lamp") as lamp:
                await lamp.subscribe("state/lamp/update/accepted")
                await lamp.publish("state/lamp/update", ON)
                return json.loads((await anext(lamp.deliveries())).payload)["version"]

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        assert runner.run(main()) == 1


def test_broker_of_ours_that_wants_certificates_lets_in_who_has_one_and_the_service_itself(tmp_path: Path) -> None:
    pki = Pki.made_in(tmp_path)

    async def main() -> object:
        listener = pki.listener(asks=True)
        async with asyncio.timeout(30), running(tmp_path, broker=listener, ca=pki.ca) as service:
            [line] = [line for line in service.said if line.startswith("on the broker at mqtts://")]
            at = Endpoint("127.0.0.1", int(line.rpartition(":")[2]))
            with pytest.raises(LinkError):
                async with connect(replace(at, tls=pki.stranger), "stranger"):
                    pass
            async with connect(replace(at, tls=pki.device), "lamp") as lamp:
                await lamp.subscribe("state/lamp/update/accepted")
                await lamp.publish("state/lamp/update", ON)
                return json.loads((await anext(lamp.deliveries())).payload)["version"]

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        assert runner.run(main()) == 1


def _run(
    check: Callable[[Running], Awaitable[None]],
    folder: Path,
    opens: Callable[[Path], AbstractContextManager[OpenStore]] = open_store,
) -> None:
    async def main() -> None:
        async with asyncio.timeout(30), running(folder, Scheme.AWS, opens=opens) as service:
            await check(service)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(main())
