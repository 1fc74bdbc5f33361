"""The trace beside results, read for the page: timelines and messages come from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from harness.errors import UsageError
from harness.judging.history import History
from harness.judging.reader import Reader, reader_for
from harness.judging.whole_run import WholeRun
from harness.payload.timestamps import rfc3339
from harness.record.kinds import Began, Record
from harness.record.trace import read_trace
from harness.report.page.grounds import Grounds
from harness.report.results import RunFacts, SubjectResults


@dataclass(frozen=True, slots=True)
class Scenes:
    """The scenarios of one trace, and what tells of them."""

    reader: Reader[Any]
    histories: Sequence[History]

    @classmethod
    def of_run(cls, run: WholeRun[Any]) -> "Scenes":
        """All of the run."""
        return cls(reader_for(run.history.records), [episode.history for episode in run.scenes.values()])

    def of(self, grounds: Grounds) -> History | None:
        """The scenario in which the finding was decided that rests on these grounds."""
        where = grounds.where
        places = (where.decisive, where.since, *grounds.places[-1:])
        place = next((one for one in places if one is not None), None)
        return next((one for one in self.histories if place is not None and one.first <= place < one.end), None)


ScenesByTrace: TypeAlias = Mapping[str, Scenes]  # by the names of their files
NONE_AT_HAND: ScenesByTrace = MappingProxyType({})


def scenes_of(results: SubjectResults, folder: Path) -> tuple[Scenes | None, str | None]:
    """The scenarios of the trace in that folder, if it is of this run; or else why there are none."""
    name, trace = results.trace, folder / results.trace
    if not trace.exists():
        return None, f"no {name} lies beside results.json"
    try:
        records = read_trace(trace)
        run = reader_for(records).read(records)
    except UsageError:
        return None, f"the {name} beside results.json cannot be read"
    if not _same_run(results.run, records):
        return None, f"the {name} beside results.json is of another run"
    return Scenes.of_run(run), None


def _same_run(run: RunFacts, records: Sequence[Record]) -> bool:
    began = records[0]
    ends = (rfc3339(began.time), rfc3339(records[-1].time))
    return isinstance(began, Began) and (began.target, *ends) == (run.target, run.began, run.ended)
