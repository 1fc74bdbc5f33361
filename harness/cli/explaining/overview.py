"""How many requirements are judged, by area and spec, in a table for each protocol: README shows it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.verdicts.verdict import Level
from harness.protocol import protocols

_WORDS = {Level.MUST: "must", Level.SHOULD: "should", Level.OBSERVATION: "open"}


def overview(catalogue: Catalogue) -> Iterator[str]:
    """Lines of Markdown. A clause that is open is observed; one that no test decides is not counted."""
    for number, plug in enumerate(sorted(protocols(), key=lambda plug: not plug.is_default)):
        yield from ([""] if number else [])
        judged = [one for one in catalogue if not one.untested and one.levels.keys() & set(plug.specs)]
        yield from _table(judged, plug.specs)


def _table(judged: Sequence[Requirement], specs: Sequence[str]) -> Iterator[str]:
    yield f"| requirements judged | {' | '.join(f'`{spec}`' for spec in specs)} |"
    yield f"|---|{'---|' * len(specs)}"
    for area in sorted({requirement.area for requirement in judged}):
        yield _row(area, [requirement for requirement in judged if requirement.area == area], specs)
    yield _row("all", judged, specs)


def _row(name: str, requirements: Sequence[Requirement], specs: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(_cell(requirements, spec) for spec in specs)} |"


def _cell(requirements: Iterable[Requirement], spec: str) -> str:
    levels = Counter(requirement.level(spec) for requirement in requirements if spec in requirement.levels)
    return ", ".join(f"{levels[level]} {word}" for level, word in _WORDS.items() if levels[level]) or "none"
