"""Everything that a judgement can ask, asked of a run in which a hostile message came.

A judgement is given an episode or the whole run, and asks what these lead to: so do the questions here. Every public
verb and property of a class is one, and what it returns is asked in turn. A new class or verb is found by itself.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from inspect import Parameter, getmembers, isclass, isfunction, signature
from itertools import islice, product
from pkgutil import walk_packages
from typing import Any, Self, TypeAlias, get_args, get_type_hints

import harness
from harness.judging.requirements.requirement import Requirement
from harness.judging.requirements.source import Source
from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window, at, within
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Level, Undecided, Verdict, verdict_of
from harness.payload.values import IllTyped, Value
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.telemetry_window import before_telemetry_or
from harness.protocols.udmi.judging.whole_run import WholeRun
from harness.protocols.udmi.judging.writes.write import Write
from harness.protocols.udmi.words.messages import Mode, ValueState
from harness.protocols.udmi.words.schemas import MessageKind
from harness.protocols.udmi.words.status_levels import StatusLevel
from tests.visited import CUT, MOVED, NAME, TAKEN, WRITE, afresh

Question: TypeAlias = Callable[[WholeRun], object]

ROOTS: Mapping[type, Question] = {Episode: lambda run: run.scenes[NAME], WholeRun: lambda run: run}


def _write(run: WholeRun) -> Write:
    return run.scenes[NAME].write(WRITE)


def _heard(run: WholeRun) -> Heard[object]:
    history = run.scenes[NAME].history
    return next(iter((*history.states, *history.telemetry)))


# What is given for a parameter of each type, made for the run. A verb with a parameter of another type fails a test.
ANSWERS: Mapping[object, Sequence[Question]] = {
    Window: (lambda _: within(30), lambda _: before_telemetry_or(5), lambda _: at(60, give_or_take=5)),
    Stimulus: (lambda run: run.scenes[NAME].provocation(TAKEN),),
    Stimulus | None: (lambda _: None, lambda run: run.scenes[NAME].provocation(TAKEN)),
    ValueState: (lambda _: ValueState.APPLIED, lambda _: ValueState.FAILURE),
    ValueState | None: (lambda _: ValueState.APPLIED, lambda _: ValueState.FAILURE, lambda _: None),
    SentConfig: (lambda run: run.scenes[NAME].config(WRITE),),
    Write: (_write,),
    PointReport: (lambda run: next(iter(_write(run).reports())),),
    PointReport | None: (lambda _: None, lambda run: next(iter(_write(run).reports()))),
    Episode: (lambda run: run.scenes[NAME],),
    Heard[object]: (_heard,),
    Heard[object] | None: (lambda _: None, _heard),
    Sequence[Heard[object]]: (lambda run: run.scenes[NAME].history.states,),
    Callable[[Heard[object]], list[str]]: (lambda _: lambda _heard: [], lambda _: lambda _heard: ["damper"]),
    Mode: (lambda _: Mode.ACTIVE, lambda _: Mode.INITIAL),
    ViolationKind: tuple(lambda _, one=one: one for one in ViolationKind),  # type: ignore[misc]
    MessageKind: (lambda _: MessageKind.STATE, lambda _: MessageKind.TELEMETRY, lambda _: MessageKind.SYSTEM_EVENT),
    StatusLevel: (lambda _: StatusLevel.ERROR,),
    Collection[ValueState]: (lambda _: set(ValueState),),
    Value | None: (lambda _: 30.0, lambda _: 50.0),
    Value | IllTyped | None: (lambda _: 30.0, lambda _: IllTyped([]), lambda _: None),
    float: (lambda _: 1.0,),
    int: (lambda _: 0,),
    str: (lambda _: "damper",),
    Mapping[str, int]: (lambda _: {"pointset.point.applied": 200, "c": 500},),
    Sequence[str]: (lambda _: ("system.config.receive", "damper"),),
    str | None: (lambda _: None, lambda _: "damper"),
}
LABELS: Sequence[Question] = (lambda _: WRITE, lambda _: TAKEN, lambda _: MOVED, lambda _: CUT)

_CLAUSE = Requirement("area.clause", "It is so.", {}, Source("a document", "a section", ()))
_MOST = 100  # of what an iterator gives


@dataclass(frozen=True)
class Subject:
    """Something that is asked: an object of that class, and how it is come by."""

    kind: type
    found: Question


def judging_classes() -> set[type]:
    """Every class of the judging code, UDMI's too, that collects evidence: all of them answer questions."""
    names = [one.name for one in walk_packages(harness.__path__, "harness.") if ".judging" in one.name]
    names = [name for name in names if not name.startswith("harness.protocols.") or ".udmi." in name]
    return {
        kind
        for module in map(import_module, names)
        for _, kind in getmembers(module, isclass)
        if kind.__module__ == module.__name__ and Evidence in get_type_hints(kind).values()
    }


def stories_of(run: WholeRun) -> Iterator[str]:
    """The stories of the findings, and what they say was observed, when every question is asked."""
    for name, ask in QUESTIONS:
        asked = afresh(run)
        ended: Exception | None = None
        try:
            ask(asked)
        except Exception as verdict:  # noqa: BLE001 - likewise
            ended = verdict
        evidences = {NAME: asked.scenes[NAME].evidence, "the whole run": asked.evidence}
        finding = Finding.of(_CLAUSE, Level.MUST, name, ended, evidences)
        yield from (finding.story, *finding.observed)


def fallen_over(run: WholeRun) -> set[str]:
    """The questions that end in something else than an answer or a verdict, and in what."""
    return {f"{name}: {wrong}" for name, ask in QUESTIONS if (wrong := _error_of(ask, run))}


def _error_of(ask: Question, run: WholeRun) -> str | None:
    try:
        ask(afresh(run))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        is_ours = verdict_of(error, Level.MUST) is Verdict.HARNESS_ERROR
        return f"{type(error).__name__}: {error}" if is_ours else None
    return None


def _subjects() -> Iterator[Subject]:
    """From the roots on, along what the verbs and properties of each return; one subject for each way to a class."""
    known, waiting = set[tuple[type, type, str]](), [Subject(kind, found) for kind, found in ROOTS.items()]
    while waiting:
        subject = waiting.pop(0)
        yield subject
        for name, member in verbs_of(subject.kind):
            is_property = isinstance(member, property)
            of = subject.kind if is_property and subject.kind in ROOTS else _defines(subject.kind, name)
            for kind in _judged(get_type_hints(member.fget if is_property else member)["return"]):
                if (kind, of, name) not in known and kind not in ROOTS:
                    known.add((kind, of, name))
                    waiting.append(Subject(kind, partial(_led_to, subject, name, kind)))


def _defines(kind: type, name: str) -> type:
    return next(base for base in kind.__mro__ if name in vars(base))


def _plain(hint: Any) -> object:  # noqa: ANN401 - a type, or what stands for one
    """The type with `object` for every type variable in it."""
    variables = getattr(hint, "__parameters__", ())
    return hint[(object,) * len(variables)] if variables else hint


def _judged(hint: object) -> Iterator[type]:
    """The classes in the type that can be asked."""
    if isinstance(hint, type) and hint in _CLASSES:
        yield hint
    for part in get_args(hint):
        yield from _judged(part)


def verbs_of(kind: type) -> Iterator[tuple[str, Any]]:
    """The public verbs and properties of the class, by name."""
    for name, member in getmembers(kind):
        if not name.startswith("_") and (isfunction(member) or isinstance(member, property)):
            yield name, member


def _led_to(subject: Subject, name: str, kind: type, run: WholeRun) -> object:
    """The first object of the class that the member gives, whatever is given to it. Raises the verdict if none does."""
    verdict: Exception = Undecided(f"{name} led to nothing")
    for ask in _askings(subject, name):
        try:
            answer = ask(run)
        except Exception as ended:  # noqa: BLE001 - likewise
            verdict = ended
            continue
        for one in answer if isinstance(answer, Iterable) else [answer]:
            if isinstance(one, kind):
                return one
    raise verdict


def _questions() -> Iterator[tuple[str, Question]]:
    for subject in SUBJECTS:
        for name, _ in verbs_of(subject.kind):
            for ask in _askings(subject, name):
                yield f"{subject.kind.__name__}.{name}", ask


def _askings(subject: Subject, name: str) -> Iterator[Question]:
    """The member with every combination of what can be given to it; none, where a type of parameter is not known."""
    verb = getattr(subject.kind, name)
    if isinstance(verb, property):
        yield partial(_property, subject.found, name)
        return
    _self, *parameters = signature(verb).parameters.values()
    types = get_type_hints(verb)
    for choice in product(*(_answers_for(subject, one.name, types[one.name]) for one in parameters)):
        yield partial(_answer, subject.found, name, list(zip(parameters, choice, strict=True)))


def _answers_for(subject: Subject, parameter: str, hint: object) -> Sequence[Question]:
    if hint is Self:
        return (subject.found,)
    return LABELS if parameter in ("label", "labels") else ANSWERS.get(_plain(hint), ())


def _answer(found: Question, name: str, given: Sequence[tuple[Parameter, Question]], run: WholeRun) -> object:
    here = [make(run) for one, make in given if one.kind is not Parameter.KEYWORD_ONLY]
    named = {one.name: make(run) for one, make in given if one.kind is Parameter.KEYWORD_ONLY}
    answer = getattr(found(run), name)(*here, **named)
    return list(islice(answer, _MOST)) if isinstance(answer, Iterator) else answer


def _property(found: Question, name: str, run: WholeRun) -> object:
    return getattr(found(run), name)


_CLASSES = judging_classes()
SUBJECTS = tuple(_subjects())
QUESTIONS = tuple(_questions())
