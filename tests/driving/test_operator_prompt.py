"""Questions to a person, answered through a pipe."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.driving.operator_prompt import ask
from harness.protocols.udmi.words.device_events import Override, provocation_of
from harness.provocations.carrying_out import Ways
from harness.provocations.provocation import CannotProvoke, NobodyAnswered
from harness.provocations.way import Question, way


@contextmanager
def answering(words: bytes) -> Iterator[int]:
    """The answers that a script put into the pipe before it went away."""
    reading, writing = os.pipe()
    try:
        os.write(writing, words)
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def asked(words: bytes, times: int = 1) -> list[bool]:
    """The reading of the answers."""

    async def main(source: int) -> list[bool]:
        return [await ask("Switch it", lambda _: None, source) for _ in range(times)]

    with answering(words) as source:
        return asyncio.run(main(source))


@pytest.mark.parametrize("words", [b"\n", b"y\n", b"YES \n", b"done\r\n", b"y"])
def test_enter_and_yes_mean_that_it_was_done(words: bytes) -> None:
    assert asked(words) == [True]


@pytest.mark.parametrize("words", [b"n\n", b"later\n", b"\xff\n", b"n"])
def test_anything_else_means_that_it_was_not(words: bytes) -> None:
    assert asked(words) == [False]


def test_end_of_the_input_means_that_nobody_is_there() -> None:
    with pytest.raises(NobodyAnswered, match="nobody answered: standard input has come to its end"):
        asked(b"")


def test_input_that_is_closed_means_that_nobody_is_there() -> None:
    with answering(b"") as source:
        pass

    with pytest.raises(NobodyAnswered, match="nobody answered: there is no standard input"):
        asyncio.run(ask("Switch it", lambda _: None, source))


def test_every_question_has_its_own_line() -> None:
    assert asked(b"\nn\nyes", times=3) == [True, False, True]


def test_question_is_shown_with_what_may_be_answered() -> None:
    shown: list[str] = []

    with answering(b"\n") as source:
        asyncio.run(ask("Switch it", shown.append, source))

    assert shown == ["Switch it\n  Enter when it is done, n if it cannot be done: "]


def test_answers_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("y\n")

    with (tmp_path / "answers").open("rb") as file:
        assert asyncio.run(ask("Switch it", lambda _: None, file.fileno())) is True


def test_time_goes_on_while_nobody_answers() -> None:
    reading, writing = os.pipe()

    async def main() -> str:
        question = asyncio.create_task(ask("Switch it", lambda _: None, reading))
        await asyncio.sleep(0.05)
        assert not question.done()
        os.write(writing, b"y")
        await asyncio.sleep(0.05)
        assert not question.done()
        os.write(writing, b"\n")
        return str(await question)

    try:
        assert asyncio.run(main()) == "True"
    finally:
        os.close(reading)
        os.close(writing)


def test_what_a_person_cannot_do_is_no_provocation() -> None:
    questions: list[str] = []

    async def cannot(question: str) -> bool:
        questions.append(question)
        return False

    ways = Ways("AHU-1", {"override": Question("Switch {point} of {id} to hand {or not}")}, cannot)
    with pytest.raises(CannotProvoke, match="the answer was that it cannot be done"):
        asyncio.run(ways.provoke(provocation_of(Override("valve"))))

    assert questions == ["Switch valve of AHU-1 to hand {or not}"]


def test_question_that_nobody_answers_is_told_as_that() -> None:
    async def nobody(_question: str) -> bool:
        raise NobodyAnswered

    ways = Ways("AHU-1", {"override": Question("Switch it")}, nobody)
    with pytest.raises(CannotProvoke, match=r"cannot override valve: .*asks a person, but nobody answered") as lack:
        asyncio.run(ways.provoke(provocation_of(Override("valve"))))

    assert "cannot be done" not in str(lack.value)


def test_person_may_take_longer_than_a_command() -> None:
    async def slowly(_question: str) -> bool:
        await asyncio.sleep(0.1)
        return True

    asyncio.run(
        Ways("AHU-1", {"override": Question("Switch it")}, slowly, patience=0.01).provoke(
            provocation_of(Override("valve"))
        )
    )


def test_person_who_does_not_answer_is_not_waited_for_for_ever() -> None:
    async def never(_question: str) -> bool:
        await asyncio.Event().wait()
        return True

    ways = Ways("AHU-1", {"override": Question("Switch it", within=0.01)}, never)
    with pytest.raises(CannotProvoke, match=r"\[provocations\.override\] was not answered within 0\.01 s"):
        asyncio.run(ways.provoke(provocation_of(Override("valve"))))


def test_profile_says_how_long_a_person_has() -> None:
    assert [way({"ask": "Switch it"}), way({"ask": "Switch it", "within": 900})] == [
        Question("Switch it", 300),
        Question("Switch it", 900),
    ]
