"""Telemetry that shows what it must not, or not what it must."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from harness.payload.timestamps import rfc3339
from harness.record.kinds import Received
from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.edits import ABSENT, chosen, provoked, reports, shows, span
from tests.altered.take import Message, Take, replaced

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_NEW, _ABANDONED, _FOLLOWS = (
    "writeback.new-value-supersedes",
    "config.new-config-abandons-old",
    "writeback.telemetry-follows",
)
_UNITS, _RESTORED = "writeback.value-in-current-units", "writeback.release-restores-value"
_REFUSED, EARLY = "writeback.refused-value-is-not-shown", "writeback.not-shown-before-applied"
_STALE, _OUTDATED, _LATE = (
    "etag.stale-writes-nothing",
    "etag.local-change-outdates",
    "expiry.already-past-changes-nothing",
)
_QUOTED = "pointset.numbers-are-numbers"


def _is_shown_in(label: str, until: str | None = None, of: str | None = None) -> Alter:
    """A telemetry that surely left after the config had come shows the value; up to a provocation, if there is one."""

    def alter(take: Take, amount: float) -> Take | None:
        start, end = span(take, label)
        end = provoked(take, until) if until else end
        surely = take.time(start) + 2 * take.allowance
        keys = [
            key
            for key in take.telemetry(start, end)
            if take.time(key) >= surely and key > take.write(label).stimulus.settled
        ]
        write = take.write(of or label)
        return take.edit(chosen(keys, amount), shows(write.point, write.value)) if keys else None

    return alter


def _shows_otherwise(
    label: str, word: str | None, other: Callable[[object], object], after: str | None = None
) -> Alter:
    """The first telemetry after the report shows something else."""

    def alter(take: Take, _amount: float) -> Take | None:
        since = provoked(take, after) if after else -1
        report = next(key for key in reports(take, label, word) if key > since)
        shown, write = take.telemetry(report, span(take, label)[1]), take.write(label)
        return take.edit(shown[:1], shows(write.point, other(write.value))) if shown else None

    return alter


def _shows_still(label: str, word: str | None, value_of: str) -> Alter:
    """A telemetry after the report shows a value of before."""

    def alter(take: Take, amount: float) -> Take | None:
        report = (
            [key for key in reports(take, label, word) if key > take.write(label).expiry.place]
            if label == value_of
            else reports(take, label, word)
        )
        write = take.write(value_of)
        shown = take.telemetry(report[0], span(take, label)[1])
        return take.edit(chosen(shown, amount), shows(write.point, write.value)) if shown else None

    return alter


def _shows_after_its_time(label: str, brief: str) -> Alter:
    """Five seconds after the time of the one write was up, telemetry no longer shows the other."""

    def alter(take: Take, _amount: float) -> Take | None:
        due = take.write(brief).past_expiry(5).earliest
        shown = [key for key in take.telemetry(span(take, label)[0]) if take.time(key) - take.allowance >= due]
        return take.edit(shown[:1], shows(take.write(label).point, 20.0)) if shown else None

    return alter


def ahead_of_applied(take: Take, seconds: float) -> Take | None:
    """Telemetry shows the value so many seconds before the state that it is applied could tell."""
    write, stimulus = take.write("late"), span(take, "late")[0]
    found, updating = reports(take, "late", "applied")[0], reports(take, "late", "updating")[0]
    shown = take.telemetry(updating, found)
    take = take.pause(found, 20)
    moment = take.time(found) - 1 - take.allowance - seconds
    behind = next(key for key, _ in reversed(take.entries) if key < found)
    if moment < take.time(behind) or not shown:
        return None
    record = take.record(shown[-1])
    assert isinstance(record, Received)
    message: Message = take.message(shown[-1])
    message["timestamp"] = rfc3339(round(moment, 3))
    message["points"][write.point]["present_value"] = write.value
    assert stimulus < found
    return take.insert(behind, replace(replaced(record, message), time=round(moment, 6)))


def _row(
    name: str,
    judgement: str,
    scenario: str,
    alter: Alter,
    *also: str,
    effect: Effect = _BREAKS,
    amounts: Amounts = ANYWHERE,
) -> Alteration:
    return Alteration(name, judgement, scenario, effect, alter, amounts, frozenset(also))


def _as_float(value: object) -> object:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


_OTHERS: Sequence[tuple[str, Callable[[object], object]]] = (
    ("another value", lambda value: value + 1 if isinstance(value, float) else f"not {value}"),
    ("nothing", lambda _value: None),
    ("text", lambda value: f"{value} "),
    ("truth as a number", lambda value: int(value) if isinstance(value, bool) else "1"),
)


def _follows() -> Iterator[Alteration]:
    for name, other in _OTHERS:
        for label, also in (("first", ()), ("second", (_NEW,))):
            judged = f"test_telemetry_shows_an_applied_value[{label}]"
            yield _row(
                f"shows {name}", judged, "plain_write", _shows_otherwise(label, "applied", other), _QUOTED, *also
            )
        slow = "test_telemetry_shows_a_value_that_settled_slowly"
        yield _row(f"shows {name}", slow, "write_before_telemetry", _shows_otherwise("late", "applied", other))
        for label, stimulus, until in (("overridden", "let go", "taken again"), ("faulty", "mended", "broken again")):
            judged = f"test_telemetry_shows_a_value_whose_obstacle_is_gone[{label}-{until}]"
            yield _row(f"shows {name}", judged, "many_points", _shows_otherwise(label, "applied", other, stimulus))
        for judged, scenario, label in (
            ("test_write_is_taken_in_the_units_that_the_device_reports", "changed_units", "in new units"),
            ("test_new_value_supersedes_a_pending_one", "superseded_write", "new"),
        ):
            yield _row(f"shows {name}", judged, scenario, _shows_otherwise(label, "applied", other))
        superseding = "test_new_value_supersedes_an_applied_one"
        second = _shows_otherwise("second", "applied", other)
        yield _row(f"shows {name}", superseding, "plain_write", second, _FOLLOWS, _QUOTED)


def _must_not_show() -> Iterator[Alteration]:
    for judged, scenario, label, until in (
        ("test_refused_value_is_not_shown_for_a_read_only_point", "many_points", "read_only", None),
        ("test_refused_value_is_not_shown_for_a_value_out_of_range", "refused_values", "out of range", None),
        (
            "test_refused_value_is_not_shown_until_the_obstacle_is_gone[overridden-overridden-let go]",
            "many_points",
            "overridden",
            "let go",
        ),
        (
            "test_refused_value_is_not_shown_until_the_obstacle_is_gone[faulty-failure-mended]",
            "many_points",
            "faulty",
            "mended",
        ),
        ("test_write_that_never_settles_is_not_shown", "many_points", "stuck", "loosened"),
        ("test_value_of_a_stale_config_is_never_shown[stale]", "stale_write", "stale", None),
        ("test_value_of_a_stale_config_is_never_shown[beside]", "stale_write", "beside", None),
        ("test_value_that_does_not_heed_a_change_of_units_is_never_shown", "changed_units", "heedless", None),
        ("test_write_that_comes_too_late_is_never_shown[late]", "past_expiry", "late", None),
        ("test_write_that_comes_too_late_is_never_shown[beside]", "past_expiry", "beside", None),
        ("test_misspelt_set_value_is_not_written", "odd_fields", "misspelt", None),
    ):
        yield _row("shows it all the same", judged, scenario, _is_shown_in(label, until))


def _must_not_show_any_more() -> Iterator[Alteration]:
    for judged, scenario, label, old in (
        ("test_superseded_value_never_appears", "superseded_write", "new", "old"),
        ("test_abandoned_value_never_appears", "abandoned_write", "dropped", "pending"),
    ):
        yield _row("shows the old value", judged, scenario, _is_shown_in(label, of=old), _NEW)
    released = "test_released_point_shows_its_own_value"
    yield _row("shows the value still", released, "plain_write", _shows_still("released", ABSENT, "second"))
    expired = "test_expired_value_is_no_longer_shown"
    yield _row("shows the value still", expired, "expiring_writes", _shows_still("first", ABSENT, "first"))
    for judged, scenario, label, brief in (
        ("test_later_expiry_replaces_the_earlier_one", "replaced_expiry", "lasting", "brief"),
        ("test_expiry_of_a_released_write_does_not_end_a_later_one", "released_before_expiry", "later", "write"),
    ):
        yield _row("no longer shows it", judged, scenario, _shows_after_its_time(label, brief))


def _must_not_show_yet() -> Iterator[Alteration]:
    early, scenario = "test_unsettled_write_is_not_shown", "write_before_telemetry"
    hardly, well = Amounts((0.0,), st.floats(-1, 0)), Amounts((HAIR, 3.0), st.floats(HAIR, 3))
    yield _row("a second ahead at most", early, scenario, ahead_of_applied, effect=_KEEPS, amounts=hardly)
    yield _row("more than a second ahead", early, scenario, ahead_of_applied, amounts=well)


TELEMETRIES: Sequence[Alteration] = (
    *_follows(),
    *_must_not_show(),
    *_must_not_show_any_more(),
    *_must_not_show_yet(),
)
