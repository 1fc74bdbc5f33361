"""`setpoint fuzz`: what it says, and how it ends."""

import re

import pytest

from harness.cli import main
from tests.runs import ROOT


def test_device_that_keeps_everything_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuzz", "--sequences", "20"]) == 0
    told = capsys.readouterr().out
    assert re.fullmatch(r"20 sequences, held against \d\d requirements: nothing was broken\.\n", told)


def test_device_that_breaks_something_gets_the_clause_and_a_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuzz", "--sequences", "50", "--variant", "long-etag"]) == 1

    told = capsys.readouterr().out
    assert told.startswith("etag.is-a-short-string is broken:\n")
    assert "async def fuzzed(cloud: Cloud, device: Device) -> None:" in told


def test_device_file_can_be_given() -> None:
    assert main(["fuzz", "--sequences", "5", "--device", f"sim:{ROOT / 'fixtures/devices/ahu-1.toml'}"]) == 0


def test_peer_of_another_protocol_is_fuzzed_in_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    device = ["--device", "update-agent", "--variant", "executes-out-of-turn"]

    assert main(["fuzz", "--sequences", "50", *device]) == 1

    told = capsys.readouterr().out
    assert told.startswith("agent-command.out-of-turn is broken:\n")
    assert "async def fuzzed(manager: Manager, agent: ProvokedDevice) -> None:" in told


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--device", f"trace:{ROOT / 'fixtures/udmi/traces/ahu-1.ndjson'}"], "a recording cannot be fuzzed"),
        (["--variant", "long-etagg"], "did you mean 'long-etag'?"),
    ],
)
def test_what_cannot_be_fuzzed_is_refused(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fuzz", *arguments]) == 3
    assert problem in capsys.readouterr().err


def test_it_says_which_sequence_found_it_and_how_many_made_it_short(capsys: pytest.CaptureFixture[str]) -> None:
    main(["fuzz", "--sequences", "50", "--seed", "3", "--variant", "long-etag"])

    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"Found by sequence \d+ of seed 3, and made that short in \d+ more\.", last)


def test_clause_that_sequences_are_not_held_against_is_told_with_what_is(capsys: pytest.CaptureFixture[str]) -> None:
    """A variant that breaks a clause, and of which nothing is found, is not taken for one that conforms."""
    assert main(["fuzz", "--sequences", "2", "--variant", "fails-early"]) == 0

    told = capsys.readouterr().out
    assert "fails-early breaks writeback.failure-after-a-minute, which sequences are not held against" in told
    assert "setpoint validity --variant fails-early" in told


def test_clause_that_was_not_brought_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    device = ["--device", "update-device", "--variant", "device-identifies-versions-that-nobody-knows"]

    assert main(["fuzz", "--sequences", "1", *device]) == 0

    told = capsys.readouterr().out
    assert "breaks device-identification.unknown-version: other sequences may bring that out" in told


def test_spec_decides_what_is_spoken(capsys: pytest.CaptureFixture[str]) -> None:
    device = ["--device", "update-agent", "--variant", "does-not-answer-while-busy", "--sequences", "9"]

    assert main(["fuzz", *device, "--spec", "desired-state-kanto"]) == 1
    assert capsys.readouterr().out.startswith("agent-inventory.answers-in-the-middle is broken:\n")


def test_spec_of_udmi_that_sequences_know_nothing_of_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuzz", "--spec", "writeback-2021"]) == 3
    assert "--spec=writeback-2021 cannot be fuzzed" in capsys.readouterr().err
