"""`setpoint explain` on areas, subjects and simulated devices."""

import pytest

from harness.judging.requirements.requirement import Catalogue
from tests.cli.ended import ended


def test_explain_lists_an_area_and_tells_of_a_deviation(capsys: pytest.CaptureFixture[str]) -> None:
    code = ended("explain", "etag", "ignores-etag", "says-states-twice")

    area, *variants = capsys.readouterr().out.split("\n\n", 1)
    etags = [one.id for one in Catalogue.read() if one.area == "etag"]
    assert code == 0
    assert [line.split()[0] for line in area.splitlines()] == ["etag", *etags]
    assert "ignores-etag: a deviation, which breaks a clause, of the simulated udmi-device" in variants[0]
    assert "Breaks:      etag.stale-is-invalid" in variants[0]
    assert "says-states-twice: a quirk, which is odd and conforms" in variants[0]


def test_explain_lists_all_that_is_asked_of_a_subject(capsys: pytest.CaptureFixture[str]) -> None:
    ended("explain", "update-agent")

    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(one.id for one in Catalogue.read() if one.subject == "update-agent")


def test_explain_names_the_nearest_of_all_that_it_knows(capsys: pytest.CaptureFixture[str]) -> None:
    code = ended("explain", "ignores-etg")

    assert code == 3
    assert capsys.readouterr() == ("", "setpoint: unknown name 'ignores-etg'; did you mean 'ignores-etag'?\n")
