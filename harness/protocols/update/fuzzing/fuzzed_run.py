"""One sequence that was played, and the questions of the suites that agents and devices share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.judging.timing.window import Window
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.episode import UpdateEpisode, UpdateRun
from harness.protocols.update.judging.feedback_in_short import is_the_end
from harness.protocols.update.judging.history import SaidMessage
from harness.protocols.update.profile import Deadline, OnNewDesiredState
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.status import FeedbackStatus
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Provoked, Sent

E_co = TypeVar("E_co", bound=UpdateEpisode, covariant=True)
R_co = TypeVar("R_co", bound=UpdateRun, covariant=True)
_DISTURBING = (MessageKind.DESIRED_STATE, MessageKind.COMMAND)  # no question does, nor what the owner answers
CLOCK = 60.0  # seconds that a timestamp may be off


@dataclass(frozen=True)
class FuzzedRun(Generic[E_co, R_co]):
    """One sequence: `run` is all that passed, `scene` all that came behind first contact."""

    run: R_co
    scene: E_co

    @property
    def supersedes(self) -> bool:
        """Whether a desired state is taken at once though another is under way."""
        return self.run.history.profile.on_new_desired_state is OnNewDesiredState.SUPERSEDE

    @property
    def identify(self) -> Window:
        """In which it is known what is to be done."""
        return self.scene.deadline(Deadline.IDENTIFY)

    def answered(self) -> Iterator[Activity]:
        """Every desired state on which anything was said.

        Of bare ones, which only their words tell apart, none that may be an earlier one that came again.
        """
        known = list[DesiredState]()
        for one in self.scene.activities:
            if one.said and (one.name is not None or one.desired not in known):
                yield one
            known.append(one.desired)

    def is_told_apart(self, activity: Activity) -> bool:
        """Whether feedback says that it is on it. Bare feedback does not, unless one desired state comes at a time."""
        if activity.name is not None:
            return True
        others = [one for one in self.scene.activities if one.since.place != activity.since.place]
        start, is_last = activity.since.place, all(one.since.place < activity.since.place for one in others)
        is_first = all(one.ended_before(start) for one in others if one.since.place < start)
        return is_first and (is_last or end_of(activity) is not None)

    def of_each(self, ask: Callable[[Activity], None]) -> None:
        """Ask it of every desired state that is told apart."""
        self.run.each_activity(lambda one: ask(one) if self.is_told_apart(one) else None)

    def desired_at(self, activity: Activity) -> list[int]:
        """The places at which it was told, each time that it was."""
        told = self.scene.history.told
        return [
            one.place for one in told if one.kind is MessageKind.DESIRED_STATE and one.message.activity == activity.name
        ]

    def is_left_alone(self, activity: Activity, seconds: float) -> bool:
        """Whether nothing else is desired or commanded, and nothing happens, for so long behind it."""
        history = self.scene.history
        until = activity.since.latest + seconds
        told = ((one.place, one.time) for one in history.told if one.kind in _DISTURBING)
        done = ((place, record.time) for place, record in history.placed() if isinstance(record, Provoked))
        return not any(place > activity.since.place and time <= until for place, time in (*told, *done))

    def is_free_of(self, activity: Activity, *faults: str) -> bool:
        """Whether none of these faults of an agent was in force when it was desired."""
        placed = self.scene.history.placed()
        suffered = [place for place, one in placed if isinstance(one, Provoked) and one.name in faults]
        return not any(place < activity.since.place for place in suffered)

    def retained_again(self, activity: Activity) -> list[int]:
        """The place of every restart behind which the broker told of it again, as it was retained."""
        found, retained = list[int](), None
        told = {one.place: one for one in self.scene.history.told if one.kind is MessageKind.DESIRED_STATE}
        for place, record in self.scene.history.placed():
            if isinstance(record, Sent) and record.retain and place in told:
                retained = told[place].message.activity
            elif isinstance(record, Provoked) and record.name == "restart" and retained == activity.name:
                found.append(place)
        return found


def end_of(activity: Activity) -> SaidMessage | None:
    """The feedback that ends it; None: it has not ended. Where the same was delivered again, the last of these."""
    ends = [one for one in activity.said if one.feedback and is_the_end(one.feedback)]
    return next((one for one in reversed(ends) if one.payload == ends[0].payload), None)


def begins_with_identifying(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Every desired state that is taken at once."""
    for one in course.answered() if course.supersedes else ():
        if course.is_told_apart(one):
            one.begins_with_identifying(course.identify)


def unknown_versions_cannot_be_identified(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Every desired state with such a version, while every agent answers in time, and nothing disturbs."""
    profile = course.run.history.profile
    unknown = {(one.id, one.unknown) for one in profile.components if one.unknown and one.domain not in profile.played}
    for one in course.answered():
        is_asked = bool(unknown & set(one.desired.versions().items())) and course.is_told_apart(one)
        if is_asked and course.is_free_of(one, "mute", "delay") and course.is_left_alone(one, course.identify.latest):
            one.cannot_be_identified(course.identify)


def what_comes_again_is_left(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Of every desired state that came again, before its end or behind it, unless it is also retained, and came so.

    A bare one cannot be told from a new one.
    """
    for one in course.answered():
        one.must_be_named()
        if course.retained_again(one):
            continue
        end, again = end_of(one), course.desired_at(one)[1:]
        if again and _is_identified_anew(one, again[0]):
            one.series.are_begun_once()
        if end and (behind := [place for place in again if place > end.place]):
            one.is_not_begun_again(after=behind[0])


def what_is_retained_is_left(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Of every desired state that is retained, came again behind a restart, and in no other way."""
    for one in course.answered():
        one.must_be_named()
        if course.desired_at(one)[1:]:
            continue
        end = end_of(one)
        for place in course.retained_again(one):
            if _is_identified_anew(one, place):
                one.series.are_begun_once()
            if end and end.place < place:
                one.is_not_begun_again(after=place)


def questions_are_answered(*, is_busy: bool) -> Callable[[FuzzedRun[UpdateEpisode, UpdateRun]], None]:
    """Those in the middle of an update, or all others."""

    def asked(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
        activities = [(one.since.place, end_of(one)) for one in course.answered()]
        for told in course.scene.history.told:
            if told.kind is MessageKind.CURRENT_STATE_GET:
                busy = any(since < told.place and not (end and end.place < told.place) for since, end in activities)
                if busy is is_busy:
                    course.scene.asked(told.label).is_answered(course.scene.deadline(Deadline.CURRENT_STATE))

    return asked


def _is_identified_anew(activity: Activity, place: int) -> bool:
    return any(
        one.feedback and one.feedback.status is FeedbackStatus.IDENTIFYING for one in activity.said if one.place > place
    )
