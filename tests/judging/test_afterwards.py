"""The records behind an episode: none of them is known while its run goes on."""

import pytest

from harness.judging.afterwards import Afterwards, MoreToCome, NotYetKnownError


@pytest.mark.parametrize("asked", ["packets", "messages", "ended"])
def test_nothing_behind_an_episode_is_known_while_its_run_goes_on(asked: str) -> None:
    assert hasattr(Afterwards(), asked)
    with pytest.raises(NotYetKnownError):
        getattr(MoreToCome(), asked)
