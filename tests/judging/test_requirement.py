"""The catalogue of requirements, as it is read."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.judging.requirement import Catalogue
from harness.judging.verdict import Level
from harness.wire.spec import Spec

ENTRY = """
[[requirement]]
id = "writeback.applied"
gist = "A value that the point takes is reported as applied."
level = "must"
source = { document = "Writeback", section = "value_state", rows = ["WB-01", "WB-04"] }
specs = ["udmi-1.5", "writeback-2021"]
"""


def catalogue(folder: Path, **files: str) -> Catalogue:
    """What is read of these files."""
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
