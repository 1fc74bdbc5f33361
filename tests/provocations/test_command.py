"""Conditions that a command brings about."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from harness.protocols.udmi.words.device_events import Break, Override, provocation_of
from harness.provocations.carrying_out import Ways
from harness.provocations.provocation import CannotProvoke
from harness.provocations.way import ShellCommand


async def nobody(_question: str) -> bool:
    """There is no one to ask."""
    return False


def provoke(*words: str, patience: float = 30.0) -> None:
    """Carry out a command for an override of the valve of AHU-1."""
    ways = Ways("AHU-1", {"override": ShellCommand(words)}, nobody, patience)
    asyncio.run(ways.provoke(provocation_of(Override("valve"))))


def refusal(*words: str, patience: float = 30.0) -> str:
    """Why it did not work."""
    with pytest.raises(CannotProvoke) as refused:
        provoke(*words, patience=patience)
    return str(refused.value)


def python(code: str) -> tuple[str, ...]:
    """A command that runs it."""
    return (sys.executable, "-c", code)


@pytest.mark.small_process
def test_command_is_given_the_device_and_the_point_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "said"

    provoke(*python("import sys; open(sys.argv[1], 'w').write(sys.argv[2])"), str(file), "{id} $HOME; {point} {other}")

    assert file.read_text() == "AHU-1 $HOME; valve {other}"


@pytest.mark.small_process
def test_command_that_fails_is_told_with_its_code_and_its_words() -> None:
    said = refusal(*python("import sys; print('no such', flush=True); print('relay', file=sys.stderr); sys.exit(3)"))

    assert said.startswith("cannot override valve: [provocations.override] failed: ")
    assert said.endswith(" ended with 3: no such relay")


@pytest.mark.small_process
def test_command_that_fails_in_silence_is_told_so() -> None:
    assert refusal(*python("raise SystemExit(1)")).endswith("ended with 1: nothing was said")


@pytest.mark.small_process
@pytest.mark.parametrize(
    ("word", "reason"), [("no-such-command-here", "No such file"), ("/", "denied"), ("a\0b", "null byte")]
)
def test_command_that_cannot_be_run_is_told(word: str, reason: str) -> None:
    assert reason in refusal(word)


@pytest.mark.small_process
def test_command_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    late = tmp_path / "late"
    child = f"import time; time.sleep(1); open({str(late)!r}, 'w')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    began = time.monotonic()

    said = refusal(*python(code), patience=0.5)

    assert said == "cannot override valve: [provocations.override] took more than 0.5 s"
    assert time.monotonic() - began < 5
    time.sleep(1.2)
    assert not late.exists()


@pytest.mark.small_process
def test_words_of_a_command_do_no_harm_to_a_terminal() -> None:
    said = refusal(*python(r"import sys; sys.stdout.buffer.write(b'\x1b[31m\r\xff\x07' + b'x' * 500_000); sys.exit(1)"))

    assert said.isprintable()
    assert len(said) < 500


def test_provocation_that_the_profile_lacks_names_the_line_to_add() -> None:
    with pytest.raises(CannotProvoke, match=r"the profile has no \[provocations\.break\]: add it"):
        asyncio.run(Ways("AHU-1", {}, nobody).provoke(provocation_of(Break("valve"))))
