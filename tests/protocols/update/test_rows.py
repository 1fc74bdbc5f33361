"""By Kanto's rules, hardly any row of the facts is merely observed or left untested, and each that is has its name."""

from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.verdict import Level

MOST = 8
OBSERVED = {
    "DS-46": "a domain that a device has not, beside those it has: no source says what becomes of it",
    "DS-66": "fields that nobody knows: no source asks that they be ignored",
}


def test_rows_that_are_observed_alone_are_few_and_named() -> None:
    decided, rows = set[str](), set[str]()
    for one in Catalogue.read():
        if "desired-state-kanto" in one.levels:
            rows.update(one.source.rows)
            is_decided = not one.untested and one.level("desired-state-kanto") is not Level.OBSERVATION
            decided.update(one.source.rows if is_decided else ())

    assert rows == {f"DS-{number:02}" for number in range(1, 67)}
    assert rows - decided == set(OBSERVED)
    assert len(OBSERVED) <= MOST
