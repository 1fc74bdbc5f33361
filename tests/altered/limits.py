"""Every limit in time that the suites hold a device to, as this table understands it: the figures stand here anew."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.altered.alteration import Alteration
from tests.altered.deadlines import Deadline, Key, Late, Moment, config_sent, pausing
from tests.altered.edits import ABSENT, naming, provoked
from tests.altered.holding import holding
from tests.altered.minute import held, reported, roomy
from tests.altered.take import Message, Take

_FIVE, _NAMED, _ANSWERED = "config.is-answered-in-5-s", "config.last-config-is-its-timestamp", "config.is-answered"
_LOCAL, _SHOWN = "config.unsolicited-state", "writeback.telemetry-follows"
_ENDS, _ENDS_ALL, _SOONER = "expiry.ends-the-write", "expiry.ends-every-write", "expiry.replaces-earlier"


def _provocation(label: str) -> Moment:
    return lambda take: take.time(provoked(take, label))


def _answer(label: str) -> Key:
    return lambda take: naming(take, label)


def _units(take: Take) -> int:
    return take.states(provoked(take, "units changed"))[0]


def _becomes(
    judgement: str,
    scenario: str,
    label: str,
    word: str | None,
    limit: float = 20,
    *,
    along: Iterable[str] = (),
    beyond: Iterable[str] = (),
) -> Deadline:
    """The write's own config is what time is measured from."""
    found = pausing(reported(label, word))
    return Deadline(judgement, scenario, config_sent(label), found, limit, 2, frozenset(along), frozenset(beyond))


def _expires(judgement: str, label: str) -> Deadline:
    """All writes of the config are told of in one state, so they are late together."""
    found = reported(label, ABSENT, lambda take: take.write(label).expiry.place)
    beyond = frozenset({_ENDS, _ENDS_ALL, _SOONER})
    return Deadline(
        judgement,
        "expiring_writes",
        lambda take: take.write(label).expiry.earliest,
        pausing(found),
        5,
        1,
        beyond=beyond,
    )


def _first_word(judgement: str, label: str, word: str) -> Deadline:
    """The first that is said of one of many points."""
    return Deadline(judgement, "many_points", config_sent(label), held(label, word), 20, slack=1.5)


def _once_provoked(
    judgement: str, label: str, act: str, word: str, *fields: str, beyond: Iterable[str] = ()
) -> Deadline:
    """What is said of one of many points after something happened to it."""

    def since(take: Take) -> float:
        return roomy(take).time(provoked(take, act))

    late = held(label, word, *fields, after=act)
    hides = frozenset({_SHOWN})  # there is hardly time for telemetry then
    return Deadline(judgement, "many_points", since, late, 20, 1, beyond=frozenset(beyond), hides=hides, slack=0.5)


def _soft(label: str) -> Late:
    """The timestamp of the config is named late, and nothing else is late."""

    def system(message: Message) -> dict[str, Any]:
        block: dict[str, Any] = message["system"]
        return block

    return holding(_answer(label), system, "last_config")


def _flagged(take: Take, moment: float) -> Take | None:
    """The device says on and on that it is updating, though the write has settled."""

    def operation(message: Message) -> dict[str, Any]:
        block: dict[str, Any] = message["system"]["operation"]
        return block

    settled = reported("late", "applied")
    return holding(settled, operation, "mode", room=lambda take: take.pause(take.close, 60))(take, moment)


_DEADLINES = (
    Deadline(
        "test_config_that_changes_nothing_is_answered",
        "idle_configs",
        config_sent("idle"),
        pausing(_answer("idle")),
        20,
        along=frozenset({_FIVE}),
        beyond=frozenset({_NAMED}),
    ),
    Deadline(
        "test_config_that_changes_nothing_is_answered_within_5_s",
        "idle_configs",
        config_sent("idle"),
        pausing(_answer("idle")),
        5,
        beyond=frozenset({_ANSWERED, _NAMED}),
    ),
    Deadline(
        "test_last_config_is_the_timestamp_of_a_config_that_changes_nothing",
        "idle_configs",
        config_sent("idle"),
        pausing(_answer("idle")),
        20,
        along=frozenset({_FIVE}),
        beyond=frozenset({_ANSWERED}),
    ),
    Deadline(
        "test_last_config_of_a_burst_is_answered",
        "idle_configs",
        config_sent("burst 5"),
        pausing(_answer("burst 5")),
        20,
    ),
    Deadline(
        "test_write_is_answered_within_5_s",
        "plain_write",
        config_sent("write"),
        pausing(_answer("write")),
        5,
        beyond=frozenset({_NAMED, "writeback.applied"}),
    ),
    Deadline(
        "test_last_config_is_the_timestamp_of_the_config",
        "plain_write",
        config_sent("write"),
        pausing(_answer("write")),
        20,
        along=frozenset({_FIVE, "writeback.applied"}),
        hides=frozenset(
            {"writeback.new-value-supersedes", "writeback.points-are-independent", "writeback.absent-without-set-value"}
        ),
    ),
    Deadline(
        "test_config_with_a_bad_write_is_taken_up",
        "refused_values",
        config_sent("write beyond"),
        pausing(_answer("write beyond")),
        5,
        slack=10,
    ),
    Deadline(
        "test_config_with_many_bad_writes_is_taken_up",
        "many_points",
        config_sent("write"),
        _soft("write"),
        5,
        beyond=frozenset({"writeback.updating-in-time"}),  # states speak of a config once one has named it
        slack=15,
    ),
    Deadline(
        "test_flag_is_gone_once_the_write_has_settled",
        "write_before_telemetry",
        lambda take: take.time(reported("late", "applied")(take)) - take.allowance,
        _flagged,
        20,
    ),
    Deadline(
        "test_change_of_units_is_reported_without_a_config",
        "changed_units",
        _provocation("units changed"),
        pausing(_units),
        20,
        1,
    ),
    *(
        _once_provoked(
            f"test_local_change_is_reported_without_a_config[{label}-{act}]", label, act, word, beyond={also}
        )
        for label, act, word, also in (
            ("overridden", "let go", "applied", "writeback.never-gives-up"),
            ("overridden", "taken again", "overridden", "writeback.held-point-is-overridden"),
            ("faulty", "mended", "applied", "writeback.never-gives-up"),
        )
    ),
    _becomes(
        "test_write_of_a_good_value_is_applied", "plain_write", "first", "applied", along={_FIVE}, beyond={_NAMED}
    ),
    _becomes("test_unsettled_write_is_a_failure_after_a_minute", "many_points", "stuck", "failure", 65),
    _becomes(
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
    _first_word("test_write_to_a_held_point_is_overridden", "overridden", "overridden"),
    _first_word("test_write_to_a_read_only_point_is_invalid", "read_only", "invalid"),
    _first_word("test_write_to_a_faulty_point_is_a_failure", "faulty", "failure"),
    _first_word("test_good_write_beside_bad_ones_is_applied", "writable", "applied"),
    _once_provoked(
        "test_point_that_is_taken_during_a_write_is_overridden",
        "overridden",
        "taken again",
        "overridden",
        beyond={_LOCAL},
    ),
    _once_provoked("test_point_that_breaks_during_a_write_is_a_failure", "faulty", "broken again", "failure"),
    _once_provoked(
        "test_overridden_write_is_applied_once_the_point_is_let_go", "overridden", "let go", "applied", beyond={_LOCAL}
    ),
    _once_provoked(
        "test_failed_write_is_applied_once_the_fault_is_gone", "faulty", "mended", "applied", beyond={_LOCAL}
    ),
    Deadline(
        "test_write_that_failed_after_a_minute_is_applied_once_it_can_settle",
        "many_points",
        _provocation("loosened"),
        pausing(reported("stuck", "applied", lambda take: provoked(take, "loosened"))),
        20,
        1,
    ),
    *(
        _once_provoked(f"test_recovered_point_has_no_status[{label}-{act}]", label, act, "applied", "status")
        for label, act in (("overridden", "let go"), ("faulty", "mended"), ("stuck", "loosened"))
    ),
    *(
        _becomes(
            f"test_value_that_the_point_cannot_take_is_invalid[{label}]",
            "refused_values",
            label,
            "invalid",
            along={"config.soft-error-acknowledges"},
        )
        for label in ("out of range", "wrong type")
    ),
    _becomes(
        "test_write_with_the_latest_etag_is_accepted",
        "plain_write",
        "second",
        "applied",
        beyond={"writeback.new-value-supersedes"},
    ),
    _becomes(
        "test_new_value_supersedes_an_applied_one",
        "plain_write",
        "second",
        "applied",
        beyond={"etag.fresh-is-accepted"},
    ),
    _becomes("test_released_point_has_no_value_state", "plain_write", "released", ABSENT),
    *(
        _becomes(f"test_every_write_of_a_stale_config_is_invalid[{label}]", "stale_write", label, "invalid")
        for label in ("stale", "beside")
    ),
    _becomes("test_write_on_the_latest_state_is_applied_after_a_rejected_one", "stale_write", "again", "applied"),
    _becomes("test_write_that_does_not_heed_a_change_of_units_is_invalid", "changed_units", "heedless", "invalid"),
    _becomes("test_write_is_taken_in_the_units_that_the_device_reports", "changed_units", "in new units", "applied"),
    _becomes("test_write_without_expiry_is_invalid", "bad_expiries", "missing", "invalid"),
    *(
        _becomes(
            f"test_write_that_expires_no_later_than_its_config_is_invalid[{label}]", "bad_expiries", label, "invalid"
        )
        for label in ("equal", "before")
    ),
    _expires("test_sooner_expiry_replaces_the_later_one", "first"),
    _expires("test_expired_write_has_no_value_state", "first"),
    _expires("test_second_write_of_the_config_expires_with_the_first", "second"),
    _expires("test_write_that_expires_on_its_way_is_over", "stuck"),
    _becomes("test_new_value_supersedes_a_pending_one", "superseded_write", "new", "applied", 65),
    _becomes("test_write_that_the_new_config_lacks_is_over", "abandoned_write", "dropped", ABSENT),
)
LIMITS: Sequence[Alteration] = tuple(row for deadline in _DEADLINES for row in deadline.rows())
