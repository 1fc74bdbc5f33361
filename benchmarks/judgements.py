"""Judgements as plain functions, on a device that is driven once: no pytest between."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from io import StringIO
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeAlias

import suites.udmi
from benchmarks.figure import Figure
from benchmarks.rate import per_second
from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.udmi.judging.episode import Episode, episodes_of
from harness.record.kinds import Record
from harness.record.left_out import NotApplicable, OutOfView
from harness.record.trace import Recorder
from simulator.udmi.target import SimTarget
from suites.udmi.limits import Limits

Judgement: TypeAlias = Callable[..., None]
LIMITS = Limits()


def figures() -> Iterator[Figure]:
    """Every judgement that asks for nothing but episodes. Each episode is cut and decoded once, as in a run."""
    needs = {judgement: _needs(judgement) for judgement in _judgements()}
    known = SCENARIOS.keys() | {"limits"}
    plain = {judgement: names for judgement, names in needs.items() if names & SCENARIOS.keys() and names <= known}
    records = _driven(frozenset().union(*plain.values()) - {"limits"})
    rate = per_second(len(plain), lambda: lambda: _judge(plain, records))
    yield Figure(f"judgements, decoding included, {len(plain)} at a time", f"{rate:,.0f} judgements/s")


def _judge(judgements: Mapping[Judgement, frozenset[str]], records: Sequence[Record]) -> None:
    episodes = episodes_of(records)
    for judgement, names in judgements.items():
        with suppress(NotApplicable, NotObserved, OutOfView):  # as long a way to a verdict as any other
            judgement(**{name: LIMITS if name == "limits" else Episode(episodes[name].history) for name in names})


def _judgements() -> Iterator[Judgement]:
    for module in _modules():
        for name, judgement in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                yield judgement


def _modules() -> list[ModuleType]:
    """All of them, before the first is looked at: only then is every scenario known."""
    return [import_module(module.name) for module in walk_packages(suites.udmi.__path__, "suites.udmi.")]


def _needs(judgement: Judgement) -> frozenset[str]:
    return frozenset(inspect.signature(judgement).parameters)


def _driven(names: frozenset[str]) -> Sequence[Record]:
    recorder = Recorder(StringIO())
    scenarios = [SCENARIOS[name] for name in sorted(names)]
    drive_target(RunPlan(SimTarget.from_option(""), scenarios, Clock.VIRTUAL), recorder, Unseen())
    return recorder.records
