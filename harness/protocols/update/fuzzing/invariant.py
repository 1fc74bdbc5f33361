"""An invariant: a question of the suites' own judging, and the requirement that is broken where it is not kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.judging.timing.window import Window
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.episode import UpdateEpisode, UpdateRun
from harness.protocols.update.judging.history import SaidMessage
from harness.protocols.update.judging.law import TERMINAL
from harness.protocols.update.profile import Deadline, OnNewDesiredState
from harness.protocols.update.words.status import FeedbackStatus
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Provoked

E_co = TypeVar("E_co", bound=UpdateEpisode, covariant=True)
R_co = TypeVar("R_co", bound=UpdateRun, covariant=True)
C = TypeVar("C")
CLOCK = 1.0  # seconds that a timestamp may be off, of a peer that goes by our clock


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
        """Every desired state on which anything was said."""
        return (one for one in self.scene.activities if one.said)

    def desired_at(self, activity: Activity) -> list[int]:
        """The places at which it was told, each time that it was."""
        told = self.scene.history.told
        return [
            one.place for one in told if one.kind is MessageKind.DESIRED_STATE and one.message.activity == activity.name
        ]

    def is_left_alone(self, activity: Activity, seconds: float) -> bool:
        """Whether nothing is desired or commanded, and nothing happens, for so long behind it."""
        history = self.scene.history
        until = activity.since.latest + seconds
        told = ((one.place, one.time) for one in history.told if one.kind is not MessageKind.CURRENT_STATE_GET)
        done = ((place, record.time) for place, record in history.placed() if isinstance(record, Provoked))
        return not any(place > activity.since.place and time <= until for place, time in (*told, *done))

    def restarts(self) -> list[int]:
        """The place of every restart."""
        placed = self.scene.history.placed()
        return [place for place, record in placed if isinstance(record, Provoked) and record.name == "restart"]


@dataclass(frozen=True)
class Invariant(Generic[C]):
    """`requirement` is what a peer breaks that does not keep it."""

    requirement: str
    ask: Callable[[C], None]


def end_of(activity: Activity) -> SaidMessage | None:
    """The feedback that ends it; None: it has not ended."""
    found = (one for one in activity.said if one.feedback and one.feedback.status in TERMINAL)
    return next((one for one in found if one.feedback and not one.feedback.baseline), None)


def begins_with_identifying(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Every desired state that is taken at once."""
    if course.supersedes:
        for one in course.answered():
            one.begins_with_identifying(course.identify)


def unknown_versions_cannot_be_identified(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Every desired state with such a version that nothing disturbs."""
    profile = course.run.history.profile
    unknown = {(one.id, one.unknown) for one in profile.components if one.unknown and one.domain not in profile.played}
    for one in course.answered():
        if unknown & set(one.desired.versions().items()) and course.is_left_alone(one, course.identify.latest):
            one.cannot_be_identified(course.identify)


def what_comes_again_is_left(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Of every desired state that came again, before its end or behind it."""
    for one in course.answered():
        end, again = end_of(one), course.desired_at(one)[1:]
        if again and _is_identified_anew(one, again[0]):
            one.series.are_begun_once()
        if end and any(place > end.place for place in again):
            one.is_not_begun_again(after=end.place)


def what_is_retained_is_left(course: FuzzedRun[UpdateEpisode, UpdateRun]) -> None:
    """Of every desired state behind which there was a restart, and that came again in no other way."""
    for one in course.answered():
        if course.desired_at(one)[1:]:
            continue
        end = end_of(one)
        for place in course.restarts():
            if place > one.since.place and _is_identified_anew(one, place):
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
