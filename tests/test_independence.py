"""Judgements do not lean on each other: any of them, in any order, come to the same verdicts."""

from pathlib import Path

import pytest

from tests.runs import Run, run_suites


@pytest.fixture(
    scope="module",
    params=["ignores-etag", "takes-seven-seconds", "leaves-more-room-between-states"],
)
def variant(request: pytest.FixtureRequest) -> str:
    """A device that breaks a clause, or is odd."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, variant: str) -> Run:
    """A run of everything, in the order of the files."""
    return run_suites(tmp_path_factory.mktemp("whole"), "--variant", variant)


@pytest.mark.parametrize("seed", range(2))
def test_half_of_the_judgements_in_random_order_give_the_same_verdicts(
    whole: Run, variant: str, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUFFLED", str(seed))

    half = run_suites(tmp_path, "--variant", variant, "-p", "tests.shuffled")

    assert len(half.verdicts) == len(whole.verdicts) // 2
    assert half.verdicts.items() <= whole.verdicts.items()


@pytest.mark.parametrize("requirement", ["writeback.applied", "etag.stale-is-invalid"])
def test_one_requirement_alone_gives_the_same_verdicts(
    whole: Run, variant: str, tmp_path: Path, requirement: str
) -> None:
    alone = run_suites(tmp_path, "--variant", variant, "--only", requirement)

    assert alone.verdicts.items() <= whole.verdicts.items()
