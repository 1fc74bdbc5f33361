"""A doctor without questions of its own: it meets the thing under test as a run does."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from harness.doctor.diagnosis import at_first_contact, diagnose
from harness.doctor.examination import Examination
from harness.doctor.problem import Severity
from harness.protocol import protocols
from harness.record.kinds import Began, Opened, Received, Record
from harness.record.lines import FORMAT
from tests.packages import beside_setpoint, install_example

SPEC, ANSWERS = "echo-1", "echo/ECHO-1/answer"


@pytest.fixture(autouse=True)
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Its doctor is the one that is asked here."""
    install_example(tmp_path, "echo_protocol")
    with beside_setpoint(tmp_path, monkeypatch):
        protocols.cache_clear()
        yield
    protocols.cache_clear()


def _examined(variant: str | None = None) -> Any:  # noqa: ANN401 - the case of a package that is installed here alone
    target = import_module("echo_protocol.simulator").EchoTarget()
    told = target.varied(variant) if variant else target
    return Examination(told, lambda _line: None, SPEC).make()


def _first_contact(*heard: Record) -> list[Record]:
    profile = {"id": "ECHO-1", "network_allowance": 0.0}
    return [Began(0.0, FORMAT, "Setpoint", SPEC, "virtual", "echo", profile), *heard, Opened(20.0, "one_call")]


def test_device_that_answers_is_sound() -> None:
    diagnosis = diagnose(_examined())

    assert not diagnosis.problems
    assert "it answers" in diagnosis.sound


def test_device_that_says_nothing_blocks_and_is_told_where_it_was_spoken_to() -> None:
    case = _examined("says-nothing")

    (problem,) = diagnose(case).problems
    assert problem.weight is Severity.BLOCKING
    assert problem.what == "ECHO-1 was spoken to at echo/ECHO-1/call, and said nothing."
    assert ANSWERS in problem.mend
    assert case.beside.silent_for == 10


@pytest.mark.parametrize(
    ("heard", "problems"),
    [
        ((), 1),
        ((Received(1.0, "echo/ECHO-2/answer", b"x", retain=False),), 1),
        ((Received(1.0, ANSWERS, b"x", retain=False),), 0),
    ],
)
def test_record_of_a_run_shows_whether_first_contact_was_heard(heard: tuple[Record, ...], problems: int) -> None:
    assert len(at_first_contact(_first_contact(*heard))) == problems
