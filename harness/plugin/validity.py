"""`--validity`: every variant of the target is driven and judged. Judging goes through pytest, so fixtures are real."""

from collections.abc import Mapping, Sequence
from io import StringIO

import pytest
from _pytest.runner import runtestprotocol

from harness.clock import Clock
from harness.driving.scenario import EPISODES, Scenario
from harness.driving.stage import perform
from harness.errors import UsageError
from harness.judging.episode import episodes_of
from harness.judging.finding import Finding, Outcome
from harness.plugin.run import RUN
from harness.target import Recording, Target, Varied
from harness.trace import Recorder
from harness.validity import Row, totals


def print_matrix(session: pytest.Session, device: Target | Recording, needed: Sequence[Scenario]) -> bool:
    """One line a variant, and one of totals; the exit code is 0 only if nothing is missed and nobody wrongly accused."""
    if isinstance(device, Recording) or not isinstance(device, Varied):
        raise UsageError("--validity needs a target that can be driven broken, such as sim")
    healthy = _judged(session, device, needed)
    rows = []
    for variant in device.variants:
        if session.config.option.variant in (None, variant.id):
            row = Row.of(variant, _judged(session, device.varied(variant.id), needed), healthy)
            rows.append(row)
            print(row, flush=True)  # noqa: T201 - the operator's output, while it goes on
    print(totals(rows))  # noqa: T201
    session.config.stash[RUN].findings.clear()
    wrong = any(row.is_wrong for row in rows)
    if wrong:
        pytest.exit("the matrix is not clean", returncode=Outcome.DOES_NOT_CONFORM)
    return True


def _judged(session: pytest.Session, target: Target, needed: Sequence[Scenario]) -> Sequence[Finding]:
    recorder = Recorder(StringIO())
    perform(target, needed, Clock.VIRTUAL, recorder, lambda _scenario: None)
    run = session.config.stash[RUN]
    run.findings.clear()
    session.config.stash[EPISODES] = episodes_of(recorder.records)
    for item, following in _in_pairs(session.items).items():
        runtestprotocol(item, log=False, nextitem=following)
    return tuple(run.findings)


def _in_pairs(items: Sequence[pytest.Item]) -> Mapping[pytest.Item, pytest.Item | None]:
    return dict(zip(items, [*items[1:], None], strict=True))
