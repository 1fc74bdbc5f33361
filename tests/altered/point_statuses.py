"""Points in an error state that explain themselves badly, or too long, or not long enough."""

from collections.abc import Callable, Iterator, Sequence

from tests.altered.alteration import Alter, Alteration, Amounts, Effect
from tests.altered.edits import GONE, point_says, reports, status_says
from tests.altered.take import Edit, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_ERRORS = ("invalid", "failure", "overridden")
_EXPLAINED, _CATEGORY, _LEVEL = (
    "status.error-states-explain-themselves",
    "status.category-fits-value-state",
    "status.level-fits-category",
)
_LINE, _NAMES, _RANGE, _CLEARS = (
    "status.message-is-one-line",
    "status.message-names-its-point",
    "status.level-in-range",
    "status.recovery-clears-status",
)
Says = Callable[[str], Edit]


def _each(says: Sequence[Edit | Says]) -> Amounts:
    """Every one of them."""
    return Amounts(tuple(map(float, range(len(says)))))


def _in_error(label: str, *words: str) -> Callable[[Take], list[int]]:
    return lambda take: reports(take, label, *(words or _ERRORS))


def _first(label: str, says: Sequence[Says], *words: str) -> Alter:
    """The first report of the error says it, in one of these ways."""

    def alter(take: Take, amount: float) -> Take:
        return take.edit(_in_error(label, *words)(take)[:1], says[int(amount)](take.write(label).point))

    return alter


def _status(**fields: object) -> Says:
    return lambda point: status_says(point, **fields)


def _no_status(point: str) -> Edit:
    return point_says(point, status=GONE)


_INCOMPLETE: Sequence[Says] = (_no_status, lambda point: point_says(point, status="bad"))
_WRONG_CATEGORY: Sequence[Says] = (
    _status(category="pointset.point.applied"),
    _status(category="device.trouble"),
    _status(category="pointset.point."),
    _status(category=7),
)
_WRONG_LEVEL: Sequence[Says] = tuple(_status(level=level) for level in (399, 401, 499, 501, 300, 600))


def _explained() -> Iterator[Alteration]:
    beside = frozenset({_LINE, _NAMES, _RANGE, _CLEARS, _CATEGORY})
    for judgement, scenario, label in (
        *(
            (f"test_error_state_carries_a_status[{label}]", "many_points", label)
            for label in ("read_only", "faulty", "overridden")
        ),
        ("test_write_that_never_settles_explains_its_failure", "many_points", "stuck"),
        *((f"test_stale_write_carries_a_status[{label}]", "stale_write", label) for label in ("stale", "beside")),
        *(
            (f"test_unfit_value_carries_a_status[{label}]", "refused_values", label)
            for label in ("out of range", "wrong type")
        ),
        *(
            (f"test_refused_expiry_carries_a_status[{label}]", "bad_expiries", label)
            for label in ("missing", "equal", "before")
        ),
    ):
        yield Alteration(
            "explains itself badly",
            judgement,
            scenario,
            _BREAKS,
            _first(label, _INCOMPLETE),
            _each(_INCOMPLETE),
            beside | {_LEVEL},
        )


def _of_each_error() -> Iterator[Alteration]:
    for label, error in (("read_only", "invalid"), ("faulty", "failure"), ("overridden", "overridden")):
        category, level = (
            f"test_category_of_a_status_fits_the_value_state[{label}-{error}]",
            f"test_level_of_a_status_is_the_normal_one[{label}-{error}]",
        )
        yield Alteration(
            "another category",
            category,
            "many_points",
            _BREAKS,
            _first(label, _WRONG_CATEGORY, error),
            _each(_WRONG_CATEGORY),
            frozenset({_EXPLAINED, _LEVEL}),
        )
        yield Alteration(
            "another level", level, "many_points", _BREAKS, _first(label, _WRONG_LEVEL, error), _each(_WRONG_LEVEL)
        )


def _of_what_is_invalid() -> Iterator[Alteration]:
    for scenario, label, judgement in (
        ("stale_write", "stale", "a_stale_write"),
        ("refused_values", "out of range", "an_unfit_value"),
        ("refused_values", "wrong type", "an_unfit_value"),
    ):
        which = "" if scenario == "stale_write" else f"[{label}]"
        is_normal = f"test_level_of_{judgement}_is_the_normal_one{which}"
        fits = f"test_category_of_{judgement}_is_that_of_an_invalid_one{which}"
        yield Alteration(
            "another category",
            fits,
            scenario,
            _BREAKS,
            _first(label, _WRONG_CATEGORY),
            _each(_WRONG_CATEGORY),
            frozenset({_EXPLAINED, _LEVEL}),
        )
        yield Alteration(
            "another level", is_normal, scenario, _BREAKS, _first(label, _WRONG_LEVEL), _each(_WRONG_LEVEL)
        )


def _unknown(*says: Says) -> Alter:
    """A message about a point that nobody asked about: no other clause is concerned."""
    return lambda take, amount: take.edit(take.states()[-1:], says[int(amount)]("no_such_point"))


def _all_statuses() -> Iterator[Alteration]:
    for name, judgement, right, wrong in (
        (
            "levels",
            "test_levels_of_entries_are_between_100_and_800",
            [_status(level=level) for level in (100, 800, 101, 799, 200.0)],
            [_status(level=level) for level in (99, 801, 0, -500, 10**9, 100.5, "500", True)],
        ),
        (
            "lines",
            "test_messages_of_statuses_are_one_line",
            [
                _status(message=f"Point no_such_point {words}")
                for words in ("x" * 900, "is\tnot known", "ist nicht bekannt: ü")
            ],
            [_status(message=f"Point no_such_point is{end}unknown") for end in ("\n", "\r\n", "\r", "\u2028", "\x0b")],
        ),
        (
            "names",
            "test_messages_of_statuses_begin_with_their_points",
            [_status(message=f"Point no_such_point{rest}") for rest in ("", ":", " is not known", ". Who is it?")],
            [
                _status(message=message)
                for message in (
                    "no_such_point is unknown",
                    "Point no_such_points is unknown",
                    "Point no_such_point_2",
                    "point no_such_point is",
                    "Point  no_such_point",
                    "Point",
                )
            ],
        ),
    ):
        level = frozenset({_LEVEL})
        yield Alteration(f"good {name}", judgement, "many_points", _KEEPS, _unknown(*right), _each(right), level)
        yield Alteration(f"bad {name}", judgement, "many_points", _BREAKS, _unknown(*wrong), _each(wrong), level)
    empty = [_status(message=message) for message in ("", " ", "Point no_such_point\n")]
    line = "test_messages_of_statuses_are_one_line"
    yield Alteration("no line", line, "many_points", _BREAKS, _unknown(*empty), _each(empty), frozenset({_NAMES}))


def _loses_it(label: str) -> Alter:
    """The second time in a row that the error is reported, nothing explains it."""

    def alter(take: Take, _amount: float) -> Take | None:
        errors = _in_error(label)(take)
        return take.edit(errors[1:2], _no_status(take.write(label).point)) if len(errors) > 1 else None

    return alter


def _sticking() -> Iterator[Alteration]:
    for judgement, scenario, label in (
        ("test_status_is_still_there_after_the_next_config", "refused_values", "out of range"),
        *(
            (f"test_status_is_still_there_when_something_else_is_reported[{label}]", "many_points", label)
            for label in ("read_only", "overridden", "faulty")
        ),
    ):
        yield Alteration("loses its status", judgement, scenario, _BREAKS, _loses_it(label))


def _never_clears(take: Take, _amount: float) -> Take:
    """Applied again, the point goes on explaining its error, as long as anybody would wait."""
    point = take.write("good again").point
    error = take.message(reports(take, "out of range", "invalid")[0])["pointset"]["points"][point]["status"]
    applied = reports(take, "good again", "applied")
    return take.edit(applied, point_says(point, status=error)).pause(take.close, 22 + 2 * take.allowance)


def _recovering() -> Iterator[Alteration]:
    judgement = "test_good_write_after_a_refused_one_has_no_status"
    yield Alteration("its status stays", judgement, "refused_values", _BREAKS, _never_clears)


_APPLIED = (("plain_write", "first"), ("write_before_telemetry", "late"))


def _while_applied(label: str, **fields: object) -> Alter:
    """The first report that it is applied carries a status of these fields."""
    status = {"message": "It did not answer", "timestamp": "2026-01-01T00:00:00Z", **fields}
    return lambda take, _amount: take.edit(
        reports(take, label, "applied")[:1], point_says(take.write(label).point, status=status)
    )


def _applied() -> Iterator[Alteration]:
    for scenario, label in _APPLIED:
        slowly = scenario != "plain_write"
        fast = "test_applied_write_carries_no_error"
        judgement = "test_write_that_was_applied_slowly_carries_no_error" if slowly else fast
        for name, effect, level in (("an error", _BREAKS, 500), ("a warning", _KEEPS, 499)):
            says = _while_applied(label, category="device.trouble", level=level)
            yield Alteration(f"{name} while {label} is applied", judgement, scenario, effect, says)
        if not slowly:
            category = "test_category_at_an_applied_write_is_that_of_no_error"
            says = _while_applied(label, category="pointset.point.failure", level=400)
            yield Alteration(f"failure while {label} is applied", category, scenario, _BREAKS, says)


POINT_STATUSES: Sequence[Alteration] = (
    *_applied(),
    *_explained(),
    *_of_each_error(),
    *_of_what_is_invalid(),
    *_all_statuses(),
    *_sticking(),
    *_recovering(),
)
