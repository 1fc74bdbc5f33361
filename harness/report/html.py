"""`report.html`: one file that needs nothing else, no script and no network. What a device said in it stays text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from harness.errors import UsageError
from harness.judging.episode import episodes_of
from harness.judging.finding import Outcome
from harness.judging.history import History
from harness.judging.verdict import Verdict
from harness.record import Began, Record
from harness.report.again import command_for
from harness.report.evidence import Evidence, evidence_of
from harness.report.reasons import by_reason
from harness.report.results import Results
from harness.report.svg import draw
from harness.report.template import environment
from harness.report.timeline import timeline_of
from harness.trace import read_trace
from harness.wire.instant import rfc3339

_UNSETTLED = (
    Verdict.HARNESS_ERROR,
    Verdict.COULD_NOT_TEST,
    Verdict.INCONCLUSIVE,
    Verdict.OUT_OF_VIEW,
    Verdict.NOT_APPLICABLE,
)
_WIDE, _NARROW = 820, 320  # pixels


@dataclass(frozen=True, slots=True)
class Case:
    """One finding with all that there is to show of it; a picture and evidence need the trace."""

    number: int
    requirement: Results
    finding: Results
    command: Sequence[str]
    caption: str = ""
    pictures: Sequence[tuple[str, Markup]] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some requirements were not decided."""

    verdict: Verdict
    story: str
    requirements: Sequence[str]


def write_html(results: Results, folder: Path) -> None:
    """Into the folder; timelines and messages from the trace that lies there, if it is this run's."""
    histories, missing = _histories(results, folder / "trace.ndjson")
    (folder / "report.html").write_text(page(results, histories, missing), encoding="utf-8")


def page(results: Results, histories: Sequence[History], missing: str | None = None) -> str:
    """The whole page; `missing`: why there are no histories. The same run, the same bytes."""
    cases = list(_cases(results, histories))
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            results=results,
            missing=missing,
            exit_code=int(Outcome[results["outcome"].upper().replace(" ", "_")]),
            counts=[(verdict, results["counts"][verdict]) for verdict in _ORDER if verdict in results["counts"]],
            lasted=_lasted(results["run"]),
            reasons=[
                Reason(verdict, story, ids)
                for verdict in _UNSETTLED
                for story, ids in by_reason(results, [verdict]).items()
            ],
            broken=[case for case in cases if case.finding["verdict"] != Verdict.INCONCLUSIVE],
            astride=[case for case in cases if case.finding["verdict"] == Verdict.INCONCLUSIVE],
            observed=[one for one in results["requirements"] if one["verdict"] == Verdict.OBSERVATION],
            undecided=sum(results["counts"].get(verdict, 0) for verdict in _UNSETTLED),
            decided=any(verdict not in _UNSETTLED for verdict in results["counts"]),
            areas=[(area, list(of_it)) for area, of_it in groupby(results["requirements"], key=_area)],
        )
    )


def _histories(results: Results, trace: Path) -> tuple[Sequence[History], str | None]:
    """The run's scenarios; or why there are none."""
    if not trace.exists():
        return [], "no trace.ndjson lies beside results.json"
    try:
        records = read_trace(trace)
        episodes = episodes_of(records)
    except UsageError:
        return [], "the trace.ndjson beside results.json cannot be read"
    if not _same_run(results["run"], records):
        return [], "the trace.ndjson beside results.json is of another run"
    return [episode.history for episode in episodes.values()], None


def _same_run(run: Results, records: Sequence[Record]) -> bool:
    began = records[0]
    ends = (rfc3339(began.time), rfc3339(records[-1].time))
    return isinstance(began, Began) and (began.target, *ends) == (run["target"], run["began"], run["ended"])


def _cases(results: Results, histories: Sequence[History]) -> Iterator[Case]:
    """What is broken, musts first; then what lies astride a limit."""
    told = [
        (requirement, finding)
        for verdict in (Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE)
        for requirement in results["requirements"]
        for finding in requirement["findings"]
        if finding["verdict"] == verdict
        and (verdict is not Verdict.INCONCLUSIVE or finding["where"]["decisive"] is not None)
    ]
    for number, (requirement, finding) in enumerate(told, start=1):
        command = command_for(requirement["id"], results["run"])
        history = _history_of(finding, histories)
        if history is None:
            yield Case(number, requirement, finding, command)
            continue
        timeline = timeline_of(history, finding)
        pictures = [
            (kind, Markup(draw(timeline, width, f"t{number}-{kind}")))  # noqa: S704 - ElementTree escaped it
            for kind, width in (("wide", _WIDE), ("narrow", _NARROW))
        ]
        evidence = evidence_of(history, finding, timeline.began)
        caption = f"Scenario {timeline.scenario}, in seconds from {timeline.origin}."
        yield Case(number, requirement, finding, command, caption, pictures, evidence)


def _history_of(finding: Results, histories: Sequence[History]) -> History | None:
    """The scenario in which it was decided."""
    where = finding["where"]
    place = next((one for one in (where["decisive"], where["since"], *finding["places"][-1:]) if one is not None), None)
    return next((one for one in histories if place is not None and one.first <= place < one.end), None)


def _lasted(run: Results) -> str:
    """How long the drive took, in the time of its clock."""
    try:
        began, ended = (datetime.fromisoformat(run[side]) for side in ("began", "ended"))
    except ValueError:
        return ""
    minutes, seconds = divmod((ended - began).total_seconds(), 60)
    return f"{minutes:.0f} min {seconds:.0f} s" if minutes else f"{seconds:.1f} s"


def _area(requirement: Results) -> str:
    return str(requirement["id"]).partition(".")[0]


_ORDER = (
    Verdict.HARNESS_ERROR,
    Verdict.COULD_NOT_TEST,
    Verdict.INCONCLUSIVE,
    Verdict.FAIL,
    Verdict.WARN,
    Verdict.OBSERVATION,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
    Verdict.OUT_OF_VIEW,
)
