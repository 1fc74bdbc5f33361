"""The verdict follows the record: what keeps a clause is never accused, what breaks it is, and nothing else is."""

import pytest

from harness.driving.scenario import SCENARIOS
from tests.altered.alteration import Alteration, Effect
from tests.altered.judgement import judgements
from tests.altered.source import SOURCES, source
from tests.altered.table import LACKING, TABLE
from tests.altered.trial import Tally, try_out, wanting


@pytest.mark.parametrize("alteration", TABLE, ids=lambda alteration: alteration.id)
def test_verdict_follows_what_was_altered(alteration: Alteration) -> None:
    tally = Tally()

    try_out(alteration, LACKING, tally)

    assert tally.wrong == []
    assert tally.episodes > 0, "no episode offered an occasion"
    assert tally.followed, "no judgement was concerned"


@pytest.mark.parametrize("effect", [Effect.KEEPS, Effect.BREAKS])
def test_every_judgement_has_an_alteration_or_the_table_says_why_not(effect: Effect) -> None:
    assert list(wanting(TABLE, effect, LACKING)) == []


def test_what_is_lacking_is_lacking_still() -> None:
    """Once there are alterations, the excuse goes."""
    known = [judgement.id for judgement in judgements()]
    both = {*wanting(TABLE, Effect.KEEPS, ()), *wanting(TABLE, Effect.BREAKS, ())}

    needless = [key for key in LACKING if not any(name in both for name in known if name.startswith(key))]
    assert needless == []


def test_alterations_have_different_names() -> None:
    names = [(alteration.id, alteration.allowances) for alteration in TABLE]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_is_amiss_before_anything_is_altered(name: str) -> None:
    run = source(name)

    kept = {"pass", "observation", "not applicable", "out of view"}
    assert {finding.verdict for finding in run.findings.values()} <= kept
    assert run.histories.keys() <= SCENARIOS.keys()
