"""`setpoint plan` as an operator types it: what is asked of the suites, and how it ends."""

import json
import re
import subprocess
from pathlib import Path

import pytest

import harness.cli.plan
from harness.cli import main
from harness.cli.plan import plan_of
from harness.judging.verdicts.finding import Outcome
from harness.target.asked_subjects import asked_subjects
from tests.runs import ROOT

PROFILE = str(ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml")


@pytest.mark.small_process
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--profile", "nowhere.toml"], "setpoint: cannot read the profile nowhere.toml: No such file or directory"),
        (["--device=listen://0.0.0.0"], "needs --profile FILE"),
        (["--only", "etag.is-reportd"], "did you mean 'etag.is-reported'?"),
    ],
)
def test_what_cannot_be_planned_exits_with_3(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", *arguments]) == Outcome.UNUSABLE
    assert complaint in capsys.readouterr().err


@pytest.mark.small_process
def test_profile_alone_is_planned_for_as_behind_a_broker_of_somebody_elses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--profile", PROFILE, "--only", "connection.reconnects"]) == Outcome.UNDECIDED

    first, *_, line, _, _ = capsys.readouterr().out.splitlines()
    assert first == "AHU-1 at mqtt://broker:1883: of 1 requirement, of 157 that udmi-1.5 has, 0 will be judged."
    assert line.startswith("   +1 of 1    needs listen://")


@pytest.mark.small_process
def test_broker_of_ours_is_planned_for_with_the_logins_and_certificates_of_a_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SETPOINT_PASSWORD", "secret")
    asked = ["plan", "--profile", PROFILE, "--device=listen://0.0.0.0", "--only=connection.reconnects", "--user=ahu"]

    assert main(asked) == Outcome.CONFORMS
    assert "1 will be judged" in capsys.readouterr().out
    monkeypatch.delenv("SETPOINT_PASSWORD")
    assert main(asked) == Outcome.UNUSABLE
    assert "the password of 'ahu' is missing" in capsys.readouterr().err


@pytest.mark.small_process
def test_lines_of_a_nameplate_that_were_guessed_are_told_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guessed = tmp_path / "guessed.toml"
    text = 'guessed = ["make", "model", "serial_no", "software"]\n' + Path(PROFILE).read_text(encoding="utf-8")
    guessed.write_text(text, encoding="utf-8")

    main(["plan", "--profile", str(guessed), "--only=identity"])

    told = [line for line in capsys.readouterr().out.splitlines() if "draft's guess" in line]
    assert len(told) == 1, told
    assert "  +3 of 3    what the profile says of make, model, serial_no, software is a draft's guess" in told[0]


@pytest.mark.small_process
def test_line_adds_as_many_as_a_plan_with_it_has_more(tmp_path: Path) -> None:
    head, *points = re.split(r"(?m)^(?=\[)", Path(PROFILE).read_text(encoding="utf-8"))
    without = tmp_path / "without.toml"
    without.write_text(head + "".join(point for point in points if 'kind = "slow"' not in point), encoding="utf-8")

    (asked,) = asked_subjects("mqtt://broker", ["udmi-1.5"])
    less, more = (plan_of(asked, profile) for profile in (without, Path(PROFILE)))

    (slow,) = [line for line in less.lines if line.words.startswith("no point is slow: ")]
    assert set(more.judged) == {*less.judged, *slow.adds}
    assert len(slow.adds) == 5


@pytest.mark.small_process
def test_every_subject_that_is_simulated_is_planned_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--json"]) == Outcome.CONFORMS

    plans = json.loads(capsys.readouterr().out)
    assert [plan["spec"] for plan in plans] == [one.spec for one in asked_subjects(None, ())]
    assert len(plans) > 2
    assert all(plan["verdicts"] for plan in plans)


@pytest.mark.small_process
def test_every_protocol_that_a_profile_declares_is_planned_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lamp = (ROOT / "fixtures" / "replica" / "profiles" / "lamp.toml").read_text(encoding="utf-8")
    both = tmp_path / "both.toml"
    both.write_text(f"{Path(PROFILE).read_text(encoding='utf-8')}\n[replica]\n{lamp.replace('[p', '[replica.p')}")

    assert main(["plan", "--profile", str(both)]) == Outcome.CONFORMS

    told = [line for line in capsys.readouterr().out.splitlines() if " will be judged." in line]
    assert [line.partition(": of ")[0] for line in told] == [
        "AHU-1 at mqtt://broker:1883",
        "LAMP-1 at mqtt://broker:1883",
    ]


@pytest.mark.small_process
@pytest.mark.parametrize(
    ("only", "targets"),
    [(["etag.is-reported"], ["sim"]), (["token.is-repeated", "etag.is-reported"], ["sim", "replica-service"])],
)
def test_requirements_are_planned_for_with_their_own_subject(
    only: list[str], targets: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", *(f"--only={name}" for name in only)]) == Outcome.CONFORMS

    told = [line for line in capsys.readouterr().out.splitlines() if " will be judged." in line]
    assert [line.partition(": of 1 requirement, ")[0].partition(" at ")[2] for line in told] == targets


def test_failure_of_ours_exits_with_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], Outcome.HARNESS_ERROR, "", "Setpoint itself failed: a file of ours")

    monkeypatch.setattr(harness.cli.plan, "pytest_on_suites", fails)

    assert main(["plan"]) == Outcome.HARNESS_ERROR
    assert capsys.readouterr().err == "setpoint: Setpoint itself failed: a file of ours\n"


@pytest.mark.small_process
def test_service_is_planned_for_by_its_profile_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "service.toml"
    profile.write_text("size = 4096\n", encoding="utf-8")

    assert main(["plan", "--profile", str(profile)]) == Outcome.CONFORMS

    out = capsys.readouterr().out
    assert re.match("the replica service at mqtt://broker:1883: of .* of replica-seed, ", out)
    assert "the profile tells of no REST: add the line http" in out
    assert "+1 of 1    the profile has no [provocations.restart]: add it" in out


@pytest.mark.small_process
def test_service_is_planned_for_with_the_address_of_its_rest(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--service=mqtt://broker", "--service-http=http://host:8080", "--only", "answer.rest-is-the-same")
    profile = str(ROOT / "fixtures" / "replica" / "profiles" / "service.toml")

    assert main(["plan", *asked, "--profile", profile]) == Outcome.CONFORMS
    assert "1 will be judged" in capsys.readouterr().out


@pytest.mark.small_process
def test_pair_is_promised_no_verdict_that_takes_a_counterpart_which_is_played(
    capsys: pytest.CaptureFixture[str],
) -> None:
    profile = str(ROOT / "fixtures" / "replica" / "profiles" / "lamp.toml")
    asked = ("--json", "--profile", profile, "--service=mqtt://broker")

    def promised(device: str) -> dict[str, str]:
        main(["plan", *asked, f"--device={device}"])
        plans = json.loads(capsys.readouterr().out)
        return {name: verdict for plan in plans for name, verdict in plan["verdicts"].items()}

    pair, apart = promised("mqtt://broker"), promised("mqtt://elsewhere")
    ours_alone = {"silence.goes-on", "change.malformed", "refusal.of-what-is-no-json", "recording.devices-are-apart"}

    assert {pair[name] for name in ours_alone} == {"could not test"}
    assert {apart[name] for name in ours_alone} == {"pass"}
    assert {pair[name] for name in ("change.is-reported", "answer.report-is-accepted")} == {"pass"}
