"""State that the hooks of one pytest run share."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

from harness.driving.scenario import EPISODES, Scenario
from harness.errors import HarnessError
from harness.interruption import carried_through
from harness.judging.episode import Episode
from harness.judging.history import History
from harness.judging.reader import reader_for, subject_of_run
from harness.judging.requirements.binding import Measure
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.verdicts.finding import Finding, Outcome
from harness.judging.verdicts.verdict import Level, NotDriven
from harness.judging.whole_run import WholeRun
from harness.plugin.usage_exit import SENTENCE, UsageExit
from harness.record.kinds import Record, began_in
from harness.record.left_out import OutOfView
from harness.report.results import TRACE, Results
from harness.suite_limits import limits_in_force
from harness.target import Recording
from harness.target.asked_subjects import AskedSubject


@dataclass
class SubjectRun:
    """One subject of a run. Filled as the run goes on.

    `trace`: the name of the file that it is recorded in. `judging` None: it is not driven, as no judgement on it is
    selected.
    """

    asked: AskedSubject
    trace: str = TRACE
    judging: "Judging | None" = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The subject's."""
        return self.asked.subject.name

    @property
    def spec(self) -> str:
        """The spec that it is judged by."""
        return self.asked.spec


@dataclass
class Run:
    """Filled as the run goes on. `folder` None: nothing is written."""

    catalogue: Catalogue
    subjects: Sequence[SubjectRun]  # that the operator asked for, though none of their judgements may be selected
    recording: Recording | None = None  # what is to be judged, where nothing is to be driven
    measure: Measure = field(default_factory=Measure)
    folder: Path | None = None
    results: Results | None = None
    lost: str | None = None  # why the pages could not be written
    judgements: Counter[str] = field(default_factory=Counter)  # how many were collected for each requirement
    collected: Counter[str] = field(default_factory=Counter)  # how many of each subject, asked for or not
    uncollected: int = 0  # files that could not be

    def asked_for(self, requirement: Requirement) -> SubjectRun | None:
        """The run of the requirement's subject; None where that is not to be judged."""
        return next((one for one in self.subjects if one.name == requirement.subject), None)

    def of(self, item: pytest.Item) -> SubjectRun:
        """The run of the subject that a judgement which was kept is about; of what is no judgement, the first."""
        requirement = item.stash.get(DECIDES, None)
        return (requirement and self.asked_for(requirement)) or self.subjects[0]

    def level(self, judgement: pytest.Item) -> Level:
        """How the requirement binds that it decides."""
        return judgement.stash[DECIDES].level(self.of(judgement).spec, self.measure.levels)


@dataclass(frozen=True, slots=True)
class Judging:
    """The records that the judgements of one subject look at, and the limits that they hold it to."""

    whole: WholeRun[History]
    limits: object

    @classmethod
    def of(cls, records: Sequence[Record]) -> "Judging":
        """From what was driven. Raises UsageError where its profile stretches a limit that it may not."""
        began = began_in(records)
        limits = limits_in_force(subject_of_run(records), began.profile)
        return cls(reader_for(records).read(records), limits)

    def begin(self, config: pytest.Config) -> None:
        """For the judgements that follow."""
        config.stash[LIMITS] = self.limits
        config.stash[WHOLE_RUN] = self.whole
        config.stash[EPISODES] = _Episodes(self.whole.scenes)


@dataclass(frozen=True, slots=True)
class _Episodes:
    """By the names of their scenarios."""

    scenes: Mapping[str, Episode[History]]

    def episode(self, scenario: Scenario) -> Episode[History]:
        """Afresh, for one judgement. Raises OutOfView, or NotDriven, where the scenario was not driven."""
        if scenario.name in self.scenes:
            return self.scenes[scenario.name].afresh()
        if scenario.needs and not any(episode.is_watched for episode in self.scenes.values()):
            raise OutOfView.without(scenario.needs)
        raise NotDriven(f"{scenario.name} was not driven")


RUN = pytest.StashKey[Run]()
UNHEARD = pytest.StashKey[ExitStack]()  # signals, until the end of the run
DECIDES = pytest.StashKey[Requirement]()
LIMITS = pytest.StashKey[object]()
WHOLE_RUN = pytest.StashKey[WholeRun[History]]()


def carry_through(config: pytest.Config, *, also_ctrl_c: bool = False) -> None:
    """From now on until the end of this run, signals end nothing; pytest's last words have left by then."""
    config.stash[UNHEARD].enter_context(carried_through(also_ctrl_c=also_ctrl_c))
    config.stash[UNHEARD].callback(_flush)


def _flush() -> None:
    """Write the rest at once: pytest would do it where a signal interrupts it. Output that is lost is told later."""
    with suppress(OSError):
        sys.stdout.flush()


def give_up(config: pytest.Config, error: HarnessError, outcome: Outcome = Outcome.UNUSABLE) -> NoReturn:
    """The operator asked for what cannot be, or the target is not there: one message, no traceback."""
    config.stash[SENTENCE] = str(error)
    raise UsageExit(str(error), outcome)
