"""Named instants, and the earliest of them."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.udmi.deadlines import NEVER, Deadlines

SETTINGS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([1.0, 2.0, 3.0, 4.0, NEVER])))


def test_without_a_deadline_nothing_is_ever_due() -> None:
    assert Deadlines[str]().first == NEVER


def test_later_setting_replaces_the_earlier_one() -> None:
    deadlines = Deadlines[str]()
    deadlines.set("answer", 1.0)
    deadlines.set("answer", 5.0)

    assert (deadlines.at("answer"), deadlines.first) == (5.0, 5.0)


def test_deadline_that_is_taken_away_leaves_no_name() -> None:
    deadlines = Deadlines[str]()
    deadlines.set("answer", 1.0)
    deadlines.set("answer", NEVER)

    assert ("answer" in deadlines, deadlines.names, deadlines.at("answer")) == (False, (), NEVER)


@given(SETTINGS, st.booleans())
def test_first_is_the_earliest_whatever_was_set_before(settings: list[tuple[str, float]], asks: bool) -> None:  # noqa: FBT001 - drawn
    deadlines, expected = Deadlines[str](), dict[str, float]()
    for name, at in settings:
        deadlines.set(name, at)
        expected[name] = at
        assert not asks or deadlines.first == min(expected.values())  # asked on the way, or only at the end

    assert deadlines.first == min(expected.values(), default=NEVER)
