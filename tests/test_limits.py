"""Limits stand in one place per suite, each with its source."""

import re

from harness.suite_limits import in_force, stretched
from suites.udmi.limits import Limits
from tests.runs import ROOT

SUITE = ROOT / "suites" / "udmi"
LIMITS = SUITE / "limits.py"
A_LIMIT = re.compile(
    r"\b(?:within|at|before_telemetry_or)\(\d|\b(?:at_most|give_or_take|takes_in|for_seconds|ahead|by)=[\d.]"
)


def test_no_judgement_or_scenario_has_a_limit_of_its_own() -> None:
    files = [file for file in (ROOT / "suites").rglob("*.py") if file != LIMITS]

    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}" for file in files for line in _limited(file.read_text("utf-8"))
    ]

    assert len(files) > 30
    assert not found


def test_every_limit_says_what_sets_it_or_what_it_is_for() -> None:
    lines = [line for line in LIMITS.read_text(encoding="utf-8").splitlines() if re.match(r"    [a-z_]+: \w+ = ", line)]

    silent = [line for line in lines if not re.search(r"= (?:set_by|stretchable)\(.+\)  # \S", line)]

    assert len(lines) == len(in_force(Limits()))
    assert not silent


def test_every_wait_is_longer_for_the_limit_that_it_waits_for() -> None:
    waits = [name for name, one in vars(Limits).items() if isinstance(one, property)]
    twice = {name: 2 * one.usual for name, one in in_force(Limits()).items() if one.set_by is None}

    usual, longer = Limits(), stretched(Limits, twice)

    assert len(waits) > 8
    assert all(getattr(longer, wait) > getattr(usual, wait) for wait in waits)


def test_readme_names_every_limit_that_a_profile_may_stretch() -> None:
    table = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    told = {name for line in table for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    usual = dict(re.findall(r"^\| `(\w+)` \| ([0-9.]+) \|", "\n".join(table), flags=re.MULTILINE))

    free = {name: one.usual for name, one in in_force(Limits()).items() if one.set_by is None}
    assert free.keys() <= told
    assert all(free[name] == float(seconds) for name, seconds in usual.items() if name in free)
    assert len(usual.keys() & free.keys()) > 15


def _limited(text: str) -> list[str]:
    return [line for line in text.splitlines() if A_LIMIT.search(line)]
