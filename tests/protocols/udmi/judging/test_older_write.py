"""How soon telemetry must have followed a write that took another's place, for the older value not to be missed."""

import pytest

from harness.judging.verdicts.verdict import Undecided
from tests.protocols.udmi.judging.history_builder import APPLIED, history


def test_older_value_was_not_missed_where_a_sample_follows_sooner_than_the_write_did() -> None:
    told = history().sent("old", damper=20.0).sent("new", at=2, damper=30.0).telemetry(at=3, damper=0.0)
    episode = told.state(at=9, damper=APPLIED).telemetry(at=10.9, damper=30.0).closed(at=11)

    episode.write("new").is_sampled_closer_than_it_followed(episode.write("old"))


def test_older_value_may_be_missed_where_a_sample_follows_later_than_the_write_did() -> None:
    told = history().sent("old", damper=20.0).sent("new", at=1, damper=30.0).telemetry(at=8, damper=0.0)
    episode = told.state(at=9, damper=APPLIED).telemetry(at=10.1, damper=30.0).closed(at=11)

    with pytest.raises(Undecided, match=r"may have shown 20\.0 unseen: telemetry paused for 1\.1 s"):
        episode.write("new").is_sampled_closer_than_it_followed(episode.write("old"))


def test_older_value_may_be_missed_where_no_sample_follows() -> None:
    told = history().sent("old", damper=20.0).sent("new", at=1, damper=30.0)
    episode = told.state(at=9, damper=APPLIED).closed(at=11)

    with pytest.raises(Undecided, match="no telemetry of damper followed"):
        episode.write("new").is_sampled_closer_than_it_followed(episode.write("old"))
