"""Every status that points carried, in one episode or several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.verdict import CouldNotTest, NotObserved
from harness.judging.where import Where
from harness.wire.reader import printable
from harness.wire.udmi import Status


@dataclass(frozen=True, slots=True)
class PointStatus:
    """A point's status in one state."""

    point: str
    status: Status


@dataclass(frozen=True)
class Statuses:
    """Asked all at once; without a single status there is nothing to judge."""

    histories: Sequence[History]
    ledger: Ledger

    def have_one_line_messages(self) -> None:
        """The message is a line of text. UDMI, entries."""
        self._all_have("a message of one line", lambda one: _is_line(one.status.message), lambda one: one.message)

    def name_their_points(self) -> None:
        """The message begins with the point's name, if the category is one of a point's write; others are free."""
        self._all_have(
            "a message that begins with its point's name",
            lambda one: _begins_with(one.status.message, f"Point {one.point}"),
            lambda one: one.message,
            of=lambda status: isinstance(status.category, str) and status.category.startswith("pointset.point."),
        )

    def _all_have(
        self,
        what: str,
        fits: Callable[[PointStatus], bool],
        found: Callable[[Status], object],
        of: Callable[[Status], bool] = lambda _: True,
    ) -> None:
        """Each of them fits; else the story names the first that does not, and what it has instead."""
        statuses = [heard for heard in self._heard() if of(heard.message.status)]
        if not statuses:
            cut_short = (history.closed.cut_short for history in self.histories)
            raise CouldNotTest(next(filter(None, cut_short), "no point ever carried a status that this is about"))
        self.ledger.rests_on(*(heard.place for heard in statuses))
        for heard in statuses:
            if not fits(heard.message):
                point, instead = heard.message.point, said(found(heard.message.status))
                story = f"The status of {printable(point)} should have {what}, but it is {instead}."
                raise NotObserved(story, Where(heard.place, point=point))

    def _heard(self) -> list[Heard[PointStatus]]:
        return [
            Heard(heard.time, heard.place, PointStatus(name, point.status))
            for history in self.histories
            for heard in history.states
            for name, point in heard.message.points.items()
            if isinstance(point.status, Status)
        ]


def _is_line(message: object) -> bool:
    return isinstance(message, str) and bool(message.strip()) and message.splitlines() == [message]


def _begins_with(message: object, words: str) -> bool:
    if not isinstance(message, str) or not message.startswith(words):
        return False
    following = message[len(words) : len(words) + 1]
    return not (following.isalnum() or following == "_")
