"""`--plan FILE`: asks every judgement that was collected what it would lack; `setpoint plan` reads what is written."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import msgspec
import pytest

from harness.clock import Clock
from harness.driving.scenario import EPISODES, Scenario
from harness.errors import UsageError
from harness.judging.history import History
from harness.judging.whole_run import WholeRun
from harness.planning.dry_run import dry_run, shown_by
from harness.planning.plan import Plan, PlannedJudgement, verdicts_and_lines
from harness.planning.prerequisites import WITHOUT_A_DEVICE, DryRunAnswer, DryRunEpisodes, MissingPrerequisites
from harness.plugin.options import chosen_device, clock_for, driven_under, opposite_of
from harness.plugin.run import DECIDES, RUN, WHOLE_RUN, Judging
from harness.plugin.verdicts import judged
from harness.target import Recording


def write_plan(session: pytest.Session, needed: Sequence[Scenario], file: Path) -> bool:
    """True, as nothing is left to be judged. Raises UsageError where there is nothing to plan."""
    config, run = session.config, session.config.stash[RUN]
    planned = run.of(session.items[0])
    target = chosen_device(config, planned.asked)
    if isinstance(target, Recording):
        raise UsageError("a recording has been driven already: there is nothing to plan")
    clock = clock_for(target, config)
    scenarios = driven_under(clock, needed, config)
    is_pair = opposite_of(config, planned, target) is not None
    records = dry_run(target, scenarios, planned.asked.subject, planned.spec, is_pair=is_pair)
    judging = Judging.of(records)
    judging.begin(config)
    missing, whole = MissingPrerequisites(shown_by(target)), judging.whole
    # It is what judgements take it for, as far as a judgement can ask.
    config.stash[WHOLE_RUN] = cast("WholeRun[History]", DryRunAnswer(whole, missing))
    config.stash[EPISODES] = DryRunEpisodes(whole.scenes, missing)
    verdicts, lines = verdicts_and_lines(list(_planned_judgements(session, missing)))
    ended = {scenario.name: whole.scenes[scenario.name].history.closed for scenario in scenarios}
    left_out = {name for name, end in ended.items() if end.not_applicable or (is_pair and end.unprovoked)}
    driven = (scenario for scenario in scenarios if scenario.name not in left_out)
    plan = Plan(
        device=planned.asked.subject.name_of(target.profile.id),
        target=target.name,
        spec=planned.spec,
        verdicts=verdicts,
        lines=lines,
        seconds=sum(scenario.takes for scenario in driven if not scenario.hidden_from(shown_by(target))),
        is_virtual=clock is Clock.VIRTUAL,
        of=sum(planned.spec in one.levels and not one.untested for one in run.catalogue.of(planned.name)),
    )
    file.write_bytes(msgspec.json.encode(plan))
    return True


def _planned_judgements(session: pytest.Session, missing: MissingPrerequisites) -> Iterator[PlannedJudgement]:
    """Raises whatever a judgement may not raise of a history in which nothing was said: that is a fault of ours."""
    run = session.config.stash[RUN]
    for item, ended in judged(session):
        if ended is not None and not isinstance(ended, WITHOUT_A_DEVICE):
            raise ended
        requirement = item.stash[DECIDES]
        yield PlannedJudgement(requirement, run.level(item), item.nodeid, tuple(dict.fromkeys(missing.lacks)))
        missing.lacks.clear()
