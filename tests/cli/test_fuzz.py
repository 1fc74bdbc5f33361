"""`setpoint fuzz`: what it says, and how it ends."""

import pytest

from harness.cli import main
from tests.runs import ROOT


def test_device_that_keeps_everything_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuzz", "--sequences", "20"]) == 0
    assert capsys.readouterr().out == "20 sequences: nothing was broken.\n"


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


def test_without_hypothesis_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.cli.fuzz.find_spec", lambda _name: None)

    assert main(["fuzz"]) == 3
    assert "pip install 'setpoint[fuzz]'" in capsys.readouterr().err
