"""`--validity`: every variant of the target is driven and judged. Judging goes through pytest, so fixtures are real."""

from collections.abc import Mapping, Sequence
from io import StringIO

import pytest
from _pytest.runner import runtestprotocol

from harness.clock import Clock
from harness.driving.performance import Play, perform
from harness.driving.progress import Unseen
from harness.driving.scenario import EPISODES, Scenario
from harness.errors import UsageError
from harness.judging.episode import episodes_of
from harness.judging.finding import Finding, Outcome
from harness.plugin.run import RUN
from harness.target import Recording, Target, Varied, varied
from harness.trace import Recorder
from harness.validity import Row, never_failed, totals

WRONG = pytest.StashKey[bool]()


def print_matrix(session: pytest.Session, device: Target | Recording, needed: Sequence[Scenario]) -> bool:
    """A row per variant, and a line of totals; of all variants, the judgements that none of them made fail."""
    if isinstance(device, Recording) or not isinstance(device, Varied):
        raise UsageError("--validity needs a target that can be driven broken, such as sim")
    chosen: str | None = session.config.option.variant
    if chosen is not None:
        varied(device, chosen)  # which refuses one that is unknown
    healthy = _judged(session, device, needed)
    rows = []
    for variant in device.variants:
        if chosen in (None, variant.id):
            rows.append(Row.of(variant, _judged(session, device.varied(variant.id), needed), healthy))
            print(rows[-1], flush=True)  # noqa: T201 - the operator's output, while it goes on
    idle = never_failed(healthy, rows) if chosen is None else ()
    print(*(f"NEVER FAILED    {judgement}" for judgement in idle), totals(rows), sep="\n")  # noqa: T201 - likewise
    if chosen is None:
        print(f"{len(healthy)} judgements, {len(healthy) - len(idle)} seen to fail")  # noqa: T201 - likewise
    session.config.stash[RUN].findings.clear()
    session.config.stash[WRONG] = bool(idle) or any(row.is_wrong for row in rows)
    return True


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The exit code is 0 only if nothing is missed and nobody wrongly accused."""
    if WRONG in session.config.stash:
        session.exitstatus = Outcome.DOES_NOT_CONFORM if session.config.stash[WRONG] else Outcome.CONFORMS


def _judged(session: pytest.Session, target: Target, needed: Sequence[Scenario]) -> Sequence[Finding]:
    recorder = Recorder(StringIO())
    run = session.config.stash[RUN]
    perform(Play(target, needed, Clock.VIRTUAL, spec=run.spec), recorder, Unseen())
    run.findings.clear()
    session.config.stash[EPISODES] = episodes_of(recorder.records)
    for item, following in _in_pairs(session.items).items():
        runtestprotocol(item, log=False, nextitem=following)
    return tuple(run.findings)


def _in_pairs(items: Sequence[pytest.Item]) -> Mapping[pytest.Item, pytest.Item | None]:
    return dict(zip(items, [*items[1:], None], strict=True))
