"""Every limit in time that the suites hold a device to, as this table understands it: the figures stand here anew."""

from collections.abc import Sequence

from tests.altered.alteration import Alteration
from tests.altered.deadlines import Deadline, config_sent, pausing
from tests.altered.edits import ABSENT, provoked
from tests.altered.limits_of_writes import (
    ANSWERED,
    FIVE,
    LOCAL,
    NAMED,
    UPDATING,
    answer,
    becomes,
    expires,
    first_word,
    flagged,
    once_provoked,
    provocation,
    soft,
    units,
)
from tests.altered.minute import held, reported

_DEADLINES = (
    Deadline(
        "test_config_that_changes_nothing_is_answered",
        "idle_configs",
        config_sent("idle"),
        pausing(answer("idle")),
        20,
        along=frozenset({FIVE}),
        beyond=frozenset({NAMED}),
    ),
    Deadline(
        "test_config_that_changes_nothing_is_answered_within_5_s",
        "idle_configs",
        config_sent("idle"),
        pausing(answer("idle")),
        5,
        beyond=frozenset({ANSWERED, NAMED}),
    ),
    Deadline(
        "test_last_config_is_the_timestamp_of_a_config_that_changes_nothing",
        "idle_configs",
        config_sent("idle"),
        pausing(answer("idle")),
        20,
        along=frozenset({FIVE}),
        beyond=frozenset({ANSWERED}),
    ),
    Deadline(
        "test_last_config_of_a_burst_is_answered",
        "idle_configs",
        config_sent("burst 5"),
        pausing(answer("burst 5")),
        20,
    ),
    Deadline(
        "test_write_is_answered_within_5_s",
        "plain_write",
        config_sent("write"),
        pausing(answer("write")),
        5,
        along=frozenset({UPDATING}),
        beyond=frozenset({NAMED, "writeback.applied"}),
    ),
    Deadline(
        "test_last_config_is_the_timestamp_of_the_config",
        "plain_write",
        config_sent("write"),
        pausing(answer("write")),
        20,
        along=frozenset({FIVE, "writeback.applied", UPDATING}),
        hides=frozenset(
            {"writeback.new-value-supersedes", "writeback.points-are-independent", "writeback.absent-without-set-value"}
        ),
    ),
    Deadline(
        "test_config_with_a_bad_write_is_taken_up",
        "refused_values",
        config_sent("write beyond"),
        pausing(answer("write beyond")),
        5,
        slack=10,
    ),
    Deadline(
        "test_config_with_many_bad_writes_is_taken_up",
        "many_points",
        config_sent("write"),
        soft("write"),
        5,
        beyond=frozenset({"writeback.updating-in-time"}),  # states speak of a config once one has named it
        slack=15,
    ),
    Deadline(
        "test_flag_is_gone_once_the_write_has_settled",
        "write_before_telemetry",
        lambda take: take.time(reported("late", "applied")(take)) - take.allowance,
        flagged,
        20,
    ),
    Deadline(
        "test_change_of_units_is_reported_without_a_config",
        "changed_units",
        provocation("units changed"),
        pausing(units),
        20,
        1,
    ),
    *(
        once_provoked(
            f"test_local_change_is_reported_without_a_config[{label}-{stimulus}]", label, stimulus, word, beyond={also}
        )
        for label, stimulus, word, also in (
            ("overridden", "let go", "applied", "writeback.never-gives-up"),
            ("overridden", "taken again", "overridden", "writeback.held-point-is-overridden"),
            ("faulty", "mended", "applied", "writeback.never-gives-up"),
        )
    ),
    becomes("test_write_of_a_good_value_is_applied", "plain_write", "first", "applied", along={FIVE}, beyond={NAMED}),
    becomes("test_unsettled_write_is_a_failure_after_a_minute", "many_points", "stuck", "failure", 65),
    becomes(
        "test_time_to_failure_is_written_down",
        "many_points",
        "stuck",
        "failure",
        65,
        beyond={"writeback.failure-after-a-minute"},
    ),
    Deadline(
        "test_unsettled_write_is_updating_in_time",
        "many_points",
        config_sent("stuck"),
        held("stuck", "updating"),
        5,
        slack=20,
    ),
    *(
        Deadline(
            f"test_write_that_takes_its_time_is_updating_in_time[{label}]",
            "plain_write",
            config_sent(label),
            pausing(reported(label, "applied")),
            5,
            beyond=frozenset({FIVE, NAMED, ANSWERED}),
            slack=10,
        )
        for label in ("first", "second")
    ),
    first_word("test_write_to_a_held_point_is_overridden", "overridden", "overridden"),
    first_word("test_write_to_a_read_only_point_is_invalid", "read_only", "invalid"),
    first_word("test_write_to_a_faulty_point_is_a_failure", "faulty", "failure"),
    first_word("test_good_write_beside_bad_ones_is_applied", "writable", "applied"),
    once_provoked(
        "test_point_that_is_taken_during_a_write_is_overridden",
        "overridden",
        "taken again",
        "overridden",
        beyond={LOCAL},
    ),
    once_provoked("test_point_that_breaks_during_a_write_is_a_failure", "faulty", "broken again", "failure"),
    once_provoked(
        "test_overridden_write_is_applied_once_the_point_is_let_go", "overridden", "let go", "applied", beyond={LOCAL}
    ),
    once_provoked("test_failed_write_is_applied_once_the_fault_is_gone", "faulty", "mended", "applied", beyond={LOCAL}),
    Deadline(
        "test_write_that_failed_after_a_minute_is_applied_once_it_can_settle",
        "many_points",
        provocation("loosened"),
        pausing(reported("stuck", "applied", lambda take: provoked(take, "loosened"))),
        20,
        1,
    ),
    *(
        once_provoked(f"test_recovered_point_has_no_status[{label}-{stimulus}]", label, stimulus, "applied", "status")
        for label, stimulus in (("overridden", "let go"), ("faulty", "mended"), ("stuck", "loosened"))
    ),
    *(
        becomes(
            f"test_value_that_the_point_cannot_take_is_invalid[{label}]",
            "refused_values",
            label,
            "invalid",
            along={"config.soft-error-acknowledges"},
        )
        for label in ("out of range", "wrong type")
    ),
    becomes(
        "test_write_with_the_latest_etag_is_accepted",
        "plain_write",
        "second",
        "applied",
        beyond={"writeback.new-value-supersedes"},
    ),
    becomes(
        "test_new_value_supersedes_an_applied_one",
        "plain_write",
        "second",
        "applied",
        beyond={"etag.fresh-is-accepted"},
    ),
    becomes("test_released_point_has_no_value_state", "plain_write", "released", ABSENT),
    *(
        becomes(f"test_every_write_of_a_stale_config_is_invalid[{label}]", "stale_write", label, "invalid")
        for label in ("stale", "beside")
    ),
    becomes("test_write_on_the_latest_state_is_applied_after_a_rejected_one", "stale_write", "again", "applied"),
    becomes("test_write_that_does_not_heed_a_change_of_units_is_invalid", "changed_units", "heedless", "invalid"),
    becomes("test_write_is_taken_in_the_units_that_the_device_reports", "changed_units", "in new units", "applied"),
    becomes("test_write_without_expiry_is_invalid", "bad_expiries", "missing", "invalid"),
    *(
        becomes(
            f"test_write_that_expires_no_later_than_its_config_is_invalid[{label}]", "bad_expiries", label, "invalid"
        )
        for label in ("equal", "before")
    ),
    expires("test_sooner_expiry_replaces_the_later_one", "first"),
    expires("test_expired_write_has_no_value_state", "first"),
    expires("test_second_write_of_the_config_expires_with_the_first", "second"),
    expires("test_write_that_expires_on_its_way_is_over", "stuck"),
    becomes("test_new_value_supersedes_a_pending_one", "superseded_write", "new", "applied", 65),
    becomes("test_write_that_the_new_config_lacks_is_over", "abandoned_write", "dropped", ABSENT),
)
LIMITS: Sequence[Alteration] = tuple(row for deadline in _DEADLINES for row in deadline.rows())
