"""How long after an act something came: no less than this, no more than that."""

from harness.judging.act import Act
from harness.judging.window import Elapsed
from tests.judging.history_builder import history, moment

AT_ONCE = Act(place=1, settled=2, earliest=100.0, latest=100.0, words="the config")
IN_THREE_SECONDS = Act(place=1, settled=2, earliest=100.0, latest=103.0, words="the config")


def test_time_since_an_act_of_one_moment_is_exact() -> None:
    assert AT_ONCE.until(105.0, allowance=0) == Elapsed(5.0, 5.0)


def test_time_since_an_act_that_took_some_is_a_span() -> None:
    assert IN_THREE_SECONDS.until(105.0, allowance=0) == Elapsed(2.0, 5.0)


def test_way_of_the_message_shortens_the_least() -> None:
    assert AT_ONCE.until(105.0, allowance=1) == Elapsed(4.0, 5.0)


def test_time_is_never_negative() -> None:
    assert IN_THREE_SECONDS.until(102.0, allowance=1) == Elapsed(0.0, 2.0)


def test_time_is_told_to_the_microsecond_in_this_century() -> None:
    act = Act(1, 2, moment(0.1), moment(0.1), "the config")

    assert act.until(moment(5.100001), allowance=0) == Elapsed(5.000001, 5.000001)


def test_act_is_settled_where_the_record_says_that_it_is_done() -> None:
    write = history().sending("write", damper=30.0).state(at=1).arrived(at=2).closed(at=9).write("write")

    assert (write.act.settled - write.act.place, write.act.earliest, write.act.latest) == (2, moment(0), moment(2))


def test_act_that_never_settled_lasts_until_the_end() -> None:
    write = history().sending("write", damper=30.0).closed(at=9).write("write")

    assert (write.act.settled, write.act.latest) == (write.history.end, moment(9))


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
