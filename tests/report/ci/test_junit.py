"""`junit.xml`, as CI servers read it."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from harness.judging.history import History
from harness.protocols.udmi.reader import DeviceReader
from harness.report.ci.junit import write_junit
from harness.report.making import results_of
from harness.report.page.scenes import Scenes
from harness.report.results import TRACE, SubjectResults
from tests.protocols.udmi.judging.history_builder import history
from tests.report.made_results import finding, requirement, run_facts, subject_results


def _written(folder: Path, results: SubjectResults, *histories: History) -> ET.Element:
    folder.mkdir(exist_ok=True)
    scenes = {TRACE: Scenes(DeviceReader(), histories)} if histories else {}
    write_junit(results_of([results]), folder / "junit.xml", scenes)
    return ET.parse(folder / "junit.xml").getroot()  # noqa: S314 - our own file


def _only(element: ET.Element, path: str) -> ET.Element:
    (found,) = element.iterfind(path)
    return found


def test_broken_should_is_seen_and_fails_nothing(tmp_path: Path) -> None:
    root = _written(tmp_path, subject_results(requirement("a.one", "warn", finding("warn", "It did not.\nSince"))))

    skipped = _only(root, "testsuite/testcase/skipped")
    assert (skipped.get("type"), skipped.get("message")) == ("warn", "a should is not kept: It did not.")
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("1", "0", "1")


def test_broken_should_is_a_failure_where_every_should_counts(tmp_path: Path) -> None:
    strict = run_facts(strict=True)

    root = _written(tmp_path, subject_results(requirement("a.one", "warn", finding("warn", "No.")), run=strict))

    assert _only(root, "testsuite/testcase/failure").get("type") == "warn"
    assert root.get("failures") == "1"


def test_date_is_that_of_the_run_s_folder(tmp_path: Path) -> None:
    root = _written(tmp_path / "2026-12-01T10-49-28Z-sim", subject_results())

    assert _only(root, "testsuite").get("timestamp") == "2026-12-01T10:49:28"


@pytest.mark.parametrize("name", ["elsewhere", "2026-12-01-sim"])
def test_date_is_that_of_the_records_where_the_folder_has_none(tmp_path: Path, name: str) -> None:
    root = _written(tmp_path / name, subject_results())

    assert _only(root, "testsuite").get("timestamp") == "2026-01-01T00:00:00"


def test_time_of_a_scenario_is_shared_by_the_judgements_on_it(tmp_path: Path) -> None:
    driven = history().state(at=0).sent("write", at=2, damper=30.0).closed(at=80).history
    on_it = [finding("pass", scenarios=(driven.scenario,)) for _ in range(4)]

    root = _written(tmp_path, subject_results(requirement("a.one", "pass", *on_it, finding("pass"))), driven)

    lasted = driven.closed.time - driven.records[0].time
    times = [float(case.get("time", "")) for case in root.iter("testcase")]
    assert times == [round(lasted / 4, 3)] * 4 + [0.0]
    assert lasted > 70


def test_time_of_the_suite_is_that_of_the_run(tmp_path: Path) -> None:
    root = _written(tmp_path, subject_results())

    assert root.get("time") == _only(root, "testsuite").get("time") == "1.000"
