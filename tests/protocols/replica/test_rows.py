"""The rows of the table of facts stand in the catalogue, and few of them are decided by no test."""

from collections import defaultdict

from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.protocols.replica.plug import REPLICA

SERVICE, DEVICE = 53, 33  # rows
MOST_UNTESTED = 5


def _by_row() -> dict[str, list[Requirement]]:
    rows = defaultdict[str, list[Requirement]](list)
    for one in Catalogue.read(REPLICA.requirements):
        for row in one.source.rows:
            rows[row].append(one)
    return rows


def test_every_row_stands_in_the_catalogue_and_no_other() -> None:
    assert sorted(_by_row()) == [
        *(f"RD-{number:02}" for number in range(1, DEVICE + 1)),
        *(f"RS-{number:02}" for number in range(1, SERVICE + 1)),
    ]


def test_few_rows_are_left_to_no_test_and_each_says_why() -> None:
    untested = {row: [one for one in those if one.untested] for row, those in _by_row().items()}
    untested = {row: those for row, those in untested.items() if those}

    assert {row: [one.id for one in those] for row, those in untested.items()} == {
        "RD-30": ["return.keeps-its-session"],
        "RD-32": ["refusal.deleted"],
    }
    assert len(untested) <= MOST_UNTESTED
    assert all(one.untested and one.untested.endswith(".") for those in untested.values() for one in those)
