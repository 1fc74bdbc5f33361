"""Judgements as pure functions of episodes: no pytest between, so that thousands of episodes are judged in a minute."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from inspect import signature, unwrap
from itertools import product
from pkgutil import walk_packages
from types import ModuleType

from _pytest.mark import ParameterSet

import suites
from harness.driving.scenario import SCENARIOS
from harness.judging.connection.strangers import doubted
from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Level
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.whole_run import WholeRun
from harness.protocols.udmi.words.spec import Spec
from suites.udmi.limits import Limits

CATALOGUE = Catalogue.read()
_SPEC = Spec.UDMI_1_5
_WHOLE_RUN, _LIMITS = "whole_run", "limits"


@dataclass(frozen=True)
class Judgement:
    """One test of the suites, with what it is parametrized by. `scenarios`: those whose episodes it asks for.

    One that is asked of the whole run asks for none: `is_of_the_run`.
    """

    file: str
    name: str
    parameters: Mapping[str, object]
    requirement: Requirement
    function: Callable[..., None]
    fixtures: Mapping[str, Callable[..., object]]

    @cached_property
    def id(self) -> str:
        """As pytest names it, nearly: file, name and parameters."""
        words = "-".join(str(value) for value in self.parameters.values())
        return f"{self.file}::{self.name}" + (f"[{words}]" if words else "")

    @property
    def level(self) -> Level:
        """How the specification binds."""
        return self.requirement.level(_SPEC)

    @cached_property
    def scenarios(self) -> frozenset[str]:
        """By name; `across` gives the only one through a parameter."""
        return frozenset(self._scenarios_of(self.function))

    @cached_property
    def is_of_the_run(self) -> bool:
        """Whether it is asked of all that passed at once."""
        return _WHOLE_RUN in _asked_for_by(self.function)

    def judge(self, histories: Mapping[str, History]) -> Finding:
        """The verdict of the judgement."""
        return self._found({name: Episode(histories[name]) for name in self.scenarios})

    def judge_run(self, run: WholeRun) -> Finding:
        """Likewise, of one that is asked of the whole run."""
        return self._found({_WHOLE_RUN: run.afresh()})

    def _found(self, episodes: Mapping[str, Episode]) -> Finding:
        ended: Exception | None = None
        try:
            self._call(self.function, episodes, {})
        except Exception as error:  # noqa: BLE001 - whatever it is, it makes a verdict
            ended = error
        doubt = doubted(ended, [episode.history for episode in episodes.values()])
        evidences: dict[str, Evidence] = {name: episode.evidence for name, episode in episodes.items()}
        return Finding.of(self.requirement, self.level, self.id, doubt, evidences)

    def _scenarios_of(self, function: Callable[..., object]) -> Iterator[str]:
        for name in _asked_for_by(function):
            if name == "episode":
                yield str(self.parameters[name])
            elif name in SCENARIOS:
                yield name
            elif name not in self.parameters and name not in (_WHOLE_RUN, _LIMITS):
                yield from self._scenarios_of(self.fixtures[name])

    def _call(
        self, function: Callable[..., object], episodes: Mapping[str, Episode], made: dict[str, object]
    ) -> object:
        given: dict[str, object] = {}
        for name in _asked_for_by(function):
            if name == "episode":
                given[name] = episodes[str(self.parameters[name])]
            elif name in episodes:
                given[name] = episodes[name]
            elif name in self.parameters:
                given[name] = self.parameters[name]
            elif name == _LIMITS:
                given[name] = Limits()
            else:
                if name not in made:
                    made[name] = self._call(self.fixtures[name], episodes, made)
                given[name] = made[name]
        return function(**given)


@cache
def judgements() -> tuple[Judgement, ...]:
    """Every judgement under the default spec."""
    return tuple(judgement for module in _modules() for judgement in _in(module))


@cache
def _asked_for_by(function: Callable[..., object]) -> tuple[str, ...]:
    return tuple(signature(function).parameters)


def _modules() -> list[ModuleType]:
    """All of them, before the first is looked at: only then is every scenario known."""
    modules = [import_module(module.name) for module in walk_packages(suites.__path__, "suites.")]
    return [module for module in modules if module.__name__.rpartition(".")[2].startswith("test_")]


def _in(module: ModuleType) -> Iterator[Judgement]:
    file = module.__name__.removeprefix("suites.").removeprefix("udmi.").replace(".", "/")
    fixtures = {name: unwrap(member) for name, member in vars(module).items() if _is_fixture(member)}
    for name, function in vars(module).items():
        marks = {mark.name: mark for mark in getattr(function, "pytestmark", ()) if mark.name != "parametrize"}
        if not name.startswith("test_") or "covers" not in marks:
            continue
        requirement = CATALOGUE[marks["covers"].args[0]]
        if _SPEC in requirement.levels:
            for parameters in _parameters(function):
                yield Judgement(file, name, parameters, requirement, function, fixtures)


def _parameters(function: Callable[..., None]) -> Iterator[Mapping[str, object]]:
    """One mapping for each way in which it is parametrized."""
    choices = []
    for mark in reversed([mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]):
        names, rows = mark.args
        several = not isinstance(names, str) or "," in names
        keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
        plain = [row.values if isinstance(row, ParameterSet) else row if several else (row,) for row in rows]
        choices.append([dict(zip(keys, row, strict=True)) for row in plain])
    for combination in product(*choices):
        yield {name: value for choice in combination for name, value in choice.items()}


def _is_fixture(member: object) -> bool:
    return type(member).__name__ == "FixtureFunctionDefinition" or hasattr(member, "_pytestfixturefunction")
