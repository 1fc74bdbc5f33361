"""The clients of a replica service, and what each may do there."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from harness.broker.access_control import Account
from harness.clock import Clock, new_loop
from harness.errors import LinkError, UsageError
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import Link, connect
from harness.protocols.replica.words.topics import Scheme
from simulator.replica.access import Access, KnownClient, read_access
from tests.simulator.replica.running import Running, running

ACCESS = Access(
    (
        KnownClient("lamp", frozenset({"lamp"}), "of-lamp", "token-of-lamp"),
        KnownClient("lam", frozenset({"lam"}), "of-lam"),
        KnownClient("app", frozenset({"lamp", "fan"}), "of-app", "token-of-app"),
        KnownClient("all", frozenset({"*"}), "of-all", "token-of-all"),
    )
)
SECRETS = [word for client in ACCESS.clients for word in (client.password, client.token) if word]


def test_device_has_the_topics_of_its_own_replica() -> None:
    assert ACCESS.accounts(Scheme.SEED)[0] == Account(
        Login("lamp", "of-lamp"), ("state/lamp/#",), publishes=("state/lamp/update", "state/lamp/get")
    )


def test_named_replicas_are_the_device_s_too() -> None:
    device = ACCESS.accounts(Scheme.AWS)[0]

    assert device.may("$aws/things/lamp/shadow/name/night/update/accepted")
    assert device.may_publish("$aws/things/lamp/shadow/name/night/delete")
    assert not device.may_publish("$aws/things/lamp/shadow/name/night/delete/accepted")
    assert not device.may("$aws/things/lam/shadow/update/accepted")


def test_component_has_those_of_the_devices_that_it_is_given() -> None:
    component, every = ACCESS.accounts(Scheme.SEED)[2:]

    assert [component.may(f"state/{device}/get/accepted") for device in ("lamp", "fan", "door")] == [True, True, False]
    assert every.may("state/+/update/delta")
    assert every.may_publish("state/door/update")
    assert not every.may_publish("state/door/update/delta")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[devices.lamp]\n", "line 1: devices.lamp: it has neither a password nor a token"),
        ("[components.app]\npassword_env = 'IS_SET'\n", "'devices' is a required property"),
        ("[components.app]\ndevices = []\npassword_env = 'IS_SET'", "line 2"),
        ("[components.app]\ndevices = ['a/b']\npassword_env = 'IS_SET'", "line 2"),
        ("[devices.'la+mp']\npassword_env = 'IS_SET'", "la+mp"),
        ("[devices.lamp]\npassword_env = 'IS_NOT'", "line 2: devices.lamp.password_env: no such variable is set"),
        ("[devices.lamp]\npassword_env = 'IS_SET'\npassword_file = 'x'", "one of them is enough"),
        ("[devices.lamp]\ntoken_env = 'secret-word'", "line 2: devices.lamp.token_env: no such variable is set"),
        ("[devices.lamp]\npassword = 'secret-word'", "line 2: devices.lamp.password: there is no such key here"),
        ("[devices.lamp]\ntoken_file = 'missing'", "cannot read"),
        ("[devices.lamp]\npasword_env = 'IS_SET'", "did you mean 'password_env'"),
        ("[devices.a]\ntoken_env = 'IS_SET'\n[devices.b]\ntoken_env = 'IS_SET'", "'a' and 'b' have one token"),
        ("[devices.a]\ntoken_env = 'IS_SET'\n[components.a]\ndevices = ['b']\npassword_env = 'IS_SET'", "called 'a'"),
    ],
)
def test_file_that_cannot_be_meant_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.setenv("IS_SET", "secret-word")
    file = tmp_path / "access.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        read_access(file)

    assert words in str(refused.value)
    assert "secret-word" not in str(refused.value)


def test_file_gives_each_its_devices_and_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_TOKEN", "token-of-app")
    (tmp_path / "lamp.password").write_text("of-lamp\n", encoding="utf-8")
    file = tmp_path / "access.toml"
    lines = ["[devices.lamp]", "password_file = 'lamp.password'", "[components.app]", "token_env = 'APP_TOKEN'"]
    file.write_text("\n".join([*lines, "devices = ['lamp', '*']"]), encoding="utf-8")

    access = read_access(file)

    assert access.clients == (
        KnownClient("lamp", frozenset({"lamp"}), "of-lamp", None),
        KnownClient("app", frozenset({"lamp", "*"}), None, "token-of-app"),
    )
    assert "of-lamp" not in repr(access)
    assert "token-of-app" not in repr(access)


def test_device_reaches_its_own_replica_and_no_other(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        async with (
            _client(service.broker_for("lamp", "of-lamp")) as lamp,
            _client(service.broker_for("all", "of-all")) as all_,
        ):
            await all_.subscribe("state/+/update/accepted")
            await lamp.publish("state/lam/update", b'{"state": {"reported": {"is": "forged"}}}')
            await lamp.publish("state/lamp/update/accepted", b'{"state": "forged"}')
            await lamp.publish("state/lamp/update", b'{"state": {"reported": {"on": true}}}')
            first = await anext(all_.deliveries())
            with pytest.raises(LinkError, match="does not let us subscribe"):
                await lamp.subscribe("state/lam/update/delta")
            with pytest.raises(LinkError, match="does not let us subscribe"):
                await lamp.subscribe("state/+/update/delta")

        assert (first.topic, json.loads(first.payload)["state"]) == (
            "state/lamp/update/accepted",
            {"reported": {"on": True}},
        )

    _run(check, tmp_path)


@pytest.mark.parametrize("login", [None, Login("lamp", "of-lam"), Login("setpoint-replica", ""), Login("nobody", "x")])
def test_client_without_its_login_is_not_let_in(tmp_path: Path, login: Login | None) -> None:
    async def check(service: Running) -> None:
        endpoint = Endpoint(service.broker.host, service.broker.port, login)
        with pytest.raises(LinkError, match="refused"):
            async with _client(endpoint):
                pass

        assert any(line.startswith("a client was refused: ") for line in service.said)
        assert not [line for line in service.said for secret in SECRETS if secret in line]

    _run(check, tmp_path)


def test_client_cannot_take_the_place_of_the_service(tmp_path: Path) -> None:
    async def check(service: Running) -> None:
        async with connect(service.broker_for("lam", "of-lam"), "setpoint-replica"):
            status, _ = await service.asked("GET", "/state/lamp/get", token="token-of-all")  # noqa: S106 - of this test
            async with _client(service.broker_for("lamp", "of-lamp")) as lamp:
                await lamp.subscribe("state/lamp/get/rejected")
                await lamp.publish("state/lamp/get", b"")
                answer = await anext(lamp.deliveries())

        assert (status, json.loads(answer.payload)["code"]) == (404, 404)

    _run(check, tmp_path)


@pytest.mark.parametrize(
    ("token", "device", "status"),
    [
        ("", "lamp", 401),
        ("guess", "lamp", 401),
        ("of-lamp", "lamp", 401),
        ("token-of-lamp", "lamp", 404),
        ("token-of-lamp", "lam", 403),
        ("token-of-app", "fan", 404),
        ("token-of-app", "door", 403),
        ("token-of-all", "door", 404),
    ],
)
def test_token_opens_what_is_its_client_s(tmp_path: Path, token: str, device: str, status: int) -> None:
    async def check(service: Running) -> None:
        code, body = await service.asked("GET", f"/state/{device}/get", token=token)

        assert (code, body["code"]) == (status, status)
        assert not [line for line in service.said for secret in SECRETS if secret in line]

    _run(check, tmp_path)


def _client(endpoint: Endpoint) -> AbstractAsyncContextManager[Link]:
    return connect(endpoint, f"client-{endpoint.login.user if endpoint.login else ''}")


def _run(check: Callable[[Running], Awaitable[None]], folder: Path) -> None:
    async def main() -> None:
        async with asyncio.timeout(30), running(folder, access=ACCESS) as service:
            await check(service)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        runner.run(main())
