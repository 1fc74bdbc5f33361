"""Brokers that go by the login, and not by what a client calls itself; brokers that know which ids there may be."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.broker import Account, Listener, embedded_broker, mosquitto, mosquitto_broker
from harness.clock import Clock
from harness.doctor.pair import are_kept_apart
from harness.doctor.probe import probe
from harness.driving.passive_subscriber import passive_subscriber
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import connect
from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.conftest import needs_mosquitto

OURS, THEIRS = BrokerUnderTest(embedded_broker, Clock.REAL), BrokerUnderTest(mosquitto_broker, Clock.REAL)
LOGIN = Login("acme", "sesame")
LISTENER = Listener(accounts=(Account(LOGIN, ("#",)),))


@pytest.fixture
def also(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has Mosquitto configured by one line more."""
    config = mosquitto._config  # noqa: SLF001 - what it is configured by is nobody else's

    def add(line: str) -> None:
        def more(*of: Any) -> Path:  # noqa: ANN401 - whatever it takes
            file = config(*of)
            file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
            return file

        monkeypatch.setattr(mosquitto, "_config", more)

    return add


def _at(meeting: Meeting, client_id: str | None = None) -> Endpoint:
    return replace(meeting.endpoint, login=LOGIN, client_id=client_id)


async def _told(meeting: Meeting) -> bool | None:
    return await are_kept_apart(_at(meeting), "setpoint-doctor-1")


def test_broker_that_goes_by_client_ids_keeps_two_sessions_of_one_login_apart() -> None:
    assert OURS.run(_told, LISTENER) is True


@needs_mosquitto
def test_broker_that_takes_the_login_for_the_client_id_does_not(also: Callable[[str], None]) -> None:
    also("use_username_as_clientid true")

    assert THEIRS.run(_told, LISTENER) is False


@needs_mosquitto
def test_broker_that_ties_ids_says_so_and_lets_in_what_goes_by_the_right_one(also: Callable[[str], None]) -> None:
    also("clientid_prefixes acme-")

    async def check(meeting: Meeting) -> tuple[str | None, str | None, bool | None]:
        refused = await probe(_at(meeting), "setpoint-doctor-1")
        welcome = await probe(_at(meeting, "acme-7"), "setpoint-doctor-1")
        return refused.refusal, welcome.refusal, await are_kept_apart(_at(meeting, "acme-7"), "setpoint-doctor-1")

    refusal, welcome, apart = THEIRS.run(check, LISTENER)

    assert refusal is not None
    assert refusal.startswith("refused the login of 'acme'")
    assert (welcome, apart) == (None, True)


def test_second_ear_does_without_where_we_go_by_an_id_that_was_given() -> None:
    """It is another one, so the first session goes on."""

    async def check(meeting: Meeting) -> str:
        endpoint = _at(meeting, "acme-7")
        async with (
            connect(endpoint, "setpoint-cloud") as link,
            passive_subscriber(endpoint, ["a/#"], lambda _heard: None),
        ):
            try:
                await link.publish("a/b", b"x")
            except LinkError as lost:
                return str(lost)
        return "goes on"

    assert OURS.run(check, LISTENER) == "goes on"
