"""A device behind a network conforms as one beside us does, and nothing about it is left undecided."""

from pathlib import Path

import pytest

from tests.runs import run_suites

pytestmark = pytest.mark.process


@pytest.mark.parametrize("seconds", ["0", "0.05", "0.3"])
def test_device_that_is_far_away_conforms(tmp_path: Path, seconds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAR", seconds)

    run = run_suites(tmp_path, "-p", "tests.far")

    assert run.code == 0, run.output
    assert set(run.verdicts.values()) == {"pass", "observation", "out of view"}


@pytest.mark.parametrize(
    ("variant", "broken"),
    [
        ("ignores-etag", "etag.stale-is-invalid"),
        ("keeps-first-timer-and-is-late", "expiry.replaces-earlier"),
        ("forgets-to-stop-the-timer-and-is-late", "expiry.after-release-changes-nothing"),
        ("finishes-the-old-value-meanwhile", "config.new-config-abandons-old"),
        ("late-is-invalid", "expiry.already-past-changes-nothing"),
        ("late-ends-all", "expiry.already-past-changes-nothing"),
        ("fails-early", "writeback.failure-after-a-minute"),
        ("states-in-bursts", "config.at-most-one-state-a-second"),
    ],
)
def test_device_that_is_far_away_hides_nothing(
    tmp_path: Path, variant: str, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAR", "0.3")

    run = run_suites(tmp_path, "-p", "tests.far", "--variant", variant)

    verdicts = {requirement.id: requirement.verdict for requirement in run.judged.requirements}
    assert verdicts[broken] in ("fail", "warn")


def test_value_that_was_shown_before_a_redelivery_made_it_invalid_is_none_that_was_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAR", "0.3")

    run = run_suites(tmp_path, "-p", "tests.far", "--variant", "takes-a-redelivery-for-new")

    assert not {"fail", "warn"} & set(run.verdicts.values()), run.output
