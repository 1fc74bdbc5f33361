"""States boiled down to what can be compared."""

from harness.payload.values import IllTyped
from harness.protocols.udmi.judging.states.content import content, difference, named_content
from harness.protocols.udmi.words.messages import PointState
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, INVALID, whole_state

FREE = {"damper": PointState(units="Percent")}


def test_content_does_not_depend_on_the_order_of_points() -> None:
    points = {"damper": PointState(APPLIED), "valve": PointState(FAILURE)}

    assert content(whole_state(points)) == content(whole_state(dict(reversed(points.items()))))


def test_content_tells_an_odd_word_from_the_good_one() -> None:
    assert content(whole_state({"damper": PointState(IllTyped("applied"))})) != content(
        whole_state({"damper": PointState(APPLIED)})
    )


def test_refused_write_counts_as_none_for_the_etag() -> None:
    refused = {"damper": PointState(INVALID, units="Percent")}

    assert named_content(whole_state(refused)) == named_content(whole_state(FREE))


def test_refused_write_counts_for_what_the_device_says() -> None:
    assert content(whole_state({"damper": PointState(INVALID, units="Percent")})) != content(whole_state(FREE))


def test_difference_names_the_first_point_that_changed() -> None:
    before = {"damper": PointState(APPLIED, units="Percent"), "valve": PointState(APPLIED)}
    after = {"damper": PointState(APPLIED, units="Percent"), "valve": PointState(FAILURE)}

    words = difference(content(whole_state(before)), content(whole_state(after)))

    assert words == "valve was applied in (absent), then failure in (absent)"


def test_difference_in_points_at_the_end_is_told_as_such() -> None:
    more = {**FREE, "valve": PointState()}

    assert difference(content(whole_state(FREE)), content(whole_state(more))) == "one lists other points"
