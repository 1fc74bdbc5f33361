"""The notes that a run keeps on the broker: by them any folder knows its config, and the one that it had found."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from harness.broker import Account, Listener, embedded_broker
from harness.clock import Clock, new_loop
from harness.driving.progress import Unseen
from harness.driving.shared_broker.retained_config import RetainedConfig, retained_message
from harness.driving.shared_broker.run_notes import RunNote, RunNotes
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import connect
from harness.protocols.udmi.driving.counterpart import Counterpart
from harness.protocols.udmi.driving.session.cloud_session import present
from harness.protocols.udmi.words.caching_codec import reader_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.trace import Recorder
from tests.protocols.udmi.driving.playing import PROFILE

THEIRS = b'{ "theirs": true }'
TOPICS = Topics.of("DEV-1", UDMI)
SENT, FOUND = "setpoint/runs/DEV-1/sent", "setpoint/runs/DEV-1/found"
T = TypeVar("T")


class Killed(BaseException):
    """The session ends, and nothing is done any more."""


def _on_a_broker(drive: Callable[[Endpoint], Awaitable[T]], listener: Listener = Listener()) -> T:  # noqa: B008 - frozen
    async def main() -> T:
        async with embedded_broker(listener) as endpoint:
            return await drive(endpoint)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(main())


async def _lay(endpoint: Endpoint, topic: str, payload: bytes) -> None:
    async with connect(endpoint, "owner") as link:
        await link.publish(topic, payload, retain=True)


async def _run(endpoint: Endpoint, *, is_killed: bool, clear: bool = False) -> RetainedConfig:
    """A run that knows no folder: it sends two configs, and is over, or is killed."""
    retained = RetainedConfig(endpoint, "cloud", TOPICS.config, clear, notes=RunNotes.of(endpoint, PROFILE))
    await retained.look(Recorder())
    counterpart = Counterpart(PROFILE.points, reader_of(Spec.UDMI_1_5))
    if not is_killed:
        async with present(retained, TOPICS, counterpart, Recorder(), Unseen(), allowance=0.0) as cloud:
            await cloud.say_again("first")
        return retained
    async with connect(endpoint, "cloud") as link:
        notes = retained.notes
        assert notes is not None
        for word in (b"first", b"second"):
            for topic, message in notes.ahead_of(word):
                link.send_ahead(topic, message)
            await link.publish(TOPICS.config, word, retain=True)
    return retained


@pytest.mark.parametrize("theirs", [THEIRS, None])
@pytest.mark.parametrize("kills", [1, 3])
def test_next_run_finds_what_lay_there_before_those_that_were_killed(theirs: bytes | None, kills: int) -> None:
    async def drive(endpoint: Endpoint) -> tuple[bytes | None, bytes | None]:
        await _lay(endpoint, TOPICS.config, theirs or b"")
        for _ in range(kills):
            await _run(endpoint, is_killed=True)
        last = await _run(endpoint, is_killed=False, clear=True)
        return last.found, await retained_message(endpoint, "looker", TOPICS.config)

    assert _on_a_broker(drive) == (theirs, theirs)


def test_config_that_somebody_sent_since_is_theirs() -> None:
    async def drive(endpoint: Endpoint) -> bytes | None:
        await _run(endpoint, is_killed=True)
        await _lay(endpoint, TOPICS.config, THEIRS)
        await _run(endpoint, is_killed=False, clear=True)
        return await retained_message(endpoint, "looker", TOPICS.config)

    assert _on_a_broker(drive) == THEIRS


def test_config_that_was_about_to_be_sent_is_known_and_so_is_the_one_before() -> None:
    async def drive(endpoint: Endpoint) -> tuple[RunNote | None, RunNote | None]:
        await _run(endpoint, is_killed=True)
        return await RunNotes.of(endpoint, PROFILE).read(), await RunNotes.of(endpoint, PROFILE).read()

    note, again = _on_a_broker(drive)

    assert note
    assert note.is_of(b"first")
    assert note.is_of(b"second")
    assert not note.is_of(THEIRS)
    assert again == note


def test_nothing_is_left_of_notes_when_a_run_is_over() -> None:
    async def drive(endpoint: Endpoint) -> list[bytes | None]:
        await _lay(endpoint, TOPICS.config, THEIRS)
        await _run(endpoint, is_killed=True)
        await _run(endpoint, is_killed=False)
        return [await retained_message(endpoint, "looker", topic) for topic in (SENT, FOUND)]

    assert _on_a_broker(drive) == [None, None]


def test_note_of_another_device_that_has_the_same_id_is_spared() -> None:
    async def drive(endpoint: Endpoint) -> tuple[bytes | None, bytes | None, RunNote | None]:
        await _run(endpoint, is_killed=True)
        before = await retained_message(endpoint, "looker", SENT)
        elsewhere = RunNotes.of(endpoint, replace(PROFILE, topics="/r/other/d/{id}"))
        note = await elsewhere.read()
        async with connect(endpoint, "cloud") as link:
            for topic, message in (*elsewhere.ahead_of(b"other"), *elsewhere.cleared()):
                link.send_ahead(topic, message)
        return before, await retained_message(endpoint, "looker", SENT), note

    before, after, note = _on_a_broker(drive)

    assert before == after
    assert note is None


@pytest.mark.parametrize("odd", [b"\xff\x00", b"[]", b'{"topic": 5, "sent": 5}', b'{"sent": [5, null]}'])
def test_whatever_lies_there_does_no_harm(odd: bytes) -> None:
    async def drive(endpoint: Endpoint) -> bytes | None:
        await _lay(endpoint, SENT, odd)
        await _lay(endpoint, TOPICS.config, THEIRS)
        await _run(endpoint, is_killed=False)
        return await retained_message(endpoint, "looker", TOPICS.config)

    assert _on_a_broker(drive) == THEIRS


def test_broker_that_lets_us_keep_no_notes_is_left_as_it_was_all_the_same() -> None:
    login = Login("cloud", "sesame")
    listener = Listener(accounts=(Account(login, ("/devices/#",)),))

    async def drive(endpoint: Endpoint) -> tuple[bool, bytes | None]:
        ours = Endpoint(endpoint.host, endpoint.port, login)
        await _lay(ours, TOPICS.config, THEIRS)
        retained = await _run(ours, is_killed=False)
        assert retained.notes
        return retained.notes.are_kept, await retained_message(ours, "looker", TOPICS.config)

    assert _on_a_broker(drive, listener) == (False, THEIRS)
