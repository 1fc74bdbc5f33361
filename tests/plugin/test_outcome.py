"""The outcome of a run for its operator: an exit code, a sentence, stories, and files."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from harness.judging.verdicts.verdict import Verdict
from tests.runs import Run, run_suites

pytestmark = pytest.mark.process

AHU = "--profile=fixtures/profiles/ahu-1.toml"


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The simulated device as it is."""
    reports = tmp_path_factory.mktemp("healthy")
    return run_suites(reports, "--junitxml", str(reports / "pytest.xml"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One that gives up on a write too early."""
    return run_suites(tmp_path_factory.mktemp("broken"), "--variant", "fails-early")


@pytest.fixture(scope="module")
def never_applied(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One that applies nothing."""
    return run_suites(tmp_path_factory.mktemp("never-applied"), "--variant", "never-applied")


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One that says nothing at all."""
    return run_suites(tmp_path_factory.mktemp("silent"), "--variant", "silent")


def test_conforming_device_exits_with_0_and_a_sentence(healthy: Run) -> None:
    assert healthy.code == 0, healthy.output
    assert "AHU-1 conforms to udmi-1.5" in healthy.output


def test_outcome_is_all_that_is_told_after_the_drive(healthy: Run) -> None:
    told = healthy.output.split(" in virtual time\n")[1].splitlines()

    assert "suites/" not in healthy.output
    assert next(line for line in told if line.startswith("=")).strip("=") == " outcome "
    assert len(told) < 12


@pytest.mark.parametrize("name", ["healthy", "broken", "silent", "never_applied"])
def test_all_that_is_told_fits_one_screen(request: pytest.FixtureRequest, name: str) -> None:
    run: Run = request.getfixturevalue(name)

    assert len(run.output.splitlines()) <= 44  # forty of them, and what was told while it was driven


def test_silent_device_is_told_of_in_ten_lines(silent: Run) -> None:
    assert len(silent.output.partition(" outcome ")[2].splitlines()[1:]) <= 10


def test_last_line_counts_requirements(never_applied: Run) -> None:
    counts = never_applied.judged.counts

    last = never_applied.output.splitlines()[-1]
    assert f" {counts[Verdict.FAIL]} failed, {counts[Verdict.PASS]} passed, " in last
    assert f" {counts[Verdict.COULD_NOT_TEST]} could not test" in last


def test_what_is_undecided_because_of_a_finding_is_told_beneath_it(never_applied: Run) -> None:
    story = never_applied.output.partition("fail  writeback.applied (must")[2].partition("\nfail  ")[0]

    assert re.search(r"\n    \+ \d\d undecided because of this: config\.", story)


def test_operator_who_asks_for_all_of_it_gets_every_judgement_and_requirement(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--variant", "fails-early", "-v")

    assert "test_unsettled_write_is_a_failure_after_a_minute FAIL" in run.output
    assert all(
        re.search(rf"^\S.* {re.escape(one.id)}( |$)", run.output, re.MULTILINE) for one in run.judged.requirements
    )
    assert run.output.index("requirements of udmi-1.5") < run.output.index(" outcome ")


def test_broken_device_exits_with_1_and_a_story(broken: Run) -> None:
    story = re.compile(
        r"fail  writeback\.failure-after-a-minute \(must; the text has \"should\"\)\n"
        r"    damper_position should become failure at 60 s, give or take 5, but after 20\.0 s\.\n"
        r"    Since it was set to 30\.0 it reported:\n"
        r"         1\.0 s  not reported\n"
        r"(?:.*\n)*? +2\.0 s  updating\n +20\.0 s  failure   <- here\n"
    )

    assert broken.code == 1
    assert "AHU-1 does not conform to udmi-1.5: 1 must is broken" in broken.output
    assert story.search(broken.output)


def test_story_ends_with_the_gist_and_its_source(broken: Run) -> None:
    assert "A write that has not settled after 60 s is reported as failure.   Writeback 2021-02" in broken.output


def test_broken_should_is_a_warning_and_the_device_conforms(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--variant", "unknown-point-in-category-failure")

    assert run.code == 0
    assert "1 should is not kept" in run.output
    assert re.search(r"\nwarn  pointset\.\S+ \(should.*\)\n    \S.*\n", run.output)
    assert run.judged.counts[Verdict.WARN] == 1


def test_broken_should_keeps_the_device_from_conforming_where_the_operator_is_strict(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--strict", "--variant", "unknown-point-in-category-failure")

    assert run.code == 1
    assert "AHU-1 does not conform to udmi-1.5: 1 should is broken" in run.output
    assert run.judged.run.strict is True


def test_story_tells_that_an_official_test_asks_for_something_else(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--variant", "read-only-is-failure", "--only", "writeback.read-only-is-invalid")

    assert run.code == 1
    assert "UDMI's own test, writeback_failure, " in run.output
    assert "UDMI's own test, writeback\\_failure, " in (run.folder / "summary.md").read_text(encoding="utf-8")
    assert "UDMI&#39;s own test, writeback_failure, " in (run.folder / "report.html").read_text(encoding="utf-8")


def test_silent_device_exits_with_2(silent: Run) -> None:
    assert silent.code == 2
    assert "is undecided" in silent.output


def test_silent_device_passes_no_judgement(silent: Run) -> None:
    assert set(silent.verdicts.values()) == {"could not test", "out of view"}


def test_reason_that_many_judgements_share_is_printed_once(silent: Run) -> None:
    assert silent.output.count("though asked for it every 2 s; `setpoint doctor`") == 1


def test_silence_is_told_before_any_verdict(silent: Run) -> None:
    _, told, rest = silent.output.partition("though asked for it every 2 s: nothing more is driven\n")

    assert told
    assert rest.strip().startswith("==")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("-n 2", "run without it, judging takes no time"),
        ("--broker=mosquito", "--broker is 'mosquito'; expected 'embedded' or 'mosquitto'"),
        ("--broker=mosquitto", "it goes with --clock=real"),
        (f"--broker=mosquitto --device=mqtt://127.0.0.1:1 {AHU}", "that is a broker already, and none is started"),
        (f"--broker=mosquitto --device=listen://127.0.0.1:1 {AHU}", "leave --broker out"),
        ("--device=mqtt://127.0.0.1:1", "needs --profile FILE"),
        ("--device=mqtt://127.0.0.1:1 --profile=nowhere.toml", "cannot read the profile nowhere.toml"),
        (f"--device=mqtt://127.0.0.1:1 {AHU} --clock=virtual", "lives in real time"),
        (f"--device=mqtt://127.0.0.1:1 {AHU} --user=me", "the password of 'me' is missing"),
        (f"--device=mqtt://127.0.0.1:1 {AHU}", "cannot be reached"),
        (f"--device=mqtt://127.0.0.1:1 {AHU}", "`setpoint doctor` with the same --device and --profile looks for why"),
        (f"--device=listen://0.0.0.0 {AHU}", "--user NAME with its password, or --insecure"),
        (f"--device=listens://127.0.0.1 {AHU}", "`setpoint certs DIR` makes them"),
        (f"--device=sim {AHU}", "--device=sim has its profile in its own file"),
        ("--device=simm", "--device is 'simm'; expected"),
        ("--device=sim:nowhere.toml", "cannot read the device nowhere.toml"),
        ("--device=trace:nowhere", "cannot read the trace nowhere: No such file"),
        ("--clock=fake", "--clock is 'fake'; expected 'virtual' or 'real'"),
        ("--variant=fails-earl", "did you mean 'fails-early'?"),
        ("--only=etag.stale-is-invald", "did you mean 'etag.stale-is-invalid'?"),
    ],
)
def test_impossible_wish_exits_with_3_and_one_message(tmp_path: Path, options: str, message: str) -> None:
    run = run_suites(tmp_path, *options.split())

    told = [line for line in run.output.splitlines() if message in line]
    assert run.code == 3
    assert [line.startswith("setpoint: ") for line in told] == [True], run.output
    assert "Traceback" not in run.output
    assert "Exit" not in run.output


def test_collecting_connects_to_nothing(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--collect-only", "--device=mqtt://127.0.0.1:1", AHU)

    assert run.code == 0
    assert not list(tmp_path.iterdir())


def test_scenario_of_ours_that_falls_over_exits_with_4(tmp_path: Path) -> None:
    suite = tmp_path / "test_ours.py"
    suite.write_text(
        "from harness.protocols.udmi.suite import Cloud, Device, Episode, covers, scenario\n\n\n"
        "@scenario(sample_rate=2)\n"
        "async def falls_over(cloud: Cloud, device: Device) -> None:\n"
        "    raise ZeroDivisionError('ours')\n\n\n"
        "@covers('writeback.applied')\n"
        "def test_it(falls_over: Episode) -> None:\n"
        "    falls_over.write('none')\n"
    )

    run = run_suites(tmp_path / "reports", str(suite), "-k", "test_it")

    assert run.code == 4
    assert "ZeroDivisionError in scenario falls_over: ours" in run.output


def test_run_lands_in_a_folder_of_its_own(healthy: Run) -> None:
    files = {file.name for file in healthy.folder.iterdir()}

    assert files == {"trace.ndjson", "results.json", "junit.xml", "summary.md", "report.html"}
    assert healthy.folder.is_symlink()


def test_pytests_own_junit_carries_the_requirements(healthy: Run) -> None:
    cases = ET.parse(healthy.reports / "pytest.xml").iter("testcase")  # noqa: S314 - pytest wrote it
    carried = {p.get("value") for case in cases for p in case.iter("property") if p.get("name") == "requirement"}

    assert carried == {requirement.id for requirement in healthy.judged.requirements}


def test_junit_has_a_case_per_judgement(broken: Run) -> None:
    suite = ET.parse(broken.folder / "junit.xml").find("testsuite")  # noqa: S314 - we wrote it

    assert suite is not None
    assert suite.get("tests") == str(len(broken.verdicts)) == str(len(list(suite.iter("testcase"))))
    assert [failure.get("type") for failure in suite.iter("failure")] == ["fail"]


def test_summary_tells_the_story(broken: Run) -> None:
    summary = (broken.folder / "summary.md").read_text(encoding="utf-8")

    assert "does not conform" in summary.splitlines()[0]
    assert "    damper_position should become failure at 60 s, give or take 5, but after 20.0 s." in summary


def test_finding_names_the_records_that_decided(broken: Run) -> None:
    finding = next(
        finding
        for requirement in broken.judged.requirements
        if requirement.verdict == "fail"
        for finding in requirement.findings
    )
    lines = (broken.folder / "trace.ndjson").read_text(encoding="utf-8").splitlines()

    assert any('"record": "sent"' in lines[place - 1] for place in finding.places)
    assert any("failure" in lines[place - 1] for place in finding.places)


def test_selection_says_that_it_is_one(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--only", "writeback.applied")

    assert re.search(r"of \d{3} requirements 1 was asked, and it is not broken", run.output)


def test_collecting_drives_nothing(tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", "--collect-only")

    assert run.code == 0
    assert not (tmp_path / "reports").exists()
