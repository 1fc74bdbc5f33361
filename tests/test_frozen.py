"""Verdicts, figures, names and files are those of the day on which they were written down: see `tests/frozen`."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from harness.judging.requirements.requirement import Catalogue
from harness.mutation.matrix import asked_of
from harness.protocols.udmi.words.spec import Spec
from simulator.udmi.variations import VARIATIONS
from tests.frozen import matrix
from tests.frozen.commands import COMMANDS, problem
from tests.frozen.difference import difference
from tests.frozen.drive import CASES, FROZEN, Case
from tests.frozen.files import facts, frozen_facts
from tests.frozen.judged import Judged
from tests.frozen.names import frozen_names, names
from tests.runs import ROOT

CATALOGUE = Catalogue.read()

_HOW = "where it is meant to be so: `python -m tests.frozen`, in a commit that lists each verdict that moves"


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every spec, driven and judged, and the frozen recordings, judged again: in one process."""
    folder = tmp_path_factory.mktemp("frozen")
    command = [sys.executable, "-m", "tests.frozen.drive", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


@pytest.mark.process
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.spec}-{case.source}-{case.subject}")
def test_verdicts_figures_and_deciding_records_have_not_moved(driven: Path, case: Case) -> None:
    now, before = Judged(case.folder(driven), case.subject), case.file.read_text(encoding="utf-8")
    known = [now, *(Judged(one.folder(driven), one.subject) for one in CASES if one.spec == case.spec and one != case)]

    moved = list(
        difference(before, now.text, lambda mark: next(filter(None, (one.payload(mark) for one in known)), None))
    )

    assert not moved, "\n".join(["what moved:", *moved, _HOW])


def test_no_id_has_vanished_or_come_to_mean_something_else() -> None:
    now = names()

    moved = [
        f"{name}: {meaning} -> {now.get(name)}" for name, meaning in frozen_names().items() if now.get(name) != meaning
    ]

    assert not moved


def test_every_id_is_written_down() -> None:
    assert not set(names()) - set(frozen_names()), "python -m tests.frozen.names writes them down"


def test_profiles_and_device_files_are_read_as_ever() -> None:
    now = set(facts())

    assert [fact for fact in frozen_facts() if fact not in now] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_command_line_is_understood(command: str, pytestconfig: pytest.Config) -> None:
    assert problem(command, pytestconfig) is None


def test_command_lines_of_the_readme_are_held() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^    ((?:pytest suites/|setpoint) .*?)(?:  .*)?$", readme, flags=re.MULTILINE)

    assert [line for line in shown if line not in COMMANDS] == []


@pytest.mark.parametrize("package", ["harness", "simulator", "suites"])
def test_package_is_imported_by_its_name(package: str) -> None:
    assert import_module(package)


@pytest.mark.parametrize("spec", Spec)
def test_totals_of_the_matrix_count_every_variant_and_judgement(spec: Spec) -> None:
    (line,) = (line for line in matrix.FILE.read_text(encoding="utf-8").splitlines() if line.startswith(f"{spec}:"))
    asked = [variant for variation in VARIATIONS if (variant := asked_of(variation.variant, CATALOGUE, spec))]
    judgements = re.findall(r"^  test_", (FROZEN / spec / "sim.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert _sum(line, "deviations", "more out of view") == sum(variant.breaks is not None for variant in asked)
    assert _sum(line, "open clauses") == sum(variant.shows is not None for variant in asked)
    assert _sum(line, "mute") == sum(variant.mute for variant in asked)
    assert _sum(line, "quirks") == sum(not (one.breaks or one.shows or one.mute) for one in asked)
    assert _sum(line, "for other specs left out") == len(VARIATIONS) - len(asked)
    assert _sum(line, "judgements", "more cannot be asked of this target") == len(judgements)


def test_readme_says_the_totals_of_the_matrix() -> None:
    first = matrix.FILE.read_text(encoding="utf-8").splitlines()[0].partition(":")[2]
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())

    assert [part for part in first.strip().split("; ") if part not in readme and "left out" not in part] == []


def test_readme_has_a_row_for_each_further_total_of_the_matrix() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| | deviations caught |")[2].partition("\n\n")[0].splitlines()[2:]
    told = [(row.split("`")[1], tuple(map(int, re.findall(r"\b\d+\b", row.split("`")[2])))) for row in table]

    assert told == [_row(line) for line in matrix.FILE.read_text(encoding="utf-8").splitlines()[1:]]


def _row(line: str) -> tuple[str, tuple[int, ...]]:
    spec, totals = line.split(":", 1)
    found = re.search(r"(\d+) deviations, (\d+) caught.* (\d+) quirks.* (\d+) judgements, (\d+) seen", totals)
    assert found
    deviations, caught, quirks, judgements, seen = map(int, found.groups())
    return spec, (caught, deviations, quirks, seen, judgements)


def test_total_that_moves_is_told() -> None:
    said = matrix.FILE.read_text(encoding="utf-8").replace("117 seen to fail", "116 seen to fail")

    assert matrix.moved_totals("caught  something\n" + said) == [
        "- writeback-2021: 117 judgements, 117 seen to fail",
        "+ writeback-2021: 117 judgements, 116 seen to fail",
    ]
    assert matrix.moved_totals(matrix.FILE.read_text(encoding="utf-8")) == []


def test_difference_names_the_judgement_and_what_the_record_carries() -> None:
    before = "a.clause: must, pass\n  test_it: pass\n    measured 1 s\n    record idle 1.000 state #aa\n"
    after = "a.clause: must, fail\n  test_it: fail\n    measured 1 s\n    record idle 1.000 state #bb\n"

    assert list(difference(before, after, {"bb": '{"now": 1}'}.get)) == [
        "a.clause",
        "    - must, pass",
        "    + must, fail",
        "a.clause test_it",
        "    - pass",
        "    + fail",
        "    - record idle 1.000 state #aa",
        "    + record idle 1.000 state #bb",
        '        {"now": 1}',
    ]


def _sum(line: str, *words: str) -> int:
    return sum(int(count) for word in words for count in re.findall(rf"(\d+) {word}\b", line))
