"""status: a point in an error state explains itself. Writeback, last paragraph; entries; categories."""

from harness.suite import FAILURE, INVALID, OVERRIDDEN, Episode, ValueState, covers, each

CATEGORIES = {
    INVALID: "pointset.point.invalid",
    FAILURE: "pointset.point.failure",
    OVERRIDDEN: "pointset.point.overridden",
}
LEVELS = {INVALID: 500, FAILURE: 500, OVERRIDDEN: 400}

errors = each(("label", "error"), [("read_only", INVALID), ("faulty", FAILURE), ("overridden", OVERRIDDEN)])


@covers("status.error-states-explain-themselves")
@each("label", ["read_only", "faulty", "overridden"])
def test_error_state_carries_a_complete_status(many_points: Episode, label: str) -> None:
    many_points.write(label).in_error().explains_itself()


@covers("status.error-states-explain-themselves")
def test_write_that_never_settles_explains_its_failure(many_points: Episode) -> None:
    many_points.write("stuck").in_error().explains_itself()


@covers("status.error-states-explain-themselves")
@each("label", ["stale", "beside"])
def test_stale_write_carries_a_complete_status(stale_write: Episode, label: str) -> None:
    stale_write.write(label).in_error().explains_itself()


@covers("status.category-fits-value-state")
@errors
def test_category_of_a_status_fits_the_value_state(many_points: Episode, label: str, error: ValueState) -> None:
    many_points.write(label).in_error(error).has_category(CATEGORIES[error])


@covers("status.level-fits-category")
@errors
def test_level_of_a_status_is_the_normal_one(many_points: Episode, label: str, error: ValueState) -> None:
    many_points.write(label).in_error(error).has_level(LEVELS[error])


@covers("status.message-is-one-line")
def test_message_of_a_status_is_one_line(many_points: Episode, refused_values: Episode) -> None:
    many_points.statuses_beside(refused_values).have_one_line_messages()


@covers("status.message-names-its-point")
def test_message_of_a_status_begins_with_its_point(many_points: Episode, refused_values: Episode) -> None:
    many_points.statuses_beside(refused_values).name_their_points()


@covers("status.level-in-range")
def test_level_of_a_status_is_between_100_and_800(many_points: Episode, refused_values: Episode) -> None:
    many_points.statuses_beside(refused_values).have_levels_between(100, 800)
