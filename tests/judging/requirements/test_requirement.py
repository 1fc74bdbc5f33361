"""The catalogue of requirements, as it is read."""

from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.judging.requirements import requirement
from harness.judging.requirements.binding import Levels, Verb
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.verdict import Level
from harness.protocols.udmi.plug import DEVICE, UDMI
from harness.protocols.udmi.words.spec import Spec

ENTRY = """
[[requirement]]
id = "writeback.applied"
gist = "A value that the point takes is reported as applied."
level = "must"
verb = "fact"
source = { document = "Writeback", section = "value_state", rows = ["WB-01", "WB-04"] }
specs = ["udmi-1.5", "writeback-2021"]
"""


def catalogue(folder: Path, **files: str) -> Catalogue:
    """The catalogue in these files."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return Catalogue.read(folder)


def test_requirement_is_found_by_its_id(tmp_path: Path) -> None:
    requirement = catalogue(tmp_path, writeback=ENTRY)["writeback.applied"]

    assert requirement.gist == "A value that the point takes is reported as applied."
    assert str(requirement.source) == "Writeback, value_state"
    assert requirement.source.rows == ("WB-01", "WB-04")


def test_level_is_the_same_in_every_spec_unless_told_otherwise(tmp_path: Path) -> None:
    requirement = catalogue(tmp_path, writeback=ENTRY)["writeback.applied"]

    assert requirement.levels == {Spec.UDMI_1_5: Level.MUST, Spec.WRITEBACK_2021: Level.MUST}


def test_level_may_differ_between_specs(tmp_path: Path) -> None:
    levels = 'level = { "udmi-1.5" = "observation", "writeback-2021" = "must" }'

    requirement = catalogue(tmp_path, writeback=ENTRY.replace('level = "must"', levels))["writeback.applied"]

    assert requirement.level(Spec.UDMI_1_5) is Level.OBSERVATION
    assert requirement.level(Spec.WRITEBACK_2021) is Level.MUST


def test_unclear_requirement_is_only_observed(tmp_path: Path) -> None:
    unclear = ENTRY + 'unclear = "The text says one thing, the diagram another."\n'

    assert catalogue(tmp_path, writeback=unclear)["writeback.applied"].level(Spec.UDMI_1_5) is Level.OBSERVATION


def test_requirement_may_be_unclear_in_one_spec_alone(tmp_path: Path) -> None:
    unclear = ENTRY + 'unclear = { "udmi-1.5" = "The text says one thing, the diagram another." }\n'

    requirement = catalogue(tmp_path, writeback=unclear)["writeback.applied"]

    assert requirement.level(Spec.UDMI_1_5) is Level.OBSERVATION
    assert requirement.level(Spec.WRITEBACK_2021) is Level.MUST


def test_level_of_the_text_is_that_of_its_verb(tmp_path: Path) -> None:
    requirement = catalogue(tmp_path, writeback=ENTRY)["writeback.applied"]

    assert requirement.level(Spec.UDMI_1_5) is Level.MUST
    assert requirement.level(Spec.UDMI_1_5, Levels.TEXT) is Level.SHOULD


def test_verb_may_differ_between_specs(tmp_path: Path) -> None:
    verbs = 'verb = { "udmi-1.5" = "must", "writeback-2021" = "should" }'

    read = catalogue(tmp_path, writeback=ENTRY.replace('verb = "fact"', verbs))

    assert read["writeback.applied"].verbs == {Spec.UDMI_1_5: Verb.MUST, Spec.WRITEBACK_2021: Verb.SHOULD}
    assert read.knows_a_must(Spec.UDMI_1_5)
    assert not read.knows_a_must(Spec.WRITEBACK_2021)


def test_unclear_requirement_is_only_observed_by_its_verb_too(tmp_path: Path) -> None:
    unclear = ENTRY + 'unclear = "The text says one thing, the diagram another."\n'

    requirement = catalogue(tmp_path, writeback=unclear)["writeback.applied"]

    assert requirement.level(Spec.UDMI_1_5, Levels.TEXT) is Level.OBSERVATION


def test_requirement_says_in_which_spec_it_binds_for_a_reason_of_its_own(tmp_path: Path) -> None:
    reason = ENTRY + 'because = { "udmi-1.5" = "An official test fails it." }\n'

    assert catalogue(tmp_path, writeback=reason)["writeback.applied"].because == {
        Spec.UDMI_1_5: "An official test fails it."
    }


@pytest.mark.parametrize(
    ("verb", "level", "words"),
    [
        (Verb.MUST, Level.MUST, "must"),
        (Verb.SHOULD, Level.MUST, 'must; the text has "should"'),
        (Verb.FACT, Level.SHOULD, "should; the text describes it"),
        (Verb.OPEN, Level.OBSERVATION, "observation"),
    ],
)
def test_verb_stands_beside_the_level_where_it_is_another_word(verb: Verb, level: Level, words: str) -> None:
    assert verb.beside(level) == words


def test_clause_binds_the_only_subject_that_speaks_its_specs(tmp_path: Path) -> None:
    assert catalogue(tmp_path, writeback=ENTRY)["writeback.applied"].subject == "udmi-device"


@pytest.fixture
def two_subjects(monkeypatch: pytest.MonkeyPatch) -> None:
    """UDMI as if two kinds of things spoke it."""
    plug = replace(UDMI, subjects=(DEVICE, replace(DEVICE, name="udmi-gateway")))
    monkeypatch.setattr(requirement, "protocol_of", lambda _spec: plug)


@pytest.mark.usefixtures("two_subjects")
def test_file_names_the_subject_of_its_clauses_where_there_are_two(tmp_path: Path) -> None:
    read = catalogue(tmp_path, writeback=f'subject = "udmi-gateway"\n{ENTRY}')

    assert read["writeback.applied"].subject == "udmi-gateway"


@pytest.mark.usefixtures("two_subjects")
@pytest.mark.parametrize(("head", "named"), [("", "None"), ('subject = "udmi-devise"\n', "'udmi-devise'")])
def test_file_that_names_none_of_two_subjects_is_refused(tmp_path: Path, head: str, named: str) -> None:
    expected = rf"writeback\.toml, requirement 1: .* its subject is {named}; expected one of udmi-device, udmi-gateway"
    with pytest.raises(UsageError, match=expected):
        catalogue(tmp_path, writeback=f"{head}{ENTRY}")


def test_untested_requirement_says_why(tmp_path: Path) -> None:
    untested = ENTRY + 'untested = "No source says when."\n'

    assert catalogue(tmp_path, writeback=untested)["writeback.applied"].untested == "No source says when."


def test_catalogue_keeps_the_order_of_files_and_entries(tmp_path: Path) -> None:
    second, third = ENTRY.replace("applied", "second"), ENTRY.replace("applied", "third")

    read = catalogue(tmp_path, b=third, a=ENTRY + second)

    assert [requirement.id for requirement in read] == ["writeback.applied", "writeback.second", "writeback.third"]
    assert len(read) == 3


def test_unknown_id_is_refused_with_the_nearest_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'writeback\.aplied'; did you mean 'writeback\.applied'\?"):
        _ = catalogue(tmp_path, writeback=ENTRY)["writeback.aplied"]


def test_unknown_id_that_is_near_to_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'zzz'$"):
        _ = catalogue(tmp_path, writeback=ENTRY)["zzz"]


def test_id_that_is_declared_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"b\.toml: writeback\.applied is declared twice"):
        catalogue(tmp_path, a=ENTRY, b=ENTRY)


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('gist = "A value that the point takes is reported as applied."', ""),
        ('level = "must"', 'level = "might"'),
        ('level = "must"', 'level = { "udmi-1.5" = "must" }'),
        ('"writeback-2021"]', '"writeback-2031"]'),
        (', rows = ["WB-01", "WB-04"]', ""),
    ],
)
def test_entry_that_is_amiss_is_refused_with_its_place(tmp_path: Path, line: str, instead: str) -> None:
    amiss = ENTRY.replace("applied", "first") + ENTRY.replace(line, instead)

    with pytest.raises(UsageError, match=r"writeback\.toml, requirement 2"):
        catalogue(tmp_path, writeback=amiss)
