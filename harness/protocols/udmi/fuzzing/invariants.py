"""Invariants of every message, whatever happened before: a table of questions, each with its requirement."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from harness.fuzzing.invariant import Invariant
from harness.judging.verdicts.verdict import NotObserved
from harness.payload.same import same
from harness.payload.values import Value
from harness.protocols.udmi.fuzzing.course import Course, Order
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.messages.messages import Messages
from harness.protocols.udmi.judging.messages.stamps import Stamps
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.states.content import content
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.words.messages import State, ValueState
from harness.protocols.udmi.words.said import said

Question = Callable[[Course], None]

APPLIED, INVALID = ValueState.APPLIED, ValueState.INVALID
_ANSWERED = 5.0  # seconds: UDMI 1.5, config sequence
_NEAR = 1200.0  # seconds: UDMI's own sequencer takes no state that is older
_ENDED = 5.0  # seconds that a device may take to tell that a time is up
_CATEGORIES = {
    INVALID: ("pointset.point.invalid", 500),
    ValueState.FAILURE: ("pointset.point.failure", 500),
    ValueState.OVERRIDDEN: ("pointset.point.overridden", 400),
}


def _of_episode(ask: Callable[[Episode], None]) -> Question:
    """One that judgements ask, too."""
    return lambda course: ask(Episode(course.history))


def _of_stamps(ask: Callable[[Stamps], None]) -> Question:
    """One that judgements ask of whole runs."""
    return lambda course: ask(Stamps(Messages(course.history), course.evidence))


def _last_config_is_a_config(course: Course) -> None:
    """It is the timestamp of one that was sent, and never of one before the one that was named last.

    A device that has just been started names none, until it has been given one again.
    """
    latest, before = 0.0, course.history.first
    for heard in course.history.states:
        last = heard.message.last_config
        sent = [order.stamp for order in course.orders if order.place < heard.place]
        latest = 0.0 if course.restarted(before, heard.place) else latest
        before = heard.place
        if not last and latest == 0.0 and course.restarted(course.history.first, heard.place):
            continue
        if not isinstance(last, int | float) or last not in sent:
            raise course.breach(f"last_config should be the timestamp of a config, but is {said(last)}", heard)
        if last < latest:
            raise course.breach("last_config should not go back to an earlier config, but does", heard)
        latest = last


def _is_answered(course: Course) -> None:
    """A config that leaves the device time for it is named within 5 s."""
    for order in course.orders:
        named = [heard for heard in course.history.states if heard.place > order.place]
        is_named = any(h.message.last_config == order.stamp and h.time <= order.time + _ANSWERED for h in named)
        if course.restarted_within(order, _ANSWERED):
            continue
        if order.is_first and not order.is_late and order.end_time > order.time + _ANSWERED and not is_named:
            story = f"The config of {order.time - course.history.records[0].time:.1f} s should be answered within 5 s"
            raise NotObserved(f"{story}, but is not.")


def _no_value_state_without_set_value(course: Course) -> None:
    for heard, order in course.answered():
        for name, point in heard.message.points.items():
            if point.value_state is not None and name not in order.values and not order.is_late and order.is_first:
                raise course.breach(f"{name} is not written, but is {said(point.value_state)}", heard, name)


def _unsettled_write_is_told_of(course: Course) -> None:
    """Five seconds after a config its writes have a value_state, whichever."""
    for order in course.orders:
        due = order.time + _ANSWERED
        if not order.is_first or order.is_late or order.end_time <= due or (order.is_sound and _expired(order, due)):
            continue
        if course.restarted_within(order, _ANSWERED):
            continue
        told = [heard for heard in course.history.states if heard.time <= due and heard.message.pointset]
        for name in order.values:
            if name in course.history.profile.points and told and told[-1].message.point(name).value_state is None:
                raise course.breach(f"{name} is written since 5 s, but has no value_state", told[-1], name)


def _applied_is_shown(course: Course) -> None:
    for heard, name, value in _reported(course, APPLIED):
        order = course.latest(heard.place)
        if course.happened_to(name, course.history.first, heard.place):
            continue
        for shown in course.undisturbed(heard):
            reading = shown.message.readings.get(name)
            alive = order is None or order.expiry is None or shown.time < order.expiry
            if name in shown.message.readings and alive and not same(reading, value):
                raise course.breach(
                    f"{name} is applied with {said(value)}, but telemetry shows {said(reading)}", shown, name
                )


def _refused_is_not_shown(course: Course) -> None:
    """The value of a write in an error state shows nowhere, unless it had been in force before."""
    for heard, name, value in _reported(course, *_CATEGORIES):
        if _was_in_force(course, name, value, heard.place):
            continue
        for shown in course.undisturbed(heard):
            if same(shown.message.readings.get(name), value):
                state = said(heard.message.point(name).value_state)
                raise course.breach(f"{name} is {state}, but telemetry shows {said(value)}", shown, name)


def _unfit_is_invalid(course: Course) -> None:
    """A value out of range or of another type, and any value for a point that cannot be written, is not taken."""
    for heard, name, value in _reported(course, APPLIED):
        point = course.history.profile.points[name]
        unfit = [other for other in (point.out_of_range, point.wrong_type) if other is not None]
        if point.kind is PointKind.READ_ONLY or any(same(other, value) for other in unfit):
            raise course.breach(f"{name} cannot take {said(value)}, but is applied", heard, name)


def _stale_is_invalid(course: Course) -> None:
    """A config that surely rests on an older state is refused, and says so of every point that it writes."""
    for heard, order in _first_answers(course):
        own, etag = course.settled_etag(order), _etag(order)
        if not isinstance(own, str) or not isinstance(etag, str) or etag == own or not order.is_sound:
            continue
        for name in order.values:
            state = heard.message.point(name).value_state
            if name in course.history.profile.points and state not in (INVALID, None):
                raise course.breach(f"The etag was not current, but {name} is {said(state)}", heard, name)


def _fresh_is_accepted(course: Course) -> None:
    """A good value for a point that takes one at once, resting on the latest state, is not refused."""
    for heard, order in _first_answers(course):
        if course.settled_etag(order) != _etag(order) or _etag(order) is None or not order.is_sound:
            continue
        for name, value in order.values.items():
            point = course.history.profile.points.get(name)
            if point is None or point.kind is not PointKind.WRITABLE or not any(same(g, value) for g in point.good):
                continue
            if course.happened_to(name, course.history.first, heard.place):
                continue
            if heard.message.point(name).value_state is INVALID:
                raise course.breach(f"{name} rests on the latest state, but {said(value)} is refused", heard, name)


def _expiry_is_sound(course: Course) -> None:
    """A write without an expiry, or with one no later than its config, is not applied."""
    for heard, order in _first_answers(course):
        if order.is_sound or order.is_late:
            continue
        for name in order.values:
            if heard.message.point(name).value_state is APPLIED:
                raise course.breach(f"{name} has no expiry that lies ahead, but is applied", heard, name)


def _expired_is_over(course: Course) -> None:
    """An applied write is over five seconds after its expiry, and the device has reported so."""
    for order in course.orders:
        if order.expiry is None or not order.is_sound or order.end_time <= order.expiry + _ENDED:
            continue
        due = order.expiry + _ENDED
        told = [h for h in course.history.states if h.place > order.place and h.time <= due and h.message.pointset]
        in_time = [heard for heard in told if heard.time <= order.expiry]
        for name in order.values if in_time else ():  # what was on its way then is another, open clause
            if in_time[-1].message.point(name).value_state is told[-1].message.point(name).value_state is APPLIED:
                raise course.breach(f"{name} has expired 5 s ago, but its last word is applied", told[-1], name)


def _does_not_expire_early(course: Course) -> None:
    """An applied write stays applied until its expiry, as long as nothing else happens."""
    for before, heard in pairwise(course.history.states):
        order = course.latest(heard.place)
        applied = {n for n, p in before.message.points.items() if p.value_state is APPLIED}
        if (
            order is None
            or not order.is_sound
            or order.place > before.place
            or course.restarted(before.place, heard.place)
            or before.message.last_config != order.stamp
        ):
            continue
        for name in applied & order.values.keys():
            over = heard.message.pointset and heard.message.point(name).value_state is None
            if over and order.expiry is not None and heard.time < order.expiry:
                raise course.breach(f"{name} had not expired, but is over", heard, name)


def _etag_stays(course: Course) -> None:
    """Two states in a row that say the same have one etag, if nothing was written in between or before."""
    for before, heard in pairwise(course.history.states):
        same_content = content(before.message) == content(heard.message)
        if same_content and course.is_idle(before, heard) and before.message.etag != heard.message.etag:
            etags = f"went from {said(before.message.etag)} to {said(heard.message.etag)}"
            raise course.breach(f"The etag should stay while nothing changes, but {etags}", heard)


def _errors_are_explained(course: Course) -> None:
    for report in _errors(course):
        report.explains_itself()


def _categories_fit(course: Course) -> None:
    for report in _errors(course):
        report.has_category(_CATEGORIES[ValueState(str(report.value_state))][0])


def _levels_fit(course: Course) -> None:
    for report in _errors(course):
        report.has_level(_CATEGORIES[ValueState(str(report.value_state))][1])


def _errors(course: Course) -> Iterator[PointReport]:
    for heard in course.history.states:
        for name, one in heard.message.points.items():
            if one.value_state in _CATEGORIES:
                yield PointReport(name, Heard(heard.time, heard.place, one), course.evidence, course.history.allowance)


def _reported(course: Course, *states: ValueState) -> Iterator[tuple[Heard[State], str, Value]]:
    """Every report of one of these states on a point that the config in force writes, and the value."""
    for heard, order in course.answered():
        for name, value in order.values.items():
            known = name in course.history.profile.points and not order.is_late and order.is_first
            if known and heard.message.point(name).value_state in states:
                yield heard, name, value


def _first_answers(course: Course) -> Iterator[tuple[Heard[State], Order]]:
    seen = set[int]()
    for heard, order in course.answered():
        if order.place not in seen and order.is_first:
            seen.add(order.place)
            if not course.restarted(order.place, heard.place):  # else it was judged by what the device was then
                yield heard, order


def _was_in_force(course: Course, name: str, value: Value, place: int) -> bool:
    """Whether the value showed before its config came, or was the one of a write that was applied."""
    order = course.latest(place)
    before = order.place if order else place
    showed = any(h.place < before and same(h.message.readings.get(name), value) for h in course.history.telemetry)
    applied = any(h.place < place and same(v, value) for h, n, v in _reported(course, APPLIED) if n == name)
    return showed or applied or course.happened_to(name, course.history.first, place)


def _etag(order: Order) -> object:
    return order.config.pointset.etag if order.config.pointset else None


def _expired(order: Order, due: float) -> bool:
    return order.expiry is not None and order.expiry <= due


INVARIANTS: Sequence[Invariant[Course]] = (
    Invariant("config.at-most-one-state-a-second", _of_episode(lambda episode: episode.states.keep_apart(1))),
    Invariant("config.state-carries-its-time", _of_stamps(lambda stamps: stamps.are_near_now(_NEAR))),
    Invariant("config.state-carries-its-time", _of_stamps(lambda stamps: stamps.never_go_back(by=1))),
    Invariant("message.timestamp-is-utc", _of_stamps(lambda stamps: stamps.are_utc())),
    Invariant("config.state-is-whole", _of_episode(lambda episode: episode.states.are_whole())),
    Invariant("writeback.value-state-is-known", _of_episode(lambda episode: episode.states.know_only(set(ValueState)))),
    Invariant("config.last-config-is-its-timestamp", _last_config_is_a_config),
    Invariant("config.is-answered-in-5-s", _is_answered),
    Invariant("etag.is-reported", _of_episode(lambda episode: episode.etags.are_there())),
    Invariant("etag.is-a-short-string", _of_episode(lambda episode: episode.etags.are_short_strings(at_most=32))),
    Invariant("etag.changes-with-state", _of_episode(lambda episode: episode.etags.tell_states_apart())),
    Invariant("etag.stays-with-state", _etag_stays),
    Invariant("etag.stale-is-invalid", _stale_is_invalid),
    Invariant("etag.fresh-is-accepted", _fresh_is_accepted),
    Invariant("writeback.absent-without-set-value", _no_value_state_without_set_value),
    Invariant("writeback.updating-in-time", _unsettled_write_is_told_of),
    Invariant("writeback.telemetry-follows", _applied_is_shown),
    Invariant("writeback.refused-value-is-not-shown", _refused_is_not_shown),
    Invariant("writeback.unfit-value-is-invalid", _unfit_is_invalid),
    Invariant("expiry.missing-is-invalid", _expiry_is_sound),
    Invariant("expiry.ends-the-write", _expired_is_over),
    Invariant("expiry.ends-the-write", _does_not_expire_early),
    Invariant("status.error-states-explain-themselves", _errors_are_explained),
    Invariant("status.category-fits-value-state", _categories_fit),
    Invariant("status.level-fits-category", _levels_fit),
)
