"""How long after a stimulus something came: no less than this, no more than that."""

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed
from harness.mqtt.packets import PacketKind
from tests.protocols.udmi.judging.history_builder import history, moment

AT_ONCE = Stimulus(place=1, settled=2, earliest=100.0, latest=100.0, words="the config")
IN_THREE_SECONDS = Stimulus(place=1, settled=2, earliest=100.0, latest=103.0, words="the config")


def test_time_since_an_act_of_one_moment_is_exact() -> None:
    assert AT_ONCE.until(105.0, allowance=0) == Elapsed(5.0, 5.0)


def test_time_since_an_act_that_took_some_is_a_span() -> None:
    assert IN_THREE_SECONDS.until(105.0, allowance=0) == Elapsed(2.0, 5.0)


def test_way_of_the_message_shortens_the_least() -> None:
    assert AT_ONCE.until(105.0, allowance=1) == Elapsed(4.0, 5.0)


def test_time_is_never_negative() -> None:
    assert IN_THREE_SECONDS.until(102.0, allowance=1) == Elapsed(0.0, 2.0)


def test_time_is_told_to_the_microsecond_in_this_century() -> None:
    stimulus = Stimulus(1, 2, moment(0.1), moment(0.1), "the config")

    assert stimulus.until(moment(5.100001), allowance=0) == Elapsed(5.000001, 5.000001)


def test_act_is_settled_where_the_record_says_that_it_is_done() -> None:
    write = history().sending("write", damper=30.0).state(at=1).arrived(at=2).closed(at=9).write("write")

    assert (write.stimulus.settled - write.stimulus.place, write.stimulus.earliest, write.stimulus.latest) == (
        2,
        moment(0),
        moment(2),
    )


def test_act_that_never_settled_lasts_until_the_end() -> None:
    write = history().sending("write", damper=30.0).closed(at=9).write("write")

    assert (write.stimulus.settled, write.stimulus.latest) == (write.history.end, moment(9))


def test_moment_has_the_place_of_the_last_record_before_it() -> None:
    episode = history().sent("write", damper=30.0, expiry=4).state(at=3).state(at=4).closed(at=9)
    [before, after] = episode.history.states

    expiry = episode.write("write").expiry

    assert before.place == expiry.place < after.place


def test_moment_after_the_end_has_the_place_of_the_last_record() -> None:
    episode = history().sent("write", damper=30.0, expiry=60).closed(at=9)

    assert episode.write("write").expiry.place == episode.history.end - 1


def test_act_is_told_in_its_own_words() -> None:
    assert str(history().provoked("let go", at=1).closed(at=2).provocation("let go")) == "'let go' (override damper)"


def test_config_is_counted_from_when_it_was_written_to_the_device() -> None:
    away = history().connects(at=-9).opened().sending("write", damper=30.0).arrived(at=0.5).delivered(1, at=7)
    there = history().connects(at=-9).opened().sending("write", damper=30.0).delivered(1, at=0.2).arrived(at=0.5)

    late, prompt = (
        away.closed(at=9).write("write").stimulus,
        there.acknowledges(1, at=5).closed(at=9).write("write").stimulus,
    )
    assert (late.earliest, late.latest, late.settled - late.place) == (moment(7), moment(7), 2)
    assert (prompt.earliest, prompt.latest, prompt.settled - prompt.place) == (moment(0.2), moment(0.2), 2)


def test_broken_config_is_not_what_a_later_connection_finds() -> None:
    told = history().connects(at=-9).opened().broken("broken", at=0, damper=30.0).delivered(1, at=7).closed(at=9)

    assert told.broken_config("broken").stimulus.latest == moment(0)


def test_delivery_to_somebody_else_is_none_to_the_device() -> None:
    told = history().connects(at=-9).seen(PacketKind.SUBSCRIBE, at=-8, client="ear", topics=("#",), qos=(0,)).opened()
    config = ("/devices/DEV-1/config",)
    told.sending("write", damper=30.0).seen(PacketKind.DELIVERY, at=0.1, client="ear", topics=config, qos=(0,))

    assert told.delivered(1, at=0.2).arrived(at=0.5).closed(at=9).write("write").stimulus.latest == moment(0.2)
