"""Tells of what is broken while the drive goes on: the judgements themselves, applied to each episode that is closed.

An early finding is told only where nothing that is still to come can take it back. The final judging decides.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from harness.clock import Clock
from harness.driving.scenario import SCENARIOS
from harness.driving.stall_recorder import STALL_IS_KNOWN_AFTER
from harness.judging.afterwards import MoreToCome
from harness.judging.connection.strangers import stays_undoubted
from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.requirements.requirement import Requirement
from harness.judging.verdicts.finding import Outcome, outcome_of
from harness.judging.verdicts.verdict import ACCUSING, Level, NotObserved, Verdict, verdict_of
from harness.plugin.collection import asked_for_by
from harness.plugin.run import DECIDES, RUN, Judging, SubjectRun
from harness.plugin.verdicts import episodes_seen_by, judged
from harness.record.kinds import Record, Stalled
from harness.record.trace import Recorder
from harness.text import printable, shortened


@dataclass(frozen=True, slots=True)
class EarlyFinding:
    """A requirement that is broken, whatever is still to come; `story`: its first line."""

    requirement: Requirement
    verdict: Verdict
    level: Level
    story: str

    def __str__(self) -> str:
        told = shortened(printable(self.story), _LONGEST)
        return f"already broken: {self.requirement.id} ({self.level}): {told}"


class EarlyJudging:
    """The judgements on single episodes of one subject: each is made once, when its last episode is closed.

    Those on the whole run say nothing before its end.
    """

    def __init__(self, session: pytest.Session, subject: SubjectRun) -> None:
        self._session, self._subject = session, subject
        self._closed: set[str] = set()
        self._asking = {item: _scenarios_of(item) for item in _judgements_on(session, subject)}

    def findings(self, scenario: str, records: Sequence[Record]) -> list[EarlyFinding]:
        """Those that the record shows now that this scenario is over; requirement by requirement, the first of each."""
        self._closed.add(scenario)
        ready = [item for item, asked in self._asking.items() if scenario in asked and asked <= self._closed]
        if not ready:
            return []
        judging = Judging.of(records)
        whole = judging.whole
        replace(judging, whole=replace(whole, scenes=_still_open(whole.scenes))).begin(self._session.config)
        found: dict[str, EarlyFinding] = {}
        for one in self._broken(ready):
            found.setdefault(one.requirement.id, one)
        return list(found.values())

    def _broken(self, ready: Sequence[pytest.Item]) -> Iterator[EarlyFinding]:
        run = self._session.config.stash[RUN]
        for item, ended in judged(self._session, ready):
            seen = [episode.history for _, episode in episodes_seen_by(item)]
            item._initrequest()  # noqa: SLF001 - as pytest does: nothing of today's episodes is left for the final judging
            level = run.level(item)
            verdict = verdict_of(ended, level)
            if isinstance(ended, NotObserved) and verdict in ACCUSING and all(map(stays_undoubted, seen)):
                yield EarlyFinding(item.stash[DECIDES], verdict, level, str(ended).partition("\n")[0])


@dataclass
class EarlyFindings:
    """Watches the drive of one subject. `stops`: the drive ends where the device is found not to conform.

    A fault of this judging ends it, and nothing else: the final one is made all the same.
    """

    judging: EarlyJudging
    clock: Clock
    tell: Callable[[str], None]
    stops: bool = False
    is_strict: bool = False
    ended: str | None = None
    _told: set[str] = field(default_factory=set)
    _is_off: bool = False

    async def closed(self, scenario: str, recorder: Recorder) -> None:
        """Told at once where virtual time waits for us; a real device must not find us deaf meanwhile."""
        if self._is_off:
            return
        try:
            found = await self._found(scenario, recorder)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the drive goes on
            self._is_off = True
            self.tell(f"nothing more is told before the end: judging early failed ({type(fault).__name__}: {fault})")
            return
        for one in found:
            if one.requirement.id not in self._told:
                self._told.add(one.requirement.id)
                self.tell(str(one))
        breaking = [one for one in found if outcome_of([one.verdict], strict=self.is_strict) is _BROKEN]
        if self.stops and breaking:
            self.ended = f"--stop-on-fail: {scenario} shows that {breaking[0].requirement.id} is broken"

    async def _found(self, scenario: str, recorder: Recorder) -> Sequence[EarlyFinding]:
        known = list(recorder.records)
        if self.clock is Clock.VIRTUAL:
            return self.judging.findings(scenario, known)
        found = await asyncio.to_thread(self.judging.findings, scenario, known)
        if found:  # our machine may have stalled as the episode ended, and not have said so yet
            await asyncio.sleep(STALL_IS_KNOWN_AFTER)
        is_in_doubt = any(isinstance(record, Stalled) for record in recorder.records[len(known) :])
        return [] if is_in_doubt else found


def _judgements_on(session: pytest.Session, subject: SubjectRun) -> Iterator[pytest.Item]:
    run = session.config.stash[RUN]
    for item in session.items:
        if DECIDES in item.stash and run.of(item) is subject and "whole_run" not in getattr(item, "fixturenames", ()):
            yield item


def _scenarios_of(item: pytest.Item) -> frozenset[str]:
    return frozenset(name for name in asked_for_by(item) if name in SCENARIOS)


def _still_open(scenes: Mapping[str, Episode[History]]) -> Mapping[str, Episode[History]]:
    """The same episodes; whoever asks for what came behind one is told that it is not known."""
    return {
        name: replace(scene, history=replace(scene.history, afterwards=MoreToCome())) for name, scene in scenes.items()
    }


_BROKEN = Outcome.DOES_NOT_CONFORM
_LONGEST = 150  # characters of what is told of a finding
