"""`setpoint sim` as an operator runs it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from harness.cli import main
from harness.protocols.udmi.words.spec import Spec
from tests.runs import ROOT, setpoint

_COMMAND = [sys.executable, "-c", "import sys; from harness.cli import main; sys.exit(main())", "sim"]


@pytest.fixture
def nowhere() -> str:
    """A broker's URL where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"mqtt://127.0.0.1:{found.getsockname()[1]}"


@pytest.mark.process
def test_sim_shows_its_device_until_it_is_told_to_end(nowhere: str) -> None:
    command = [*_COMMAND, "--broker", nowhere, "--wait", "--control", "127.0.0.1:0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdout
        url = process.stdout.readline().removeprefix("control: ").strip()
        with urllib.request.urlopen(f"{url}devices/AHU-1", timeout=30) as answer:  # noqa: S310 - ours
            shown = json.load(answer)
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        process.wait(timeout=30)

    assert (shown["id"], shown["link"], process.returncode) == ("AHU-1", "down", 0)
    assert re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z  AHU-1       link down  ", rest)


@pytest.mark.process
def test_sim_without_a_broker_is_told_in_one_line(nowhere: str) -> None:
    run = setpoint("sim", "--broker", nowhere, "--seconds", "5")

    assert run.code == 3
    assert re.fullmatch(rf"setpoint: {nowhere}: .*refused.*\n", run.output)


@pytest.mark.process
def test_file_of_a_ca_that_is_missing_is_told_at_once_though_a_broker_is_waited_for() -> None:
    run = setpoint("sim", "--broker=mqtts://127.0.0.1", "--wait", "--ca=nowhere.pem", "--seconds=60")

    assert (run.code, run.output) == (3, "setpoint: nowhere.pem cannot be read: No such file or directory\n")


@pytest.mark.process
def test_sim_ends_by_itself(nowhere: str) -> None:
    run = setpoint("sim", "--broker", nowhere, "--wait", "--seconds", "0.2", "--quiet", "--count", "2")

    assert (run.code, run.output) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--deviation", "fails-erly"], "did you mean 'fails-early'?"),
        (["--quirk", "fails-early"], "write --deviation fails-early"),
        (["--broker", "mqtt://me:sesame@broker"], "must not hold a login"),
        (["--broker", "tcp://broker"], "expected mqtt://HOST[:PORT]"),
        (["--ca", "ca.pem"], "write mqtts://"),
        (["--broker", "mqtts://127.0.0.1", "--ca", "nowhere.pem"], "nowhere.pem"),
        (["--key", "key.pem"], "--key has no use without --certificate"),
        (["--password-file", "p"], "--password-file has no use without --user"),
        (["--user", "me", "--password-file", "nowhere"], "cannot read nowhere"),
        (["--user", "me"], "the password of 'me' is missing"),
        (["--control", "8700"], "expected HOST:PORT"),
        (["--control", "0.0.0.0:0"], "give it a token"),
        (["--control-token-file", "t"], "has no use without --control"),
        (["--count", "0"], "'0' is no number of devices; expected 1 to 1000"),
        (["--seconds", "nan"], "nan is not more than 0"),
        (["--client-id", "acme", "--count", "2"], "with --count write {id} in it"),
        (["--topics", "/r/ZZ-SITE/d/AHU-1"], "with {id} for the device"),
        (["--topics", "/r/ZZ-SITE/d/{id}/"], "no / at its end"),
        (["--topics", "/r/+/d/{id}"], "without + and #"),
        (["--topics", "/r/{registry}/d/{id}"], "write the registry itself"),
        (["--expiry", "sometimes"], "'sometimes' is not required or optional"),
        (["--expiry", "optional", "--spec", "pointset-2021"], "no config says when its writes end"),
        (["nowhere.toml"], "cannot read the device nowhere.toml"),
    ],
)
def test_sim_says_what_is_wrong_with_the_wish(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("SETPOINT_PASSWORD", "SETPOINT_CONTROL_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    try:
        code: object = main(["sim", *arguments])
    except SystemExit as refused:
        code = refused.code
    said = capsys.readouterr().err

    assert (code, complaint in said, "sesame" in said) == (3, True, False), said


def test_blank_token_is_refused_where_it_would_be_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SETPOINT_CONTROL_TOKEN", "  ")

    code = main(["sim", "--control", "0.0.0.0:0"])

    assert (code, "token is blank" in capsys.readouterr().err) == (3, True)


@pytest.mark.process
def test_sim_whose_reader_goes_away_ends_quietly(nowhere: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*_COMMAND, "--broker", nowhere, "--wait", "--seconds", "20"]
    try:
        done = subprocess.run(  # noqa: S603 - ours
            command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (0, "")


def test_sim_offers_the_specs_of_its_own_protocol(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sim", "--help"])

    (offered,) = re.findall(r"--spec SPEC\s+(.*?); default: (\S+)", capsys.readouterr().out, flags=re.DOTALL)
    assert ([word.strip(",") for word in offered[0].split()], offered[1]) == ([*Spec], Spec.UDMI_1_5)


def test_sim_lists_devices_and_how_the_one_named_can_be_odd(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sim", "--list"]) == 0
    udmi = capsys.readouterr().out
    assert main(["sim", "update/agent", "--list"]) == 0
    agent = capsys.readouterr().out

    devices, deviations, quirks = udmi.split("\n\n")
    assert [line.split()[0] for line in devices.splitlines()[1:-1]] == [
        "AHU-1,",
        "replica/lamp",
        "update/agent",
        "update/gateway",
    ]
    assert re.search(r"^  ignores-etag +etag\.stale-is-invalid$", deviations, flags=re.MULTILINE)
    assert "\n  says-states-twice\n" in quirks
    assert agent.startswith("--deviation ID, and the clause that each breaks:\n")
    assert "ignores-etag" not in agent
    assert main(["sim", "update/nobody", "--list"]) == 3
