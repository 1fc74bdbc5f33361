"""A whole run as one episode: what must hold at every moment, between the scenarios too, is judged here once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.judging.episode import Episode, H_co
from harness.judging.history import History
from harness.record.kinds import Closed, Ended, Record

THE_WHOLE_RUN = "the whole run"  # in the place of a scenario's name


@dataclass(frozen=True)
class WholeRun(Episode[H_co]):
    """All that passed, from first contact to farewell; `scenes` are the episodes in it, by scenario.

    It goes all the way if the run does, and unless one thing cut short whatever was driven.
    """

    scenes: Mapping[str, Episode[H_co]] = field(kw_only=True)


def ending_of(records: Sequence[Record], scenes: Mapping[str, Episode[History]]) -> Closed:
    """How the run ended that a trace holds, and these episodes with it."""
    last = records[-1]
    broken_off = broken_off_by(records)
    return Closed(last.time, f"the run was broken off: {broken_off}" if broken_off else _one_reason(scenes))


def broken_off_by(records: Sequence[Record]) -> str | None:
    """The reason why the drive ended early, if it did."""
    last = records[-1]
    return last.broken_off if isinstance(last, Ended) else "the recording has no end"


def _one_reason(scenes: Mapping[str, Episode[History]]) -> str | None:
    """Why none of the scenarios that were driven went all the way, if it is the same for all."""
    endings = [scene.history.closed for scene in scenes.values()]
    reasons = {ending.cut_short for ending in endings if not ending.out_of_view}
    return reasons.pop() if len(reasons) == 1 else None
