"""Alters an episode, has it judged, and says in which judgements the verdict did not follow."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from hypothesis import Phase, given, settings

from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import ACCUSING, UNDECIDED, Level, Verdict
from harness.protocols.udmi.judging.whole_run import whole_run_of
from tests.altered.alteration import Alteration, Effect
from tests.altered.judgement import Judgement, judgements
from tests.altered.source import SOURCES, Source, source
from tests.altered.take import Take

EXAMPLES = 2  # amounts that Hypothesis chooses, for each episode; the edges come on top
_PHASES = (Phase.generate,)


@dataclass
class Tally:
    """How much was tried. `wrong`: where the verdict did not follow, in words."""

    episodes: int = 0
    judged: int = 0
    wrong: list[str] = field(default_factory=list)
    followed: set[str] = field(default_factory=set)  # the judgements that an alteration concerned, and that followed


def try_out(alteration: Alteration, spared: Iterable[str], tally: Tally) -> None:
    """With every source, scenario and amount. Judgements whose id begins with one of the spared are not asked."""
    asked = asked_about(spared)
    for name in SOURCES:
        run = source(name)
        if run.allowance not in alteration.allowances:
            continue
        for scenario in run.histories if alteration.scenario == "*" else [alteration.scenario]:
            if scenario in run.histories:
                _try_episode(alteration, run, scenario, asked, tally)
        _try_whole_run(alteration, run, asked, tally)


def asked_about(spared: Iterable[str]) -> Sequence[Judgement]:
    """Every judgement whose id begins with none of these."""
    return [judgement for judgement in judgements() if not judgement.id.startswith(tuple(spared))]


def _try_episode(alteration: Alteration, run: Source, scenario: str, asked: Sequence[Judgement], tally: Tally) -> None:
    """Those that ask for the scenario, with the episode as it was altered."""
    concerned = [judgement for judgement in asked if scenario in judgement.scenarios]
    take = Take.of(run.histories[scenario])

    def attempt(amount: float) -> None:
        altered = alteration.alter(take, amount)
        if altered is None:
            return
        tally.episodes += 1
        histories = {**run.histories, scenario: altered.history}
        for judgement in concerned:
            found = _Found(alteration, run, f"{scenario}, {amount!r}", judgement.judge(histories))
            found.compare(judgement, tally)

    _try_amounts(alteration, attempt)


def _try_whole_run(alteration: Alteration, run: Source, asked: Sequence[Judgement], tally: Tally) -> None:
    """Those that ask for the whole run and are concerned, with the episode in it as it was altered, or all of it."""
    concerned = [judgement for judgement in asked if judgement.is_of_the_run and alteration.concerns(judgement.id)]
    if not concerned or alteration.scenario not in {"*", *run.histories}:
        return

    def attempt(amount: float) -> None:
        everywhere = alteration.scenario == "*"
        part = run.run.history if everywhere else run.histories[alteration.scenario]
        altered = alteration.alter(Take.of(part), amount)
        if altered is None:
            return
        tally.episodes += 1
        whole = whole_run_of(altered.within(run.run.history).history.records, run.run.history.network_delay)
        for judgement in concerned:
            found = _Found(alteration, run, f"the whole run, {amount!r}", judgement.judge_run(whole))
            found.compare(judgement, tally)

    _try_amounts(alteration, attempt)


@dataclass(frozen=True)
class _Found:
    """The verdict of a judgement when so much had been altered there."""

    alteration: Alteration
    run: Source
    where: str
    after: Finding

    def compare(self, judgement: Judgement, tally: Tally) -> None:
        """With what it came to before."""
        tally.judged += 1
        problem = _problem(self.alteration, judgement, self.run.findings[judgement.id], self.after)
        if problem:
            what = f"{self.alteration.id}, {self.run.name}, {self.where}"
            tally.wrong.append(f"{what}: {judgement.id} {problem}: {self.after.story.splitlines()[:1]}")
        elif self.alteration.concerns(judgement.id):
            tally.followed.add(judgement.id)


def _try_amounts(alteration: Alteration, attempt: Callable[[float], None]) -> None:
    for amount in alteration.amounts.edges:
        attempt(amount)
    if alteration.amounts.between is not None:
        limits = settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=_PHASES)
        limits(given(alteration.amounts.between)(attempt))()


def _problem(alteration: Alteration, judgement: Judgement, before: Finding, after: Finding) -> str | None:
    """In which way the verdict did not follow, if it did not."""
    verdict, name = after.verdict, judgement.requirement.id
    if verdict is Verdict.HARNESS_ERROR:
        return "fell over"
    if alteration.concerns(judgement.id) and before.verdict is not Verdict.NOT_APPLICABLE:
        follows = _follows(alteration.effect, judgement, before, after)
        return None if follows else f"was {before.verdict}, is {verdict}; this {alteration.effect} it"
    if verdict in ACCUSING and name not in alteration.also | _broken_by(alteration):
        return f"is {verdict}, though it is not concerned"
    if verdict in UNDECIDED and alteration.effect is Effect.KEEPS and name not in alteration.also | alteration.hides:
        return f"is {verdict}, though no evidence was taken away"
    return None


def _follows(effect: Effect, judgement: Judgement, before: Finding, after: Finding) -> bool:
    match effect:
        case Effect.BREAKS:
            return _is_broken(judgement, before, after)
        case Effect.HIDES:
            return after.verdict in UNDECIDED
        case Effect.KEEPS:
            return after.verdict is before.verdict


@cache
def _broken_by(alteration: Alteration) -> frozenset[str]:
    """The requirements of the judgements that it is to break."""
    if alteration.effect is not Effect.BREAKS:
        return frozenset()
    return frozenset(judgement.requirement.id for judgement in judgements() if alteration.concerns(judgement.id))


def _is_broken(judgement: Judgement, before: Finding, after: Finding) -> bool:
    """An open clause is broken by nothing; but what was seen is something else."""
    if judgement.level is Level.OBSERVATION:
        return after.verdict is Verdict.OBSERVATION and _noted(before) != _noted(after)
    return after.verdict in ACCUSING


def _noted(finding: Finding) -> Sequence[str]:
    return (*finding.observed, finding.story.partition("\n")[0])


def wanting(table: Sequence[Alteration], effect: Effect, spared: Iterable[str]) -> Iterator[str]:
    """The judgements that no alteration of the table concerns in this way."""
    rows = [row for row in table if row.effect is effect]
    for judgement in asked_about(spared):
        scenes = {"*", *judgement.scenarios}
        if not any(row.concerns(judgement.id) and (judgement.is_of_the_run or row.scenario in scenes) for row in rows):
            yield judgement.id
