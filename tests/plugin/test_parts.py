"""On a bench that has no hands, what can be decided without them is decided, and what was left out is told."""

from xml.etree import ElementTree as ET

import pytest

from harness.report.terminal.all_requirements import requirement_line
from tests.runs import Run, run_suites

pytestmark = pytest.mark.process

NO_HANDS = "cannot break pump_mode: this bench has no hands"
IN_PART = ("writeback.device-error-is-failure", "writeback.telemetry-follows", "mode.restart-is-told")


@pytest.fixture(scope="module")
def handless(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The healthy device, of which nothing can be provoked."""
    return run_suites(tmp_path_factory.mktemp("handless"), "-p", "tests.handless")


@pytest.mark.parametrize("name", IN_PART)
def test_requirement_is_decided_by_the_parts_that_needed_no_hands(handless: Run, name: str) -> None:
    (requirement,) = [one for one in handless.judged.requirements if one.id == name]

    assert requirement.verdict == "pass"
    assert requirement.parts is not None
    assert 0 < requirement.parts.kept < requirement.parts.of
    assert all("this bench has no hands" in part.why for part in requirement.parts.left_out)


@pytest.mark.parametrize("name", ["writeback.points-are-independent", "writeback.misspelt-is-ignored"])
def test_requirement_that_needs_no_hands_is_kept_as_a_whole(handless: Run, name: str) -> None:
    (requirement,) = [one for one in handless.judged.requirements if one.id == name]

    assert (requirement.verdict, requirement.parts) == ("pass", None)


def test_requirement_of_which_no_part_passed_stays_undecided(handless: Run) -> None:
    (requirement,) = [one for one in handless.judged.requirements if one.id == "writeback.never-gives-up"]

    assert (requirement.verdict, requirement.parts) == ("could not test", None)
    assert handless.code == 2


def test_parts_that_were_left_out_are_told_by_cause(handless: Run) -> None:
    kept = sum(one.parts is not None for one in handless.judged.requirements)

    assert f"; {kept} are kept in part, as the rest could not be brought about" in handless.judged.sentence
    assert "Could not be tested in part, and decided by the rest:" in handless.output
    assert handless.output.count(NO_HANDS) == 1
    assert "kept in 1 of 2 parts" in "".join(map(requirement_line, handless.judged.requirements))


def test_pages_tell_what_was_left_out(handless: Run) -> None:
    assert NO_HANDS in (handless.folder / "report.html").read_text(encoding="utf-8")
    assert "kept in 1 of 2 parts" in (handless.folder / "summary.md").read_text(encoding="utf-8")


def test_part_that_was_left_out_is_no_error_to_a_server(handless: Run) -> None:
    cases = ET.parse(handless.folder / "junit.xml").iter("testcase")  # noqa: S314 - our own file
    tags = {case.get("name"): {child.tag for child in case} for case in cases}

    assert "skipped" in tags["test_point_that_breaks_during_a_write_is_a_failure"]
    assert "error" in tags["test_overridden_write_is_applied_once_the_point_is_let_go"]


def test_device_that_does_not_subscribe_again_is_told_so_though_nobody_can_restart_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    run = run_suites(tmp_path_factory.mktemp("deaf"), "-p", "tests.handless", "--variant", "subscribes-once")

    verdicts = {one.id: one.verdict for one in run.judged.requirements}
    assert verdicts["connection.subscribes-at-qos-1"] == "fail"
    assert verdicts["connection.takes-up-what-changed"] == "warn"
    assert run.code == 1
