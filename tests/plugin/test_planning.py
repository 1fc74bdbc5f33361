"""The verdicts of a run are those that `setpoint plan` said before it, on healthy devices that offer much and little.

A device's own doings stay its own: with few points it has less occasion to say something twice, which only a run shows.
"""

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.runs import ROOT, in_plain_words, run_suites, run_tests, setpoint

pytestmark = pytest.mark.process

AHU_1 = (ROOT / "fixtures" / "udmi" / "devices" / "ahu-1.toml").read_text(encoding="utf-8")
HEAD, *POINTS = re.split(r"(?m)^(?=\[points\.)", AHU_1)
KINDS = [re.findall(r'kind = "(\w+)"', point)[0] for point in POINTS]
_ONCE = "config.unsolicited-state-names-the-same"  # nothing settles late, so nothing is told of its own accord


@dataclass(frozen=True)
class Less:
    """The air handling unit with less: points of these kinds alone, without these lines.

    `quiet`: requirements that turn out not to concern it, as it has no occasion for them.
    `judged`: how many requirements are, so that neither side can be wrong in silence.
    """

    kinds: tuple[str, ...]
    judged: int
    without: tuple[str, ...] = ()
    spec: str = "udmi-1.5"
    quiet: frozenset[str] = field(default=frozenset())

    @property
    def text(self) -> str:
        """Its file."""
        points = [point for point, kind in zip(POINTS, KINDS, strict=True) if kind in self.kinds]
        lines = "".join([HEAD, *points]).splitlines(keepends=True)
        return "".join(line for line in lines if line.partition(" ")[0] not in self.without)


WHOLE = ("writable", "slow", "stuck", "read_only", "overridden", "faulty")
OF_VALUES = ("out_of_range", "wrong_type", "elsewhere", "moves")
DEVICES = {
    "a point of every kind": Less(WHOLE, 156),
    "writable points without further values": Less(("writable",), 128, OF_VALUES, quiet=frozenset({_ONCE})),
    "a slow point alone": Less(("slow",), 130),
    "no points": Less((), 65, quiet=frozenset({_ONCE})),
    "an older spec, and no time to failure": Less(WHOLE, 63, ("time_to_failure",), spec="writeback-draft"),
}


@pytest.mark.parametrize("name", DEVICES)
def test_run_decides_what_the_plan_says(name: str, tmp_path: Path) -> None:
    device = DEVICES[name]
    _plan_and_run_agree(device.text, device.spec, device.quiet, device.judged, tmp_path)


@pytest.mark.parametrize("device", ["replica-service", "replica-device"])
@pytest.mark.parametrize("spec", ["replica-seed", "replica-aws"])
def test_run_of_another_protocol_decides_what_the_plan_says(device: str, spec: str, tmp_path: Path) -> None:
    options = (f"--device={device}", f"--spec={spec}")

    planned = in_plain_words(json.loads(setpoint("plan", "--json", *options).output)["verdicts"])
    run = run_tests(tmp_path / "reports", "suites/replica", *options)
    came = {requirement.id: str(requirement.verdict) for requirement in run.judged.requirements}

    assert planned == in_plain_words(came)
    assert len(planned) > 30


def test_run_on_a_device_that_keeps_a_profile_decides_what_the_plan_says(tmp_path: Path) -> None:
    profile = (ROOT / "live" / "devices" / "profiles" / "box.toml").read_text(encoding="utf-8")
    _plan_and_run_agree(_simulated(profile), "udmi-1.5", frozenset(), 154, tmp_path)


def _simulated(profile: str) -> str:
    """A device's file: its profile, and for each point how it behaves; numbers are taken between -4 and 399."""
    head, *points = re.split(r"(?m)^(?=\[points\.)", profile.partition("[provocations]")[0])
    lines = "".join([head, *map(_behaving, points)]).splitlines(keepends=True)
    return "".join(line for line in lines if line.partition(" ")[0] not in ("topics", "[points]\n", "tolerance"))


def _behaving(point: str) -> str:
    known = tomllib.loads(point)["points"]
    (facts,) = known.values()
    good = facts["good"][0]
    base = facts["moves"][0] if "moves" in facts else {bool: "false", str: '"auto"'}.get(type(good), "1.5")
    more = {"slow": "settles_after = 8\n", "overridden": 'by = "fire panel"\n'}.get(facts["kind"], "")
    bounds = "" if isinstance(good, bool | str) or facts["kind"] == "read_only" else "minimum = -4\nmaximum = 399\n"
    return f"{point.rstrip()}\nbase = {base}\n{bounds}{more}\n"


def _plan_and_run_agree(text: str, spec: str, quiet: frozenset[str], judged: int, folder: Path) -> None:
    file = folder / "device.toml"
    file.write_text(text, encoding="utf-8")
    options = (f"--device=sim:{file}", f"--spec={spec}")

    planned = in_plain_words(json.loads(setpoint("plan", "--json", *options).output)["verdicts"])
    run = run_suites(folder / "reports", *options)
    came = {requirement.id: str(requirement.verdict) for requirement in run.judged.requirements}

    assert planned == in_plain_words(came) | dict.fromkeys(quiet, "judged")
    assert {came[name] for name in quiet} <= {"not applicable"}
    assert sum(verdict == "judged" for verdict in planned.values()) == judged
