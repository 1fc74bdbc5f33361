"""A second client under the device's id, or under ours, accuses nobody; the device in its own place is judged."""

from dataclasses import replace
from time import process_time

import pytest

from harness.judging.connection.strangers import doubted, stays_undoubted
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.mqtt.packets import PacketKind, Replaced
from harness.protocols.udmi.judging.episode import Episode
from tests.protocols.udmi.judging.history_builder import HELLO, HistoryBuilder, history

HERE, THERE = "10.0.0.1", "10.0.0.2"
ALIVE, STALE = Replaced(3.0, 60, HERE), Replaced(60.5, 60, HERE)
CLOUD = "setpoint-cloud-DEV-1"
BREACH = NotObserved("The device should do it, but did not.")


def connected(peer: str | None = HERE) -> HistoryBuilder:
    """A device that had come before the scenario began."""
    return history().connects(at=-500, peer=peer).opened().sent("first")


def test_no_later_stranger_doubts_an_episode_in_which_nobody_connects() -> None:
    assert stays_undoubted(connected().closed(at=50).history)


def test_episode_in_which_a_client_connects_may_come_to_be_doubted() -> None:
    assert not stays_undoubted(connected().connects(at=3, peer=HERE).closed(at=50).history)


def test_episode_behind_two_addresses_of_one_client_may_come_to_be_doubted() -> None:
    came = history().connects(at=-500, peer=HERE).connects(at=-400, peer=THERE).opened().sent("first")

    assert not stays_undoubted(came.closed(at=50).history)


def ended(episode: Episode, breach: BaseException | None = BREACH) -> BaseException | None:
    """The verdict that an accusation becomes."""
    return doubted(breach, [episode.history])


@pytest.mark.parametrize(("replaced", "peer"), [(ALIVE, HERE), (ALIVE, THERE), (STALE, THERE)])
def test_stranger_accuses_nobody_and_is_named(replaced: Replaced, peer: str) -> None:
    episode = connected().takes_over(replaced, at=3, peer=peer).closed(at=9)

    named = f"two clients go by the id DEV-1: one from {peer} ended the connection of one from {HERE}"
    with pytest.raises(Undecided, match=named):
        episode.connection.is_kept()
    verdict = ended(episode)
    assert isinstance(verdict, Undecided)
    assert str(verdict).startswith(named)
    assert str(verdict).endswith(str(BREACH))
    assert str(verdict.__cause__) == str(verdict).partition(". So")[0]


def test_device_that_takes_its_own_place_after_a_silence_is_judged() -> None:
    episode = connected().takes_over(STALE, at=3, peer=HERE).closed(at=9)

    with pytest.raises(NotObserved, match="should stay connected, but: connection lost"):
        episode.connection.is_kept()
    assert ended(episode) is BREACH


def test_connection_that_promised_nothing_is_in_use_for_a_minute() -> None:
    for silent_for, kind in ((59.0, Undecided), (61.0, NotObserved)):
        episode = connected().takes_over(Replaced(silent_for, 0, HERE), at=3, peer=HERE).closed(at=9)

        with pytest.raises(kind):
            episode.connection.is_kept()


def test_take_over_at_a_socket_of_this_machine_is_known_by_the_silence() -> None:
    for replaced, kind in ((Replaced(3.0, 60), Undecided), (Replaced(61.0, 60), NotObserved)):
        with pytest.raises(kind):
            connected(None).takes_over(replaced, at=3).closed(at=9).connection.is_kept()


def test_record_of_an_earlier_version_is_judged_as_before() -> None:
    episode = connected(None).seen(PacketKind.LOST, at=3).connects(at=3).closed(at=9)

    with pytest.raises(NotObserved):
        episode.connection.is_kept()
    assert ended(episode) is BREACH


def test_other_endings_stay_as_they_are() -> None:
    episode = connected().takes_over(ALIVE, at=3, peer=THERE).closed(at=9)

    assert ended(episode, None) is None
    for other in (CouldNotTest("x"), ValueError("y")):
        assert ended(episode, other) is other


def test_stranger_from_elsewhere_stays_until_the_device_is_back() -> None:
    before = history().connects(at=-1000, peer=HERE).takes_over(ALIVE, at=-900, peer=THERE)

    gone = before.opened().sent("first").closed(at=9)
    assert isinstance(ended(gone), Undecided)
    with pytest.raises(Undecided):
        gone.connection.is_kept()
    back = before.connects(at=-800, peer=HERE).opened().sent("first").seen(PacketKind.LOST, at=3).closed(at=9)
    assert ended(back) is BREACH
    with pytest.raises(NotObserved):
        back.connection.is_kept()


def test_dispute_between_two_addresses_is_over_when_the_device_is_back() -> None:
    alive_there = Replaced(2.0, 60, THERE)
    before = history().connects(at=-900, peer=HERE).takes_over(ALIVE, at=-100, peer=THERE)
    back = before.takes_over(alive_there, at=-60, peer=HERE)

    assert ended(back.opened().sent("first").closed(at=9)) is BREACH


def test_known_stranger_that_comes_while_the_device_is_away_stays_until_it_is_back() -> None:
    met = history().connects(at=-900, peer=HERE).takes_over(ALIVE, at=-800, peer=THERE).connects(at=-700, peer=HERE)
    away = met.seen(PacketKind.LOST, at=-600).connects(at=-500, peer=THERE)

    verdict = ended(away.opened().sent("first").closed(at=9))
    assert isinstance(verdict, Undecided)
    assert "one from 10.0.0.2" in str(verdict)


def test_stranger_at_the_same_address_stays_no_longer_than_a_device_may_be_away() -> None:
    for since, kind in ((-120, Undecided), (-130, NotObserved)):
        before = history().connects(at=-1000, peer=HERE).takes_over(ALIVE, at=since, peer=HERE)

        assert type(ended(before.opened().sent("first").closed(at=9))) is kind


def test_known_stranger_that_connects_while_nobody_is_there_accuses_nobody() -> None:
    before = history().connects(at=-900, peer=HERE).takes_over(ALIVE, at=-800, peer=THERE).connects(at=-700, peer=HERE)
    lost = before.opened().sent("first").seen(PacketKind.LOST, at=1)

    own = lost.seen(PacketKind.CONNECT, at=2, hello=HELLO, refused=True, peer=HERE).closed(at=9)
    assert ended(own) is BREACH


def test_known_stranger_that_is_refused_among_the_devices_tries_accuses_nobody() -> None:
    before = history().connects(at=-900, peer=HERE).takes_over(ALIVE, at=-800, peer=THERE).connects(at=-700, peer=HERE)
    lost = before.opened().sent("first").seen(PacketKind.LOST, at=1)

    both = lost.seen(PacketKind.CONNECT, at=2, hello=HELLO, refused=True, peer=THERE).closed(at=9)
    assert isinstance(ended(both), Undecided)


def test_take_over_of_another_client_is_no_affair_of_the_devices() -> None:
    episode = connected().takes_over(ALIVE, at=3, peer=THERE, client="bridge").closed(at=9)

    episode.connection.is_kept()
    assert ended(episode) is BREACH


def test_stranger_in_our_own_place_accuses_nobody() -> None:
    episode = connected().takes_over(Replaced(1.0, 10, HERE), at=3, peer=HERE, client=CLOUD).closed(at=9)

    assert isinstance(ended(episode), Undecided)
    episode.connection.is_kept()  # the device's own connection is another


def test_finding_of_a_whole_run_is_judged_where_no_stranger_was() -> None:
    met = connected().state(at=1).takes_over(ALIVE, at=300, peer=THERE).state(at=350).connects(at=400, peer=HERE)
    episode = met.state(at=500).closed(at=600)
    whole = Episode(replace(episode.history, ending=episode.history.closed))
    states = [heard.place for heard in episode.history.states]

    ends = {place: ended(whole, NotObserved("It should not say so.", EvidenceRef(place))) for place in states}
    assert [type(ends[place]) for place in states] == [NotObserved, Undecided, NotObserved]
    assert isinstance(ended(whole, NotObserved("Between.", EvidenceRef(states[2], states[0]))), Undecided)
    assert isinstance(ended(whole), Undecided)  # it says of nothing in particular


def test_dispute_of_many_hours_is_looked_through_in_no_time() -> None:
    fight = history().connects(at=-90_000, peer=HERE)
    for second in range(20_000):
        fight = fight.takes_over(Replaced(1.0, 60, HERE), at=second * 2 - 80_000, peer=THERE)
        fight = fight.takes_over(Replaced(1.0, 60, THERE), at=second * 2 - 79_999, peer=HERE)
    episode = fight.opened().sent("first").closed(at=9)

    began = process_time()
    assert ended(episode) is BREACH
    assert process_time() - began < 3
