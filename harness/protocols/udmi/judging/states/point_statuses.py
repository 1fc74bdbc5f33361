"""Every status that points carried, in one episode or several."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import Status
from harness.protocols.udmi.words.said import said
from harness.record.left_out import NotApplicable
from harness.text import printable


@dataclass(frozen=True, slots=True)
class PointStatus:
    """A point's status in one state."""

    point: str
    status: Status


@dataclass(frozen=True)
class PointStatuses:
    """Asked all at once; without a single status there is nothing to judge."""

    histories: Sequence[History]
    evidence: Evidence

    def have_one_line_messages(self) -> None:
        """The message, where there is one, is a line of text. UDMI, entries."""
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
        found_alike, judged, first = False, False, None
        for heard in self._heard():
            if not of(heard.message.status):
                continue
            found_alike = True
            if isinstance(heard.message.status.message, str):
                judged = True
                self.evidence.rests_on(heard.place)
                first = heard if first is None and not fits(heard.message) else first
        if found_alike and not judged:
            raise NotApplicable("no status has a message, and that is status.is-complete's to say")
        if not judged:
            for history in self.histories:
                history.concerns_points()
            cut_short = (history.closed.cut_short for history in self.histories)
            raise CouldNotTest(next(filter(None, cut_short), "no point ever carried a status that this is about"))
        if first is not None:
            point, instead = first.message.point, said(found(first.message.status))
            story = f"The status of {printable(point)} should have {what}, but it is {instead}."
            raise NotObserved(story, EvidenceRef(first.place, about=point))

    def _heard(self) -> Iterator[Heard[PointStatus]]:
        for history in self.histories:
            for heard in history.states:
                for name, point in heard.message.points.items():
                    if isinstance(point.status, Status):
                        yield Heard(heard.time, heard.place, PointStatus(name, point.status))


def _is_line(message: object) -> bool:
    return isinstance(message, str) and bool(message.strip()) and message.splitlines() == [message]


def _begins_with(message: object, words: str) -> bool:
    if not isinstance(message, str) or not message.startswith(words):
        return False
    following = message[len(words) : len(words) + 1]
    return not (following.isalnum() or following == "_")
