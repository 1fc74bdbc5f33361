"""Judgements do not lean on each other: any of them, in any order, come to the same verdicts.

What is asked for, and in which order, also says what is driven, and in which. A process judges all the devices.
"""

from collections.abc import Mapping

import pytest

from harness.judging.verdicts.verdict import Verdict
from harness.mutation.pytest_process import command_on_suites
from harness.mutation.worker_pool import ANSWERING, worker_pool
from harness.protocols.udmi.plug import DEVICE

VARIANTS = ("ignores-etag", "takes-seven-seconds", "leaves-more-room-between-states")


def _verdicts(*options: str) -> Mapping[str, Mapping[str, Verdict]]:
    """Of devices that break a clause, or are odd; judgement by judgement."""
    with worker_pool(1, (*command_on_suites(DEVICE), *ANSWERING, *options)) as judges:
        every = zip(VARIANTS, judges.findings(VARIANTS), strict=True)
        return {variant: {one.judgement: one.verdict for one in findings} for variant, findings in every}


@pytest.fixture(scope="module")
def whole() -> Mapping[str, Mapping[str, Verdict]]:
    """Of everything, in the order of the files."""
    return _verdicts()


@pytest.mark.process
@pytest.mark.parametrize("seed", range(2))
def test_half_of_the_judgements_in_random_order_give_the_same_verdicts(
    whole: Mapping[str, Mapping[str, Verdict]], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUFFLED", str(seed))

    half = _verdicts("-p", "tests.shuffled")

    for variant, verdicts in half.items():
        assert len(verdicts) == len(whole[variant]) // 2
        assert verdicts.items() <= whole[variant].items()


@pytest.mark.process
@pytest.mark.parametrize("requirement", ["writeback.applied", "etag.stale-is-invalid"])
def test_one_requirement_alone_gives_the_same_verdicts(
    whole: Mapping[str, Mapping[str, Verdict]], requirement: str
) -> None:
    alone = _verdicts("--only", requirement)

    for variant, verdicts in alone.items():
        assert verdicts
        assert verdicts.items() <= whole[variant].items()
