"""The catalogue holds together: every clause is decided or says why not, and whatever decides has been seen to fail."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import suites
from harness.driving.scenario import SCENARIOS
from harness.errors import UsageError
from harness.judging.requirements.binding import Levels
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.verdicts.verdict import Level
from harness.mutation.matrix import asked_of
from harness.protocol import protocol_of, protocols, subjects
from harness.protocols.udmi.words.spec import Spec
from harness.target import Variant, Varied, resolve
from tests.runs import run_suites

CATALOGUE = Catalogue.read()
IDS = {requirement.id for requirement in CATALOGUE}
SUBJECTS = [subject for subject in subjects() if subject.suites.startswith("suites.")]  # none of another package's

# The rows of the fact tables that are to be judged by now.
ROWS = {
    *(f"WB-{number:02}" for number in range(1, 29)),
    "WB-09b",
    *(f"ET-{number:02}" for number in range(1, 15)),
    *(f"EX-{number:02}" for number in range(1, 10)),
    *(f"CF-{number:02}" for number in range(1, 17)),
    *(f"ER-{number:02}" for number in range(1, 16)),
    *(f"LG-{number:02}" for number in range(1, 11)),
    *(f"SY-{number:02}" for number in range(1, 5)),
    *(f"MD-{number:02}" for number in range(1, 7)),
    *(f"CN-{number:02}" for number in range(1, 17)),
    *(f"ST-{number:02}" for number in range(1, 17)),
    *(f"PS-{number:02}" for number in range(1, 17)),
    *(f"TM-{number:02}" for number in range(1, 15)),
    *(f"RS-{number:02}" for number in range(1, 54)),
    *(f"DS-{number:02}" for number in range(1, 67)),
}


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(suites.__path__, "suites."):
        if module.name.rpartition(".")[2].startswith("test_"):
            yield importlib.import_module(module.name)


def _covered() -> set[str]:
    marks = (
        mark
        for module in _modules()
        for name, judgement in vars(module).items()
        if name.startswith("test_")
        for mark in getattr(judgement, "pytestmark", ())
    )
    return {mark.args[0] for mark in marks if mark.name == "covers"}


COVERED = _covered()


def _variants(*names: str) -> list[Variant]:
    """Of the simulated things that these subjects are, or of every one."""
    simulated = [one.simulated for one in SUBJECTS if one.simulated and (not names or one.name in names)]
    targets = [target for target in map(resolve, simulated) if isinstance(target, Varied)]
    return [variant for target in targets for variant in target.variants]


VARIANTS = _variants()
SPECS = [spec for plug in protocols() if {*plug.subjects} & {*SUBJECTS} for spec in plug.specs]


def _judged(spec: str) -> list[Requirement]:
    return [r for r in CATALOGUE if spec in r.levels and not r.untested]


def _those_of(spec: str) -> list[Variant]:
    return _variants(*(subject.name for subject in protocol_of(spec).subjects))


def _asked_of(spec: str) -> list[Variant]:
    asked = [asked_of(variant, CATALOGUE, spec) for variant in _those_of(spec)]
    return [variant for variant in asked if variant]


def test_every_judgement_covers_a_requirement() -> None:
    without = [
        f"{module.__name__}.{name}"
        for module in _modules()
        for name, judgement in vars(module).items()
        if name.startswith("test_") and not any(m.name == "covers" for m in getattr(judgement, "pytestmark", ()))
    ]

    assert without == []


def test_every_requirement_is_decided_or_says_why_not() -> None:
    names = {subject.name for subject in SUBJECTS}
    silent = [r.id for r in CATALOGUE if r.subject in names and (r.id in COVERED) is bool(r.untested)]

    assert silent == []


def test_every_covered_id_stands_in_the_catalogue() -> None:
    assert COVERED <= IDS


@pytest.mark.parametrize("spec", SPECS)
def test_every_covered_clause_that_binds_has_a_deviation(spec: str) -> None:
    broken = {variant.breaks for variant in _asked_of(spec)}
    binding = {r.id for r in _judged(spec) if r.level(spec) is not Level.OBSERVATION}

    assert binding - broken == set()


@pytest.mark.parametrize("spec", SPECS)
def test_every_covered_clause_that_is_open_has_a_device_that_does_otherwise(spec: str) -> None:
    shown = {variant.shows for variant in _asked_of(spec)}
    left_open = {r.id for r in _judged(spec) if r.level(spec) is Level.OBSERVATION}

    assert left_open - shown == set()


@pytest.mark.parametrize("spec", SPECS)
def test_quirks_and_mute_devices_stand_in_every_matrix_unless_they_are_about_a_clause(spec: str) -> None:
    left_out = [variant for variant in _those_of(spec) if asked_of(variant, CATALOGUE, spec) is None]

    odd = [variant for variant in left_out if variant.mute or not (variant.breaks or variant.shows)]
    assert [variant.id for variant in odd if variant.about is None and variant.unless is None] == []


def test_every_variant_is_asked_for_by_some_spec() -> None:
    asked = {variant.id for spec in SPECS for variant in _asked_of(spec)}

    assert [variant.id for variant in VARIANTS if variant.id not in asked] == []


def test_scenario_is_about_a_clause_of_the_catalogue() -> None:
    assert {scenario.about for scenario in SCENARIOS.values() if scenario.about} <= IDS


def test_every_variant_names_clauses_of_the_catalogue() -> None:
    named = {
        name
        for variant in VARIANTS
        for name in (variant.breaks, variant.shows, variant.about, variant.unless, *variant.implies)
        if name is not None
    }

    assert named <= IDS


def test_variants_have_different_names() -> None:
    names = [variant.id for variant in VARIANTS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("subject", "least"),
    [
        ("udmi-device", 200),
        ("replica-service", 30),
        ("replica-device", 30),
        ("update-agent", 30),
        ("update-device", 30),
    ],
)
def test_every_subject_has_its_quirks(subject: str, least: int) -> None:
    quirks = [one for one in _variants(subject) if not (one.breaks or one.shows or one.mute)]

    assert len(quirks) >= least


def test_every_row_that_is_due_stands_in_the_catalogue() -> None:
    rows = {row for requirement in CATALOGUE for row in requirement.source.rows}

    assert rows >= ROWS


def test_a_level_that_no_verb_gives_has_its_reason() -> None:
    """In `udmi-1.5`, whose documents know a must; in the others no level follows from the verbs."""
    bare = [
        r.id
        for r in CATALOGUE
        if Spec.UDMI_1_5 in r.levels
        and r.level(Spec.UDMI_1_5) is not r.level(Spec.UDMI_1_5, Levels.TEXT)
        and Spec.UDMI_1_5 not in r.because
    ]

    assert bare == []


def test_a_reason_is_given_only_where_one_is_needed() -> None:
    idle = [r.id for r in CATALOGUE for spec in r.because if r.level(spec) is r.level(spec, Levels.TEXT)]

    assert idle == []


def test_only_the_current_documents_know_a_must() -> None:
    assert [spec for spec in Spec if CATALOGUE.knows_a_must(spec)] == [Spec.UDMI_1_5]


STAY_A_MUST = (
    "writeback.updating-in-time",
    "writeback.failure-after-a-minute",
    "writeback.new-value-supersedes",
    "etag.stale-is-invalid",
    "etag.stale-writes-nothing",
    "expiry.ends-the-write",
    "expiry.ends-every-write",
)


@pytest.mark.parametrize("name", STAY_A_MUST)
def test_clause_that_its_verb_makes_a_should_stays_a_must_for_a_reason(name: str) -> None:
    assert CATALOGUE[name].level(Spec.UDMI_1_5) is Level.MUST
    assert CATALOGUE[name].level(Spec.UDMI_1_5, Levels.TEXT) is Level.SHOULD


def test_a_gist_is_one_sentence() -> None:
    odd = [r.id for r in CATALOGUE if not re.fullmatch(r"[A-Z][^\n]*\.", r.gist)]

    assert odd == []


@pytest.mark.parametrize(
    ("typed", "hint"), [("writeback.aplied", "did you mean 'writeback.applied'?"), ("zzz", "unknown requirement 'zzz'")]
)
def test_unknown_id_names_the_nearest(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        CATALOGUE[typed]

    assert hint in str(refused.value)


@pytest.mark.process
def test_unknown_id_stops_the_collection(tmp_path: Path) -> None:
    judgement = tmp_path / "test_typo.py"
    judgement.write_text("import pytest\n\n\n@pytest.mark.covers('etag.stale-is-invald')\ndef test_it(): ...\n")

    run = run_suites(tmp_path / "reports", str(judgement))

    assert run.code == 3
    assert "did you mean 'etag.stale-is-invalid'?" in run.output
