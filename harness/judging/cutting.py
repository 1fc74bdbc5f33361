"""Cuts the record of a run into the histories of its scenarios, and that of the whole; a plug says of which class."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from harness.judging.afterwards import Afterwards
from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.passages import passages_of, stalls_of
from harness.judging.whole_run import THE_WHOLE_RUN, ending_of
from harness.record.kinds import Record

H = TypeVar("H", bound=History)


def histories_of(records: Sequence[Record], make: Callable[..., H], late: str) -> Iterable[tuple[str, H]]:
    """The history of every scenario, by its name. `late`: the topic whose messages may come when all is over.

    `make`: of the scenario's name, the place of its first record, its records, and what a `History` takes by name.
    """
    after, stalls = Afterwards.of(records, late), stalls_of(records)
    for one in passages_of(records):
        beside = {"packets_before": one.packets_before, "afterwards": after.behind(one.end), "earlier": one.earlier}
        yield one.scenario, make(one.scenario, one.first, one.records, stalls=stalls, **beside)


def whole_history_of(records: Sequence[Record], make: Callable[..., H], scenes: Mapping[str, Episode[H]]) -> H:
    """The history of the run, with these episodes in it."""
    return make(THE_WHOLE_RUN, 0, records, stalls=stalls_of(records), ending=ending_of(records, scenes))
