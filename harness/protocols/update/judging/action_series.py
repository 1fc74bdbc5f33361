"""Feedback on each action, in order: how its status and progress move. Pure; verbs raise the verdict."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown
from harness.protocols.update.judging.history import SaidMessage, UpdateHistory
from harness.protocols.update.judging.law import ACTIONS, ACTIONS_OF_A_DEVICE, Transitions
from harness.protocols.update.profile import Role
from harness.protocols.update.words.feedback import Action
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from harness.text import printable

_UNDER_WAY = (ActionStatus.DOWNLOADING, ActionStatus.UPDATING, ActionStatus.ACTIVATING, ActionStatus.REMOVING)
_FULL = 100  # per cent
Step = tuple[SaidMessage, Action, ActionStatus]


@dataclass(frozen=True)
class ActionSeries:
    """`said`: the feedback on one desired state."""

    history: UpdateHistory
    evidence: Evidence
    said: Sequence[SaidMessage]

    def only_follow(self, table: Transitions[ActionStatus]) -> None:
        """Each status can be reached from the one before. What comes behind an end is another clause's."""
        for name, before, (one, _, after) in self._steps():
            if before is not None and table.ends_in(before):
                continue
            if not table.reaches(before, after):
                story = f"{name} should not become {after} {_from(before)}, as no way leads there."
                raise NotObserved(story, EvidenceRef(one.place))

    def follow_step_by_step(self, table: Transitions[ActionStatus]) -> None:
        """Each status may follow the one before at once: nothing obliges anybody to report each, so this is noted."""
        for name, before, (one, _, after) in self._steps():
            if table.reaches(before, after) and not table.allows(before, after):
                raise NotObserved(f"{name} became {after} {_from(before)}; statuses between were not told.", _at(one))

    def stay_at_their_end(self, table: Transitions[ActionStatus]) -> None:
        """No status follows one that nothing may follow."""
        ended = False
        for name, before, (one, _, after) in self._steps():
            ended = ended or table.ends_in(after)
            if before is not None and after != before and table.ends_in(before):
                raise NotObserved(f"{name} has ended as {before}, and should not become {after}.", _at(one))
        if not ended:
            self.history.went_all_the_way()
            raise CouldNotTest("no action has come to an end")

    def keep_their_set(self) -> None:
        """Behind IDENTIFIED no action comes and none is lost, in any feedback that lists some."""
        known: frozenset[str] | None = None
        for one in self.said:
            feedback = one.feedback
            if feedback is None or not feedback.actions:
                continue
            ids = frozenset(action.id for action in feedback.actions if isinstance(action.id, str))
            if known is not None and ids != known:
                changed = min(ids ^ known)
                what = "came" if changed in ids else "is missing"
                raise NotObserved(
                    f"All feedback should list the same actions, but {printable(changed)} {what}.", _at(one)
                )
            if feedback.status is FeedbackStatus.IDENTIFIED or known is not None:
                known = ids
        if known is None:
            self.history.went_all_the_way()
            raise CouldNotTest("no IDENTIFIED lists actions")

    def have_rising_progress(self) -> None:
        """Progress does not go down as long as the status stays."""
        is_told = False
        for name, steps in self._by_component().items():
            for (_, before, status), (one, action, later) in pairwise(steps):
                known = isinstance(before.progress, int) and isinstance(action.progress, int)
                is_told = is_told or isinstance(action.progress, int)
                if known and status is later and action.progress < before.progress:  # type: ignore[operator]
                    story = f"The progress of {name} fell from {before.progress} to {action.progress} while {later}."
                    raise NotObserved(story, _at(one))
        self._must_be_told(is_told=is_told)

    def are_full_at_the_end_alone(self) -> None:
        """Progress is 100 in no step that has not begun, and in none that goes on with less."""
        is_told = False
        for name, steps in self._by_component().items():
            full: ActionStatus | None = None
            for one, action, status in steps:
                is_told = is_told or isinstance(action.progress, int)
                if action.progress == _FULL and status is ActionStatus.IDENTIFIED:
                    raise NotObserved(f"{name} has a progress of 100 before anything was done.", _at(one))
                if status is full and isinstance(action.progress, int) and action.progress < _FULL:
                    raise NotObserved(f"{name} had a progress of 100, and went on {status}.", _at(one))
                full = status if action.progress == _FULL and status in _UNDER_WAY else None
        self._must_be_told(is_told=is_told)

    def are_begun_once(self) -> None:
        """No step of a component is taken up a second time, unless the law leads back to it."""
        is_device = self.history.profile.role is Role.DEVICE
        table = (ACTIONS_OF_A_DEVICE if is_device else ACTIONS)[self.history.spec]
        for name, steps in self._by_component().items():
            begun: list[ActionStatus] = []
            for one, _, status in steps:
                is_again = status in begun and begun[-1] is not status and not table.reaches(begun[-1], status)
                if is_again and status in (ActionStatus.IDENTIFIED, *_UNDER_WAY):
                    raise NotObserved(f"{name} should be executed once, but is {status} again.", _at(one))
                begun.append(status)

    def name_what_is_desired(self, is_known: Callable[[str, str], bool], domain: str | None) -> None:
        """Each names a component of the domain (None: of any) with its version, that is desired, or was there."""
        for name, steps in self._by_component().items():
            for one, action, _ in steps:
                version = action.version if isinstance(action.version, str) else ""
                if ":" not in name or (domain is not None and not name.startswith(f"{domain}:")):
                    raise NotObserved(
                        f"An action should name DOMAIN:COMPONENT, but one names {printable(name)}.", _at(one)
                    )
                if version and not is_known(name, version):
                    story = f"{printable(name)} {printable(version)} was neither desired nor there before."
                    raise NotObserved(story, _at(one))

    def latest(self) -> Mapping[str, ActionStatus]:
        """The status of each in the end."""
        return {name: steps[-1][2] for name, steps in self._by_component().items()}

    def _must_be_told(self, *, is_told: bool) -> None:
        if not is_told:
            raise NotShown("no progress is told")
        self.history.went_all_the_way()

    def _steps(self) -> Iterator[tuple[str, ActionStatus | None, Step]]:
        """Every step of every action, with the status before it."""
        for name, steps in self._by_component().items():
            before: ActionStatus | None = None
            for step in steps:
                yield name, before, step
                before = step[2]

    def _by_component(self) -> Mapping[str, list[Step]]:
        found: dict[str, list[Step]] = {}
        for one in self.said:
            for action in one.feedback.actions if one.feedback else ():
                if isinstance(action.id, str) and isinstance(action.status, ActionStatus):
                    found.setdefault(action.id, []).append((one, action, action.status))
        self.evidence.rests_on(*(one.place for one in self.said[:1]))
        if not found:
            self.history.went_all_the_way()
            raise CouldNotTest("no feedback lists an action")
        return found


def _from(before: ActionStatus | None) -> str:
    return "at first" if before is None else f"from {before}"


def _at(one: SaidMessage) -> EvidenceRef:
    return EvidenceRef(one.place)
