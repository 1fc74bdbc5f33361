"""Reasons that many judgements share: each is told once, with the requirements that it concerns."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from harness.judging.verdicts.verdict import ACCUSING, Verdict
from harness.report.figures import figure_words
from harness.report.results import FindingResult, RequirementResult, SubjectResults


def by_reason(
    results: SubjectResults,
    verdicts: Collection[Verdict],
    *,
    in_part: bool | None = None,
    of: Collection[Verdict] | None = None,
) -> Mapping[str, list[str]]:
    """The reasons of all findings with these verdicts, in order, and the ids of their requirements.

    What many stories have as their cause is told once, as that. `in_part`: only of requirements that came to none of
    these verdicts, or of `of`, as other findings decided all the same; False: only of the others.
    """
    findings: dict[str, list[FindingResult]] = {}
    concerned: dict[str, dict[str, None]] = {}
    for requirement, finding in results.found(*verdicts):
        if in_part is not None and (requirement.verdict not in (of or verdicts)) is not in_part:
            continue
        cause = cause_of(finding)
        findings.setdefault(cause, []).append(finding)
        concerned.setdefault(cause, {})[requirement.id] = None
    return {told_reason(cause, findings[cause]): list(ids) for cause, ids in concerned.items()}


def cause_of(finding: FindingResult) -> str:
    """The cause that kept the finding from being decided, as others may have it, too."""
    return finding.cause or finding.story


def told_reason(cause: str, findings: Sequence[FindingResult]) -> str:
    """The whole story where all have the same; and the scenario, where it is true of a single one."""
    stories = {finding.story for finding in findings}
    scenarios = {scenario for finding in findings for scenario in finding.scenarios}
    first, line_end, rest = (stories.pop() if len(stories) == 1 else cause).partition("\n")
    where = f" (in {scenarios.pop()})" if len(scenarios) == 1 and scenarios != {_WHOLE_RUN} else ""
    return f"{first}{where}{line_end}{rest}"


def kept_in_part(requirement: RequirementResult) -> str:
    """`kept in 2 of 3 parts` where others were left out of what these decide; of all other requirements, nothing."""
    parts = requirement.parts
    return f"kept in {parts.kept} of {parts.of} parts" if parts else ""


def notes_of(requirement: RequirementResult) -> list[str]:
    """The notes behind a requirement's verdict: those of the findings that have that very verdict."""
    verdict = requirement.verdict
    findings = [finding for finding in requirement.findings if finding.verdict == verdict]
    notes: dict[str, None] = dict.fromkeys(filter(None, [kept_in_part(requirement)]))
    if verdict is Verdict.OBSERVATION:
        notes |= dict.fromkeys(_observed(requirement.gist, findings))
    for finding in findings:
        told = [finding.story.partition("\n")[0]] if verdict in ACCUSING else []
        figures = [figure_words(figure, verdict) for figure in finding.measured]
        notes |= dict.fromkeys([*filter(None, told), *finding.observed, *figures])
    if not notes and verdict is Verdict.OBSERVATION:
        notes[f"so it is: {requirement.gist}"] = None
    return list(notes)


def _observed(gist: str, findings: Sequence[FindingResult]) -> Iterator[str]:
    """An open clause as it is on this device. Nothing is held against it, so nothing is said that it should do."""
    stories = [finding.story.partition("\n")[0] for finding in findings if finding.story]
    if any(_SHOULD in story for story in stories):
        yield f"not so here: {gist}"
    for story in stories:
        subject, should, rest = story.partition(_SHOULD)
        _, but, seen = rest.rpartition(", but ")
        if not should:
            yield story
        elif but:
            yield f"{subject}: {seen}"


def binding_of(requirement: RequirementResult) -> str:
    """The level, and the word of the text where that is another one; of old results, the level."""
    return requirement.verb.beside(requirement.level) if requirement.verb else str(requirement.level)


_WHOLE_RUN = "whole_run"
_SHOULD = " should "  # of a story that accuses, where its clause binds
