"""How many requirements are judged, by area and spec: the table that README shows."""

from collections import Counter
from collections.abc import Iterable, Iterator

from harness.judging.requirement import Catalogue, Requirement
from harness.judging.verdict import Level
from harness.wire.spec import Spec

_WORDS = {Level.MUST: "must", Level.SHOULD: "should", Level.OBSERVATION: "open"}


def overview(catalogue: Catalogue) -> Iterator[str]:
    """Lines of Markdown. A clause that is open is observed; one that no test decides is not counted."""
    judged = [requirement for requirement in catalogue if not requirement.untested]
    yield f"| requirements judged | {' | '.join(f'`{spec}`' for spec in Spec)} |"
    yield f"|---|{'---|' * len(Spec)}"
    for area in sorted({_area(requirement) for requirement in judged}):
        yield _row(area, [requirement for requirement in judged if _area(requirement) == area])
    yield _row("all", judged)


def _row(name: str, requirements: Iterable[Requirement]) -> str:
    known = tuple(requirements)
    return f"| {name} | {' | '.join(_cell(known, spec) for spec in Spec)} |"


def _cell(requirements: Iterable[Requirement], spec: Spec) -> str:
    levels = Counter(requirement.level(spec) for requirement in requirements if spec in requirement.levels)
    return ", ".join(f"{levels[level]} {word}" for level, word in _WORDS.items() if levels[level]) or "none"


def _area(requirement: Requirement) -> str:
    return requirement.id.partition(".")[0]
