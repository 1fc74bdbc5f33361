"""Any protocol's episodes and runs."""

import pytest

from harness.judging.episode import Episode
from harness.judging.passages import passages_of
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Unprovided
from harness.judging.whole_run import WholeRun, broken_off_by, ending_of
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.record.kinds import Closed, Done, Ended, Lacked, Opened, Provoked, Record
from harness.record.left_out import NotApplicable
from tests.judging.lamp import ANSWER, LampHistory, connects, lamp

LOST = ObservedPacket(7, "A", PacketKind.LOST)
RUN: list[Record] = [Opened(0, "one"), *connects(1), Closed(2), Opened(3, "two"), LOST, Closed(8), Ended(9)]


def scenes(*closed: Closed) -> dict[str, Episode[LampHistory]]:
    """Episodes that ended so."""
    return {str(number): Episode(lamp(one)) for number, one in enumerate(closed)}


def test_trace_is_cut_where_scenarios_open_and_close() -> None:
    one, two = passages_of(RUN)

    assert (one.scenario, one.first, one.end, list(one.records)) == ("one", 0, 4, RUN[:4])
    assert (two.scenario, two.first, two.end, list(two.records)) == ("two", 4, 7, RUN[4:7])


def test_passage_knows_what_came_before_it() -> None:
    one, two = passages_of(RUN)

    assert (list(one.packets_before), list(one.earlier)) == ([], [])
    assert (list(two.packets_before), list(two.earlier)) == ([(1, RUN[1]), (2, RUN[2])], RUN[:4])


def test_passage_that_was_broken_off_is_closed_where_the_record_ends() -> None:
    (one,) = passages_of(RUN[:3])

    assert one.records[-1] == Closed(1, cut_short="the run broke off here")


def test_provocation_is_known_by_its_label() -> None:
    episode = Episode(lamp(Provoked(1, "dark", "unplug", ""), Done(2, of=0), Closed(3)))

    assert str(episode.provocation("dark")) == "'dark' (unplug)"
    with pytest.raises(CouldNotTest, match="by_hand provokes nothing 'light'"):
        episode.provocation("light")


@pytest.mark.parametrize(
    ("lacked", "why"),
    [
        (Lacked(1, "dark", "add it"), NotApplicable),
        (Lacked(1, "dark", "add it", provocation=True), Unprovided),
        (Lacked(1, "dark", "add it", hindered=True), CouldNotTest),
    ],
)
def test_provocation_that_was_lacking_says_what_to_do(lacked: Lacked, why: type[Exception]) -> None:
    with pytest.raises(why, match="add it"):
        Episode(lamp(lacked, Closed(2))).provocation("dark")


def test_judgement_is_given_an_episode_that_nobody_has_looked_at() -> None:
    looked_at = Episode(lamp(Closed(1)))
    looked_at.observe("it shines")

    assert (looked_at.afresh().evidence.observed, looked_at.evidence.observed) == ([], ["it shines"])


def test_run_is_given_likewise_with_its_scenes() -> None:
    run = WholeRun(lamp(Closed(1)), scenes=scenes(Closed(1)))
    run.observe("it shines")

    assert (run.afresh().evidence.observed, run.afresh().scenes) == ([], run.scenes)


def test_episode_is_watched_where_a_broker_of_ours_saw_anything() -> None:
    assert Episode(lamp(*connects(1), Closed(2))).is_watched
    assert not Episode(lamp(Closed(2))).is_watched


def test_connection_needs_to_know_no_more_than_addresses() -> None:
    foreign = ObservedPacket(2, "A", PacketKind.PUBLISH, ("lamps/B/answer",), (0,), retain=False)
    own = ObservedPacket(2, "A", PacketKind.PUBLISH, (ANSWER,), (1,), retain=False)

    Episode(lamp(*connects(1), own, Closed(3))).connection.publishes_as_itself()
    with pytest.raises(NotObserved, match="A should publish on its own topics, but did on lamps/B/answer"):
        Episode(lamp(*connects(1), foreign, Closed(3))).connection.publishes_as_itself()
    with pytest.raises(NotApplicable, match="anybody's"):
        Episode(LampHistory("by_hand", 0, [*connects(1), own, Closed(3)], "anybody's")).connection.publishes_as_itself()


def test_manners_are_told_in_the_words_of_the_plug() -> None:
    told = [
        ObservedPacket(2, "A", PacketKind.PUBLISH, (topic,), (1,), retain=False) for topic in (ANSWER, "lamps/A/more")
    ]
    episode = Episode(lamp(*connects(1), *told, Closed(3)))

    episode.connection.observes_manners()

    assert episode.evidence.observed[1:] == ["answers at QoS 1", "other messages at QoS 1"]


def test_run_ends_as_what_ended_it() -> None:
    assert broken_off_by(RUN) is None
    assert broken_off_by(RUN[:-1]) == "the recording has no end"
    assert ending_of([Ended(9, "Ctrl-C")], {}) == Closed(9, "the run was broken off: Ctrl-C")


def test_run_is_cut_short_by_what_cut_short_every_scenario() -> None:
    dumb, other, unseen = Closed(1, "it is dumb"), Closed(1, "it is deaf"), Closed(1, out_of_view="needs listen://")

    assert ending_of(RUN, scenes(dumb, dumb, unseen)) == Closed(9, "it is dumb")
    assert ending_of(RUN, scenes(dumb, other)) == Closed(9)
    assert ending_of(RUN, scenes(dumb, Closed(1))) == Closed(9)
