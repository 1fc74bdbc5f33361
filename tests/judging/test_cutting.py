"""A trace is cut into the histories that judgements ask, for any plug; and told of in a plain way."""

from collections.abc import Sequence
from functools import partial

from harness.judging.cutting import histories_of, whole_history_of
from harness.judging.episode import Episode
from harness.judging.lanes import Frame, Mark
from harness.judging.reader import DeviceFacts, Reader
from harness.judging.whole_run import THE_WHOLE_RUN, WholeRun
from harness.record.kinds import Began, Closed, Ended, Opened, Received, Record, Stalled
from tests.judging.lamp import ANSWER, LampHistory, connects

BEGAN = Began(0, 1, "0", "lamps", "virtual", "lamp", {"id": "A"})
LATE = Received(8, ANSWER, b"on\x1b[0m", retain=False)
RUN: list[Record] = [
    BEGAN,
    Opened(1, "one"),
    *connects(2),
    Stalled(3, 1),
    Closed(4),
    Opened(5, "two"),
    Closed(6, cut_short="it went out"),
    LATE,
    Ended(9),
]


class _LampReader(Reader[LampHistory]):
    """The least that a plug's reader has."""

    def read(self, records: Sequence[Record]) -> WholeRun[LampHistory]:
        """Cut."""
        make = partial(LampHistory, unowned="all")
        scenes = {name: Episode(history) for name, history in histories_of(records, make, ANSWER)}
        return WholeRun(whole_history_of(records, make, scenes), scenes=scenes)


def test_histories_have_all_that_the_trace_gives_and_what_the_plug_adds() -> None:
    run = _LampReader().read(RUN)
    one, two = (run.scenes[name].history for name in ("one", "two"))

    assert (one.first, list(one.records), list(one.earlier)) == (1, RUN[1:6], RUN[:1])
    assert (two.first, list(two.records), list(two.packets_before)) == (6, RUN[6:8], [(2, RUN[2]), (3, RUN[3])])
    assert list(two.afterwards.messages) == [(8, LATE)]
    assert {one.unowned, two.unowned, run.history.unowned} == {"all"}
    assert one.stalls == two.stalls == run.history.stalls
    assert one.stalls.seconds(0, 9) > 0


def test_whole_run_has_every_record_and_ends_as_the_run_did() -> None:
    run = _LampReader().read(RUN).history

    assert (run.scenario, run.first, run.records) == (THE_WHOLE_RUN, 0, RUN)
    assert run.closed == Closed(9)


def test_reader_tells_of_a_thing_by_its_profile_and_of_a_message_as_it_came() -> None:
    reader = _LampReader()

    assert reader.identity(RUN) == DeviceFacts(id="A")
    words = reader.words(reader.read(RUN).history, LATE, None)
    assert words.endswith(f" received at {ANSWER}")
    assert "\x1b" not in words


def test_reader_shows_every_kind_of_message_as_it_came() -> None:
    reader = _LampReader()
    (lane,) = reader.lanes(reader.read(RUN).history, Frame(None, 0, 0, 9))
    (mark,) = lane.items

    assert (lane.title, isinstance(mark, Mark) and mark.at) == ("answers", 8)
    assert "\x1b" not in mark.words
