"""How far a desired state is, for a manager that waits until a command has been answered."""

import pytest

from harness.payload.values import JSON
from harness.protocols.update.driving.knowledge import ActivityProgress
from harness.protocols.update.words.desired_state import Baseline, DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.envelope import encoded, read_message
from harness.protocols.update.words.feedback import read_feedback
from harness.protocols.update.words.status import PhaseCommand

_COMPONENTS = (DesiredComponent("web", "1.1"), DesiredComponent("store", "4.4"))


def _progress(*baselines: Baseline) -> ActivityProgress:
    """Of two components, after DOWNLOAD was commanded."""
    return ActivityProgress(DesiredState((DesiredDomain("apps", _COMPONENTS),), baselines))


def _hear(progress: ActivityProgress, status: str, baseline: str | None, **actions: str) -> None:
    """Feedback with these statuses of actions."""
    listed: list[JSON] = [
        {"component": {"id": f"apps:{name}", "version": "9"}, "status": one} for name, one in actions.items()
    ]
    content: dict[str, JSON] = {"status": status, "baseline": baseline, "actions": listed}
    body = read_message(encoded(content, activity="a", now=0, enveloped=True), enveloped=True).body
    assert body
    progress.hear(read_feedback(body))


def test_end_of_the_whole_answers_a_command() -> None:
    progress = _progress()
    _hear(progress, "DOWNLOAD_SUCCESS", None, web="DOWNLOADING")

    assert progress.was_answered(PhaseCommand.DOWNLOAD, 0)


def test_end_of_one_component_leaves_the_other_owed() -> None:
    progress = _progress()
    _hear(progress, "DOWNLOAD_SUCCESS", "apps:store", web="DOWNLOADING", store="DOWNLOAD_SUCCESS")

    assert not progress.was_answered(PhaseCommand.DOWNLOAD, 0)
    assert progress.is_owed(PhaseCommand.DOWNLOAD, 0)
    _hear(progress, "DOWNLOAD_FAILURE", "apps:web", web="DOWNLOAD_FAILURE", store="DOWNLOAD_SUCCESS")
    assert progress.was_answered(PhaseCommand.DOWNLOAD, 0)


def test_baseline_answers_for_its_components() -> None:
    progress = _progress(Baseline("both", ("apps:web", "apps:store")))
    _hear(progress, "DOWNLOAD_SUCCESS", "both", web="IDENTIFIED", store="IDENTIFIED")

    assert progress.was_answered(PhaseCommand.DOWNLOAD, 0)


def test_command_for_one_baseline_is_answered_by_its_end() -> None:
    progress = _progress(Baseline("first", ("apps:web",)), Baseline("second", ("apps:store",)))
    _hear(progress, "DOWNLOAD_SUCCESS", "first", web="DOWNLOAD_SUCCESS", store="IDENTIFIED")

    assert progress.was_answered(PhaseCommand.DOWNLOAD, 0, "first")
    assert not progress.was_answered(PhaseCommand.DOWNLOAD, 0, "second")
    assert not progress.was_answered(PhaseCommand.DOWNLOAD, 0)


def test_component_that_is_to_go_is_not_owed() -> None:
    progress = _progress()
    _hear(progress, "DOWNLOAD_SUCCESS", "apps:web", web="DOWNLOAD_SUCCESS", old="IDENTIFIED")

    assert not progress.was_answered(PhaseCommand.DOWNLOAD, 0)
    assert not progress.is_owed(PhaseCommand.DOWNLOAD, 0)


@pytest.mark.parametrize("status", ["UPDATE_FAILURE", "UPDATING"])
def test_rollback_of_one_component_leaves_the_other_owed(status: str) -> None:
    progress = _progress()
    _hear(progress, "ROLLBACK_SUCCESS", "apps:store", web=status, store="UPDATE_FAILURE")

    assert progress.is_owed(PhaseCommand.ROLLBACK, 0)


def test_ends_before_the_command_do_not_count() -> None:
    progress = _progress()
    _hear(progress, "DOWNLOAD_SUCCESS", None, web="DOWNLOAD_SUCCESS")

    assert not progress.was_answered(PhaseCommand.DOWNLOAD, len(progress.statuses))
