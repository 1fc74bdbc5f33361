"""Limits stand in one place per suite, each with its source."""

import re
from pathlib import Path

import pytest

from harness.protocol import Subject, subjects
from harness.suite_limits import in_force, limits_of, stretched
from suites.udmi.limits import Limits
from tests.runs import ROOT

OURS = [subject for subject in subjects() if subject.suites.startswith("suites.")]
FILES = [ROOT / subject.suites.replace(".", "/") / "limits.py" for subject in OURS]
each_suite = pytest.mark.parametrize("subject", OURS, ids=[subject.name for subject in OURS])
A_LIMIT = re.compile(
    r"\b(?:within|at|before_telemetry_or)\(\d|\b(?:at_most|give_or_take|takes_in|for_seconds|ahead|by)=[\d.]"
)


def test_no_judgement_or_scenario_has_a_limit_of_its_own() -> None:
    files = [file for file in (ROOT / "suites").rglob("*.py") if file not in FILES]

    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}" for file in files for line in _limited(file.read_text("utf-8"))
    ]

    assert len(files) > 30
    assert not found


def test_every_suite_has_a_file_of_limits() -> None:
    assert len(OURS) > 2
    assert set((ROOT / "suites").rglob("limits.py")) == {*FILES}


@each_suite
def test_every_limit_says_what_sets_it_or_what_it_is_for(subject: Subject) -> None:
    text = _file(subject).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.match(r"    [a-z_]+: \w+ = ", line)]

    silent = [line for line in lines if not re.search(r"= (?:set_by|stretchable)\(.+\)  # \S", line)]

    assert len(lines) == len(in_force(limits_of(subject)())) > 4
    assert not silent


@each_suite
def test_every_wait_is_longer_for_the_limit_that_it_waits_for(subject: Subject) -> None:
    limits = limits_of(subject)
    waits = [name for name, one in vars(limits).items() if isinstance(one, property)]
    twice = {name: 2 * one.usual for name, one in in_force(limits()).items() if one.set_by is None}

    usual, longer = limits(), stretched(limits, twice)

    assert waits
    assert all(getattr(longer, wait) > getattr(usual, wait) for wait in waits)


def test_readme_names_every_limit_that_a_profile_may_stretch() -> None:
    table = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    told = {name for line in table for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    usual = dict(re.findall(r"^\| `(\w+)` \| ([0-9.]+) \|", "\n".join(table), flags=re.MULTILINE))

    free = {name: one.usual for name, one in in_force(Limits()).items() if one.set_by is None}
    assert free.keys() <= told
    assert all(free[name] == float(seconds) for name, seconds in usual.items() if name in free)
    assert len(usual.keys() & free.keys()) > 15


def _file(subject: Subject) -> Path:
    return FILES[OURS.index(subject)]


def _limited(text: str) -> list[str]:
    return [line for line in text.splitlines() if A_LIMIT.search(line)]
