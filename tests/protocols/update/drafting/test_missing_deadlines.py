"""A person is asked for each deadline that is missing; a script is told which are."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

from harness.protocols.update.drafting.missing_deadlines import with_missing
from harness.protocols.update.profile import Deadline

GIVEN = {Deadline.DOWNLOAD: 90.0}


def _answering(answers: Mapping[str, list[str]], asked: list[str]) -> Callable[[str], str]:
    left = {name: [*words] for name, words in answers.items()}

    def ask(question: str) -> str:
        name = question.split(":", maxsplit=1)[0].strip()
        asked.append(name)
        if name not in left:
            raise EOFError
        return left[name].pop(0)

    return ask


def test_person_is_asked_for_each_that_is_missing_in_the_order_of_the_profile() -> None:
    asked: list[str] = []
    told: list[str] = []
    answers = {name.value: [f"{place}.5\n"] for place, name in enumerate(Deadline)}

    deadlines = with_missing(GIVEN, told.append, _answering(answers, asked), is_terminal=True)

    assert asked == ["identify", "update", "activate", "cleanup", "rollback", "current_state"]
    assert [*deadlines] == [*Deadline]
    assert (deadlines[Deadline.DOWNLOAD], deadlines[Deadline.ACTIVATE]) == (90.0, 3.5)
    assert len(told) == 1


def test_answer_that_is_none_is_asked_for_again() -> None:
    asked: list[str] = []
    told: list[str] = []
    answers = {"identify": ["soon", "0", "-1", "nan", "1e9", "5"]}

    deadlines = with_missing({}, told.append, _answering(answers, asked), is_terminal=True)

    assert deadlines == {Deadline.IDENTIFY: 5.0}
    assert asked.count("identify") == 6
    assert sum("expected seconds" in line for line in told) == 5


def test_what_is_left_out_or_has_no_answer_is_told_of() -> None:
    told: list[str] = []
    answers = {"identify": ["\n"], "update": ["20\n"]}

    deadlines = with_missing(GIVEN, told.append, _answering(answers, []), is_terminal=True)

    assert deadlines == {Deadline.DOWNLOAD: 90.0, Deadline.UPDATE: 20.0}
    assert told[-1].startswith("no deadline for identify, activate, cleanup, rollback, current_state: ")


def test_script_is_told_what_is_missing_and_how_to_give_it() -> None:
    told: list[str] = []

    assert with_missing(GIVEN, told.append, is_terminal=False) == GIVEN

    assert told == [
        (
            "no deadline for identify, update, activate, cleanup, rollback, current_state: what must come in that time "
            "cannot be tested. --deadline identify=60 gives one, and so does its line in [deadlines]"
        )
    ]


def test_nothing_is_asked_or_told_where_all_are_given() -> None:
    told: list[str] = []
    every = dict.fromkeys(Deadline, 5.0)

    assert with_missing(every, told.append, is_terminal=True) == every

    assert told == []


@pytest.mark.process
def test_question_at_a_terminal_leaves_standard_output_to_the_draft() -> None:
    ours, terminal = pty.openpty()
    code = (
        "from harness.protocols.update.drafting.missing_deadlines import with_missing;"
        "print({name.value: one for name, one in with_missing({}, lambda line: None).items()})"
    )

    os.write(ours, b"5\n20\n\n\n\n\n7\n")
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], stdin=terminal, capture_output=True, text=True, check=True, timeout=60
    )

    assert ran.stdout == "{'identify': 5.0, 'download': 20.0, 'current_state': 7.0}\n"
    assert "rollback: a rollback ends within " in ran.stderr
