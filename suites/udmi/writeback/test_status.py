"""status: a point in an error state explains itself. Writeback, last paragraph; entries; categories."""

from harness.protocols.udmi.suite import FAILURE, INVALID, OVERRIDDEN, Episode, StatusLevel, ValueState, covers, each

CATEGORIES = {
    INVALID: "pointset.point.invalid",
    FAILURE: "pointset.point.failure",
    OVERRIDDEN: "pointset.point.overridden",
}
_ERROR = (
    StatusLevel.ERROR
)  # UDMI 1.5, categories and entries: a failure is of level ERROR, a point that is held of WARNING
LEVELS = {INVALID: 500, FAILURE: 500, OVERRIDDEN: 400}

errors = each(("label", "error"), [("read_only", INVALID), ("faulty", FAILURE), ("overridden", OVERRIDDEN)])


@covers("status.error-states-explain-themselves")
@each("label", ["read_only", "faulty", "overridden"])
def test_error_state_carries_a_status(many_points: Episode, label: str) -> None:
    many_points.write(label).in_error().explains_itself()


@covers("status.error-states-explain-themselves")
def test_write_that_never_settles_explains_its_failure(many_points: Episode) -> None:
    many_points.write("stuck").in_error().explains_itself()


@covers("status.error-states-explain-themselves")
@each("label", ["stale", "beside"])
def test_stale_write_carries_a_status(stale_write: Episode, label: str) -> None:
    stale_write.write(label).in_error().explains_itself()


@covers("status.error-states-explain-themselves")
@each("label", ["out of range", "wrong type"])
def test_unfit_value_carries_a_status(refused_values: Episode, label: str) -> None:
    refused_values.write(label).in_error().explains_itself()


@covers("status.error-states-explain-themselves")
@each("label", ["missing", "equal", "before"])
def test_refused_expiry_carries_a_status(bad_expiries: Episode, label: str) -> None:
    bad_expiries.write(label).refusal().explains_itself()


@covers("status.applied-is-no-error")
def test_applied_write_carries_no_error(plain_write: Episode) -> None:
    plain_write.write("first").is_no_error(from_level=_ERROR)


@covers("status.applied-is-no-error")
def test_write_that_was_applied_slowly_carries_no_error(write_before_telemetry: Episode) -> None:
    write_before_telemetry.write("late").is_no_error(from_level=_ERROR)


@covers("status.category-fits-value-state")
def test_category_at_an_applied_write_is_that_of_no_error(plain_write: Episode) -> None:
    plain_write.write("first").has_no_category_of(tuple(CATEGORIES.values()))


@covers("status.category-fits-value-state")
@errors
def test_category_of_a_status_fits_the_value_state(many_points: Episode, label: str, error: ValueState) -> None:
    many_points.write(label).in_error(error).has_category(CATEGORIES[error])


@covers("status.category-fits-value-state")
def test_category_of_a_stale_write_is_that_of_an_invalid_one(stale_write: Episode) -> None:
    stale_write.write("stale").refusal().has_category(CATEGORIES[INVALID])


@covers("status.category-fits-value-state")
@each("label", ["out of range", "wrong type"])
def test_category_of_an_unfit_value_is_that_of_an_invalid_one(refused_values: Episode, label: str) -> None:
    refused_values.write(label).refusal().has_category(CATEGORIES[INVALID])


@covers("status.level-fits-category")
def test_level_of_a_stale_write_is_the_normal_one(stale_write: Episode) -> None:
    stale_write.write("stale").refusal().has_level(LEVELS[INVALID])


@covers("status.level-fits-category")
@each("label", ["out of range", "wrong type"])
def test_level_of_an_unfit_value_is_the_normal_one(refused_values: Episode, label: str) -> None:
    refused_values.write(label).refusal().has_level(LEVELS[INVALID])


@covers("status.level-fits-category")
@errors
def test_level_of_a_status_is_the_normal_one(many_points: Episode, label: str, error: ValueState) -> None:
    many_points.write(label).in_error(error).has_level(LEVELS[error])
