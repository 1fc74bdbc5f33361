"""All that the page shows of one subject, ready for its template."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from harness.judging.comparison import Comparison
from harness.judging.verdicts.verdict import Verdict
from harness.report.consequences import consequences_of
from harness.report.page.exhibits import Exhibits, exhibits_of
from harness.report.page.grounds import Grounds
from harness.report.page.scenes import Scenes
from harness.report.page.svg import draw
from harness.report.page.timeline import timeline_of
from harness.report.reasons import by_reason
from harness.report.rerun_command import command_for
from harness.report.results import FindingResult, RequirementResult, RunFacts, SubjectResults

_OPEN = (Verdict.HARNESS_ERROR, Verdict.COULD_NOT_TEST, Verdict.INCONCLUSIVE)
_UNSETTLED = (*_OPEN, Verdict.OUT_OF_VIEW, Verdict.NOT_APPLICABLE)
_WIDE, _NARROW = 820, 320  # pixels


@dataclass(frozen=True, slots=True)
class JudgementView:
    """One finding with all that there is to show of it; a picture and evidence need the trace.

    `hanging`: the requirements that are undecided because of it.
    """

    number: int
    requirement: RequirementResult
    finding: FindingResult
    command: Sequence[str]
    trace: str
    hanging: Sequence[str] = ()
    caption: str = ""
    pictures: Sequence[tuple[str, Markup]] = ()
    evidence: Exhibits | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some requirements came to no verdict of their own."""

    verdict: Verdict
    story: str
    requirements: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements that came to the same end, or to ends of one kind: how many, and why."""

    count: int
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject. `at`: what its anchors begin with. `missing`: why there is nothing from its trace.

    `folded`: how many requirements are undecided because of a finding. Of its findings, `broken` are those that accuse,
    and `astride` those that lie astride a limit. `decided`: anything was. `areas`: the requirements by what stands
    before the dot of their ids. `identifies_itself`: it is to report its make and the like.
    """

    results: SubjectResults
    at: str
    missing: str | None
    counts: Sequence[tuple[Verdict, int]]
    lasted: str
    open_ones: Group
    folded: int
    in_part: Sequence[Reason]
    apart: Sequence[Group]
    broken: Sequence[JudgementView]
    astride: Sequence[JudgementView]
    observed: Sequence[RequirementResult]
    decided: bool
    areas: Sequence[tuple[str, Sequence[RequirementResult]]]
    identifies_itself: bool

    @property
    def exit_code(self) -> int:
        """Of a run that judges this subject alone."""
        return int(self.results.outcome.outcome)


def view_of(
    results: SubjectResults, at: str = "", scenes: Scenes | None = None, missing: str | None = None, first: int = 1
) -> SubjectView:
    """The subject, with the scenarios of its trace. `first`: the number of the first of its findings on the page."""
    hanging = {one.requirement.id: one.hanging for one in consequences_of(results).broken}
    folded = {name for names in hanging.values() for name in names}
    cases = list(_cases(results, scenes, first, hanging))
    return SubjectView(
        results,
        at,
        missing,
        counts=[(verdict, results.counts[verdict]) for verdict in _ORDER if verdict in results.counts],
        lasted=_lasted(results.run),
        open_ones=_without(_group(results, _OPEN), folded),
        folded=len(folded),
        in_part=_reasons(results, _OPEN, in_part=True),
        apart=[_group(results, [verdict]) for verdict in (Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW)],
        broken=[case for case in cases if case.finding.verdict is not Verdict.INCONCLUSIVE],
        astride=[case for case in cases if case.finding.verdict is Verdict.INCONCLUSIVE],
        observed=[one for one in results.requirements if one.verdict is Verdict.OBSERVATION],
        decided=any(verdict not in _UNSETTLED for verdict in results.counts),
        identifies_itself=scenes is None or scenes.reader.identifies_itself,
        areas=[(area, list(of_it)) for area, of_it in groupby(results.requirements, key=_area)],
    )


def _group(results: SubjectResults, verdicts: Sequence[Verdict]) -> Group:
    count = sum(results.counts.get(verdict, 0) for verdict in verdicts)
    return Group(count, _reasons(results, verdicts, in_part=False))


def _without(group: Group, folded: Collection[str]) -> Group:
    """The same count, and the reasons of all but these requirements."""
    left = [
        replace(one, requirements=[each for each in one.requirements if each not in folded]) for one in group.reasons
    ]
    return Group(group.count, [one for one in left if one.requirements])


def _reasons(results: SubjectResults, verdicts: Sequence[Verdict], *, in_part: bool) -> Sequence[Reason]:
    return [
        Reason(verdict, story, ids)
        for verdict in verdicts
        for story, ids in by_reason(results, [verdict], in_part=in_part, of=verdicts).items()
    ]


def _cases(
    results: SubjectResults, scenes: Scenes | None, first: int, hanging: Mapping[str, Sequence[str]]
) -> Iterator[JudgementView]:
    """The broken requirements, musts first; then those astride a limit. What hangs on one stands with its first."""
    told = [
        (requirement, finding)
        for verdict in (Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE)
        for requirement, finding in results.found(verdict)
        if verdict is not Verdict.INCONCLUSIVE or finding.where.decisive is not None
    ]
    order = {name: place for place, name in enumerate(hanging)}
    told.sort(key=lambda pair: order.get(pair[0].id, len(order)))
    named: set[str] = set()
    for number, (requirement, finding) in enumerate(told, start=first):
        its = () if requirement.id in named else hanging.get(requirement.id, ())
        named.add(requirement.id)
        command = command_for(requirement.id, results.run, results.subject)
        grounds = Grounds.of(finding)
        history = scenes.of(grounds) if scenes else None
        if scenes is None or history is None:
            yield JudgementView(number, requirement, finding, command, results.trace, its)
            continue
        timeline = timeline_of(history, grounds, scenes.reader)
        pictures = [
            (kind, Markup(draw(timeline, width, f"t{number}-{kind}")))  # noqa: S704 - ElementTree escaped it
            for kind, width in (("wide", _WIDE), ("narrow", _NARROW))
        ]
        evidence = exhibits_of(history, grounds, timeline.began, scenes.reader)
        caption = f"Scenario {timeline.scenario}, in seconds from {timeline.origin}."
        compared = scenes.reader.comparison(history, grounds.where)
        shown = (its, caption, pictures, evidence, compared)
        yield JudgementView(number, requirement, finding, command, results.trace, *shown)


def _lasted(run: RunFacts) -> str:
    """How long the drive took, in the time of its clock."""
    try:
        began, ended = (datetime.fromisoformat(moment) for moment in (run.began, run.ended))
        seconds = (ended - began).total_seconds()
    except (TypeError, ValueError):
        return ""
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes:.0f} min {seconds:.0f} s" if minutes else f"{seconds:.1f} s"


def _area(requirement: RequirementResult) -> str:
    return requirement.id.partition(".")[0]


_ORDER = (
    Verdict.FAIL,
    Verdict.HARNESS_ERROR,
    Verdict.WARN,
    Verdict.COULD_NOT_TEST,
    Verdict.INCONCLUSIVE,
    Verdict.OBSERVATION,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
    Verdict.OUT_OF_VIEW,
)
