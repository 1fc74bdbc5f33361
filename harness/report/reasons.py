"""What many judgements share: one reason, said once, with the requirements that it concerns."""

from collections.abc import Collection, Mapping

from harness.judging.verdict import Verdict
from harness.report.results import Results


def by_reason(
    results: Results, verdicts: Collection[Verdict], *, in_part: bool | None = None
) -> Mapping[str, list[str]]:
    """The reasons of all findings with these verdicts, in order, and the ids of their requirements.

    `in_part`: only of requirements on which other findings decided all the same; False: only of the others.
    """
    reasons: dict[str, list[str]] = {}
    for requirement in results["requirements"]:
        if in_part is not None and (requirement["verdict"] not in verdicts) is not in_part:
            continue
        for finding in requirement["findings"]:
            if finding["verdict"] in verdicts:
                ids = reasons.setdefault(finding["story"], [])
                ids.extend([requirement["id"]] if requirement["id"] not in ids else [])
    return reasons


def notes_of(requirement: Results) -> list[str]:
    """What stands behind a requirement's verdict in a few words: from the findings that have that very verdict."""
    findings = [finding for finding in requirement["findings"] if finding["verdict"] == requirement["verdict"]]
    notes: dict[str, None] = {}
    for finding in findings:
        story = finding["story"].partition("\n")[0]
        told = [story] if requirement["verdict"] in _TOLD and story else []
        notes |= dict.fromkeys([*told, *finding["observed"], *map(words_of, finding["measured"])])
    if not notes and requirement["verdict"] == Verdict.OBSERVATION:
        notes[f"so it is: {requirement['gist']}"] = None
    return list(notes)


def words_of(measured: Results) -> str:
    """A figure and its limit."""
    return f"{measured['what']} {measured['most']:.3f} s; required {measured['required']}"


_TOLD = (Verdict.FAIL, Verdict.WARN, Verdict.OBSERVATION)
