"""The report's words for the messages of an update."""

import pytest

from harness.judging.history import History
from harness.judging.reader import Reader, reader_for
from harness.payload.values import JSON
from harness.record.kinds import Received, Sent
from tests.protocols.update.records import DEVICE, feedback, heard, run_with, sent


def _read() -> tuple[Reader[History], History]:
    run = run_with(profile=DEVICE)
    reader = reader_for(run)
    return reader, reader.read(run).history


def _words(message: Received) -> str:
    reader, history = _read()
    return reader.words(history, message, None)


def _sent_words(message: Sent) -> str:
    reader, history = _read()
    return reader.sent_words(history, message)


@pytest.mark.parametrize(
    ("topic", "payload", "label", "words"),
    [
        ("deviceupdate/desiredstate", {}, "first", "desired state 'first'"),
        ("deviceupdate/desiredstate/command", {"command": "DOWNLOAD"}, "go", "DOWNLOAD"),
        ("deviceupdate/currentstate/get", {}, "ask", "question for the current state"),
        ("deviceupdate/ownerconsentfeedback", {"status": "DENIED"}, "owner", "consent DENIED"),
        ("labupdate/desiredstatefeedback", {"status": "IDENTIFIED"}, "lab", "lab: feedback IDENTIFIED"),
        ("elsewhere", {}, "odd", "message 'odd'"),
    ],
)
def test_message_of_ours_is_named_by_its_kind(topic: str, payload: JSON, label: str, words: str) -> None:
    assert _sent_words(sent(1, topic, payload, label)) == words


def test_feedback_names_components_with_their_steps() -> None:
    told = feedback(1, "RUNNING", {"lab:probe": ("DOWNLOADING", 50), "lab:pump": ("IDENTIFIED", None)}, "device")

    assert _words(told) == "feedback RUNNING received: lab:probe DOWNLOADING 50 %, lab:pump IDENTIFIED"


def test_feedback_on_many_components_names_the_first() -> None:
    many: dict[str, tuple[str, JSON]] = {f"lab:{number}": ("IDENTIFIED", None) for number in range(6)}

    assert _words(feedback(1, "RUNNING", many, "device")).endswith("lab:3 IDENTIFIED, and 2 more components")


def test_message_to_a_played_agent_says_whose_it_is() -> None:
    told = heard(1, "labupdate/desiredstate/command", {"command": "CLEANUP"})

    assert _words(told) == "CLEANUP to the agent of lab received"


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"\xff", b'{"payload": 5}'])
def test_malformed_message_is_named_by_its_kind(payload: bytes) -> None:
    assert _words(Received(1, "deviceupdate/desiredstatefeedback", payload, retain=False)).startswith("feedback")
    assert _words(Received(1, "els\newhere", payload, retain=False)) == "message received at els\\newhere"
