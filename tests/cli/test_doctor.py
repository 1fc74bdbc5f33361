"""`setpoint doctor` as an operator runs it, and what a test run tells of it."""

import socket
from pathlib import Path

import pytest

import harness.cli.doctor
from harness.cli import main
from harness.doctor.diagnosis import Diagnosis
from harness.doctor.problem import Party, Problem, Severity
from harness.record.kinds import Opened
from harness.record.lines import from_line
from tests.runs import ROOT, run_suites

PROFILE = str(ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml")
TRACE = ROOT / "fixtures" / "udmi" / "traces" / "ahu-1.ndjson"


@pytest.mark.small_process
def test_simulated_device_has_nothing_amiss_and_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--device=sim", "--spec=udmi-1.5"]) == 0

    judged, added, most, *_, empty, amiss = capsys.readouterr().out.splitlines()
    assert judged.startswith("Plan: of 157 requirements of udmi-1.5, 156 will be judged; 1 is not visible with this ")
    assert added == "      This line would add 1:"
    assert most.startswith("         +1  needs listens://")
    assert (empty, amiss) == ("", "Nothing is amiss.")


@pytest.mark.small_process
def test_every_subject_that_is_simulated_is_examined_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--device=sim", "--spec=replica-aws"]) == 0

    out = capsys.readouterr().out.splitlines()
    assert [line for line in out if line.endswith("by replica-aws:")] == [
        "replica-service at replica-service, by replica-aws:",
        "replica-device at replica-device, by replica-aws:",
    ]
    assert len([line for line in out if line.startswith("Plan: of ")]) == 2
    assert out.count("Nothing is amiss.") == 2


@pytest.mark.small_process
def test_subject_with_an_option_of_its_own_is_examined_there(capsys: pytest.CaptureFixture[str]) -> None:
    profile = str(ROOT / "fixtures" / "replica" / "profiles" / "service.toml")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]

    assert main(["doctor", f"--service=mqtt://127.0.0.1:{port}", "--profile", profile]) == 1
    assert f"your network: nobody listens at 127.0.0.1:{port}." in capsys.readouterr().out


@pytest.mark.small_process
@pytest.mark.parametrize(("weight", "code"), [(Severity.MINOR, 0), (Severity.GRAVE, 1), (Severity.BLOCKING, 1)])
def test_doctor_ends_with_1_for_what_spoils_a_verdict_alone(
    weight: Severity, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = Problem(Party.DEVICE, weight, "it is odd.", "Mend it.")
    monkeypatch.setattr(harness.cli.doctor, "diagnose", lambda _case: Diagnosis([problem], []))

    assert main(["doctor", "--device=sim", "--spec=udmi-1.5"]) == code
    assert "your device: it is odd." in capsys.readouterr().out


@pytest.mark.small_process
def test_broker_that_is_not_there_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]

    assert main(["doctor", f"--device=mqtt://127.0.0.1:{port}", "--profile", PROFILE]) == 1
    out = capsys.readouterr().out
    assert f"your network: nobody listens at 127.0.0.1:{port}." in out
    assert out.startswith("Plan: of 157 requirements of udmi-1.5, "), "it needs no device"


@pytest.mark.small_process
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--device=mqtt://127.0.0.1"], "needs --profile FILE"),
        ([f"--device=trace:{TRACE}"], "a recording cannot be examined"),
        (["--device=smi"], "expected trace:PATH or one of"),
        (["--device=mqtts://127.0.0.1", "--profile", PROFILE, "--ca", "nowhere.pem"], "nowhere.pem cannot be read"),
        ([], "--device or --service is missing"),
    ],
)
def test_what_cannot_be_examined_exits_with_3(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(["doctor", *arguments])
    except SystemExit as refused:
        code = refused.code

    assert (code, complaint in capsys.readouterr().err) == (3, True)


@pytest.mark.process
def test_run_tells_what_first_contact_shows_and_judges_the_same(tmp_path: Path) -> None:
    lines = TRACE.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if isinstance(from_line(line), Opened))
    late = [line.replace('\\"timestamp\\":\\"2026', '\\"timestamp\\":\\"2027') for line in lines[:first]]
    trace = tmp_path / "late.ndjson"
    trace.write_text("\n".join([*late, *lines[first:]]) + "\n", encoding="utf-8")

    one = "--only=config.is-answered-in-5-s"
    run = run_suites(tmp_path / "a", one, f"--device=trace:{trace}")
    before = run_suites(tmp_path / "b", one, f"--device=trace:{TRACE}")

    assert (run.code, run.verdicts) == (before.code, before.verdicts)
    assert before.judged.doctor == ()
    assert "Doctor:\n  your device: its clock is 365 days ahead of ours" in run.output
    assert [trouble.weight for trouble in run.judged.doctor] == ["grave"]
    for page in ("summary.md", "report.html"):
        assert "365 days ahead of ours" in (run.folder / page).read_text(encoding="utf-8")


@pytest.mark.small_process
def test_deadlines_that_an_agent_lacks_are_told_with_what_they_would_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (ROOT / "fixtures" / "update" / "devices" / "agent.toml").read_text(encoding="utf-8")
    for name in ("whole.toml", "lacking.toml"):
        (tmp_path / name).write_text(whole.replace("rollback = 20\n", "") if name == "lacking.toml" else whole)

    assert main(["doctor", f"--device=update-agent:{tmp_path / 'whole.toml'}"]) == 0
    assert "would help to decide" not in capsys.readouterr().out
    assert main(["doctor", f"--device=update-agent:{tmp_path / 'lacking.toml'}"]) == 1
    out = capsys.readouterr().out
    assert "The profile gives no deadline for rollback" in out
    assert "rollback = 60 would help to decide 3 requirements." in out
