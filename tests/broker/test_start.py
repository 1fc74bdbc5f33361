"""How a broker is started, what it refuses to be, and what is left of it."""

import asyncio
import logging
import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from harness.broker import Account, Listener, ServerTls, embedded_broker, mosquitto, mosquitto_broker
from harness.clock import Clock
from harness.errors import LinkError, UsageError
from harness.mqtt.endpoint import Login
from harness.mqtt.link import connect
from tests.broker.brokers import BrokerUnderTest, Meeting

OURS = BrokerUnderTest(embedded_broker, Clock.VIRTUAL)


def test_shutdown_closes_every_connection_in_no_time() -> None:
    async def main() -> float:
        async with embedded_broker() as endpoint:
            idle = [await asyncio.open_connection(endpoint.host, endpoint.port) for _ in range(3)]
            async with connect(endpoint, "twin"), connect(endpoint, "other"):
                before = asyncio.get_running_loop().time()
        for _, writer in idle:
            writer.close()
            await writer.wait_closed()
        return asyncio.get_running_loop().time() - before

    assert OURS.run(lambda _: main()) == 0


def test_link_is_told_when_it_is_not_let_in(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> None:
        async with connect(replace(meeting.endpoint, login=Login("who", "secret")), "ear"):
            pass

    with pytest.raises(LinkError, match="refused the login of 'who': Not authorized") as refused:
        broker.run(check, Listener(accounts=(Account(Login("a", "b")),)))

    assert "secret" not in str(refused.value)


def test_link_is_told_when_a_topic_is_closed_to_it() -> None:
    async def check(meeting: Meeting) -> None:
        login = Login("a", "b")
        async with connect(replace(meeting.endpoint, login=login), "ear") as link:
            await link.subscribe("b")

    with pytest.raises(LinkError, match="does not let us subscribe to b"):
        OURS.run(check, Listener(accounts=(Account(Login("a", "b"), ("a",)),)))


def test_broker_away_from_loopback_needs_accounts() -> None:
    with pytest.raises(UsageError, match=r"a broker on 0\.0\.0\.0 would let in whoever reaches it"):
        Listener("0.0.0.0")  # noqa: S104 - which is what it is about


@pytest.mark.parametrize(
    "listener",
    [Listener("::1"), Listener("localhost"), Listener("0.0.0.0", insecure=True)],  # noqa: S104 - insecure by name
    ids=lambda listener: listener.host,
)
def test_endpoint_is_where_this_machine_finds_it(listener: Listener) -> None:
    async def check(meeting: Meeting) -> int:
        return (await meeting.client("c")).code

    assert OURS.run(check, listener) == 0


def test_port_that_is_taken_is_the_operators_to_free(
    bench_on_tcp: BrokerUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    async def check(_meeting: Meeting) -> None:
        pytest.fail("it started")

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="in use"):
        bench_on_tcp.run(check, Listener(port=taken.getsockname()[1]))

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    async def check(_meeting: Meeting) -> None:
        pytest.fail("it started")

    with pytest.raises(UsageError, match=r"nowhere\.crt cannot be read: No such file or directory"):
        OURS.run(check, Listener(tls=ServerTls(tmp_path / "nowhere.crt", tmp_path / "nowhere.key")))


def test_missing_mosquitto_is_named_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program, path: path and None)

    with pytest.raises(UsageError, match="mosquitto is not installed; on Debian and Ubuntu: apt install mosquitto"):
        BrokerUnderTest(mosquitto_broker, Clock.REAL).run(lambda meeting: meeting.client("c"))


def test_mosquitto_tries_another_port_where_somebody_was_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        with socket.create_server(("127.0.0.1", 0)) as free:
            ports = iter([taken.getsockname()[1], free.getsockname()[1]])
        monkeypatch.setattr(mosquitto, "_free_port", lambda _host: next(ports))

        assert BrokerUnderTest(mosquitto_broker, Clock.REAL).run(lambda meeting: meeting.client("c")).code == 0


@pytest.mark.small_process
def test_passwords_that_cannot_be_hashed_are_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = {"mosquitto_passwd": "false", "mosquitto": "mosquitto"}
    monkeypatch.setattr(mosquitto, "installed", lambda program: shutil.which(programs[program]) or program)

    with pytest.raises(UsageError, match="mosquitto_passwd cannot hash the passwords: it does not say why"):
        BrokerUnderTest(mosquitto_broker, Clock.REAL).run(
            lambda meeting: meeting.client("c"), Listener(accounts=(Account(Login("a", "b")),))
        )


def test_mosquitto_cannot_watch() -> None:
    with pytest.raises(UsageError, match="does not tell what it sees"):
        BrokerUnderTest(mosquitto_broker, Clock.REAL).run(lambda meeting: meeting.client("c"), Listener(watch=print))


def test_broker_leaves_no_process_when_it_is_interrupted(broker: BrokerUnderTest) -> None:
    async def check(_meeting: Meeting) -> None:
        raise KeyboardInterrupt

    before = _children()
    with pytest.raises(KeyboardInterrupt):
        broker.run(check)

    assert _children() <= before


def _children() -> set[str]:
    """The processes that this one has started and not yet waited for, where the system tells."""
    return {child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()}
