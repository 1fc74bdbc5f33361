"""What the hooks of one pytest run share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

from harness.driving.scenario import EPISODES
from harness.errors import HarnessError
from harness.judging.finding import Finding
from harness.judging.requirement import Catalogue, Requirement
from harness.judging.whole_run import WholeRun, whole_run_of
from harness.plugin.giving_up import SENTENCE, GaveUp
from harness.record import Record
from harness.report.results import Results
from harness.target import Recording
from harness.wire.spec import Spec


@dataclass
class Run:
    """Filled as the run goes on. `folder` None: nothing is written."""

    catalogue: Catalogue
    spec: Spec = Spec.UDMI_1_5
    recording: Recording | None = None  # what is to be judged, where nothing is to be driven
    findings: list[Finding] = field(default_factory=list)
    records: Sequence[Record] = ()
    folder: Path | None = None
    results: Results | None = None
    lost: str | None = None  # why the pages could not be written
    judgements: Counter[str] = field(default_factory=Counter)  # how many there are for each requirement


RUN = pytest.StashKey[Run]()
DECIDES = pytest.StashKey[Requirement]()
WHOLE_RUN = pytest.StashKey[WholeRun]()


def judge_from_here(config: pytest.Config, records: Sequence[Record]) -> None:
    """What was driven, for the judgements that follow."""
    whole = config.stash[WHOLE_RUN] = whole_run_of(records)
    config.stash[EPISODES] = whole.scenes


def give_up(config: pytest.Config, error: HarnessError) -> NoReturn:
    """The operator asked for what cannot be, or the target is not there: one message, no traceback."""
    config.stash[SENTENCE] = str(error)
    raise GaveUp(str(error))
