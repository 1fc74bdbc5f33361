"""A rollback stands in no diagram of the source document, and in Kanto's table."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.agent.episode import AgentEpisode
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode
from harness.protocols.update.judging.episode import scenes_of
from harness.protocols.update.judging.law import ACTIONS
from harness.protocols.update.words.spec import UpdateSpec
from harness.record.kinds import Began, Record
from tests.protocols.update.records import DEVICE, NAME, feedback, heard, run_with, sent

DRAWN = ACTIONS[UpdateSpec.DIAGRAMS]
AGENT_COMMAND, LAB_COMMAND = "containersupdate/desiredstate/command", "labupdate/desiredstate/command"


def _agent(*between: Record) -> Activity:
    """An update that has succeeded; this; and then an update again, that fails."""
    course = _told("containers", "containers:web", between)
    return scenes_of(run_with(*course), AgentEpisode)[1][NAME].activities[0]


def _device(*between: Record) -> Activity:
    course = _told("device", "lab:pump", between)
    return scenes_of(run_with(*course, profile=DEVICE), UpdateDeviceEpisode)[1][NAME].activities[0]


def _told(domain: str, component: str, between: Sequence[Record]) -> Sequence[Record]:
    said = ("IDENTIFIED", "DOWNLOADING", "DOWNLOAD_SUCCESS", "UPDATING", "UPDATE_SUCCESS")
    before = [feedback(2.0 + n, "RUNNING", {component: (one, n)}, domain) for n, one in enumerate(said)]
    after = [feedback(9.0 + n, "RUNNING", {component: (one, n + 9)}, domain) for n, one in enumerate(_UNDONE)]
    return [sent(1.0, f"{domain}update/desiredstate", {"domains": []}), *before, *between, *after]


_UNDONE = ("UPDATING", "UPDATE_FAILURE", "UPDATING")


def test_agent_is_not_held_against_the_diagram_behind_a_rollback() -> None:
    activity = _agent(sent(8.0, AGENT_COMMAND, {"command": "ROLLBACK"}))

    activity.drawn_series.only_follow(DRAWN)
    assert len(activity.drawn_series.said) == len(activity.said) - len(_UNDONE)


def test_device_is_not_held_against_the_diagram_behind_a_rollback_of_a_played_agent() -> None:
    activity = _device(heard(8.0, LAB_COMMAND, {"command": "ROLLBACK"}))

    activity.drawn_series.only_follow(DRAWN)
    assert len(activity.drawn_series.said) == len(activity.said) - len(_UNDONE)


@pytest.mark.parametrize(
    "between",
    [
        pytest.param((), id="nothing"),
        pytest.param((sent(8.0, AGENT_COMMAND, {"command": "CLEANUP"}),), id="another-command"),
        pytest.param((sent(8.0, AGENT_COMMAND, {"command": "ROLLBACK"}, activity="b"),), id="of-another-activity"),
        pytest.param((sent(8.0, LAB_COMMAND, {"command": "ROLLBACK"}),), id="of-another-agent"),
        pytest.param((sent(8.0, AGENT_COMMAND, {"command": ["ROLLBACK"]}),), id="malformed"),
    ],
)
def test_update_that_begins_again_is_accused_without_a_rollback(between: tuple[Record, ...]) -> None:
    with pytest.raises(NotObserved, match="should not become UPDATING from UPDATE_SUCCESS"):
        _agent(*between).drawn_series.only_follow(DRAWN)


def test_table_that_draws_rollbacks_is_held_against_them() -> None:
    [began, *rest] = run_with(
        *_told("containers", "containers:web", [sent(8.0, AGENT_COMMAND, {"command": "ROLLBACK"})])
    )
    assert isinstance(began, Began)
    [activity] = scenes_of([replace(began, spec=UpdateSpec.KANTO), *rest], AgentEpisode)[1][NAME].activities

    assert activity.drawn_series.said == activity.said
