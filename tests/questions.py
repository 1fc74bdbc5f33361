"""Everything that a judgement can ask, asked of an episode in which a hostile message came.

The questions are whatever public verbs and properties the judging classes have; so a new one is asked, too.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from inspect import getmembers, isfunction, signature
from itertools import product
from typing import TypeAlias, get_type_hints

from harness.judging.act import Act
from harness.judging.broken_config import BrokenConfig
from harness.judging.episode import Episode
from harness.judging.etags import Etags
from harness.judging.finding import Finding
from harness.judging.history import History
from harness.judging.journal import Journal
from harness.judging.lifecycle import Lifecycle
from harness.judging.metrics import Metrics
from harness.judging.odd_config import OddConfig
from harness.judging.point_report import PointReport
from harness.judging.requirement import Requirement, Source
from harness.judging.sent_config import SentConfig
from harness.judging.sparse_config import SparseConfig
from harness.judging.states import States
from harness.judging.statuses import Statuses
from harness.judging.utterances import Utterances
from harness.judging.verdict import CouldNotTest, Level, NotApplicable, OutOfView, Undecided
from harness.judging.window import Window, at, before_telemetry_or, within
from harness.judging.write import Write
from harness.profile import Kind, Point, Profile
from harness.record import Closed, Done, Opened, Provoked, Received, Record, Sent
from harness.wire.topics import Topics
from harness.wire.udmi import Config, Mode, PointConfig, PointsetConfig, Value, ValueState
from tests.udmi_1_5 import CODEC, encode

Question: TypeAlias = Callable[[Episode], object]

VERDICTS = (AssertionError, Undecided, CouldNotTest, NotApplicable, OutOfView)
SUBJECTS: Sequence[tuple[type, Question]] = (
    (States, lambda episode: episode.states),
    (Etags, lambda episode: episode.etags),
    (Statuses, lambda episode: episode.statuses_beside()),
    (Utterances, lambda episode: episode.utterances),
    (Journal, lambda episode: episode.journal),
    (Metrics, lambda episode: episode.metrics),
    (Lifecycle, lambda episode: episode.lifecycle),
    (SentConfig, lambda episode: episode.config("write")),
    (OddConfig, lambda episode: episode.odd_config("write")),
    (BrokenConfig, lambda episode: episode.broken_config("write")),
    (SparseConfig, lambda episode: episode.sparse_config("write")),
    (Write, lambda episode: episode.write("write")),
    (PointReport, lambda episode: next(episode.write("write").reports())),
    (PointReport, lambda episode: episode.write("write").last_report),
)
# What is given for a parameter of each type, made for the episode.
ANSWERS: Mapping[object, Sequence[Question]] = {
    Window: (lambda _: within(1), lambda _: before_telemetry_or(5), lambda _: at(60, give_or_take=5)),
    Act: (lambda episode: episode.provocation("taken"),),
    Act | None: (lambda _: None, lambda episode: episode.provocation("taken")),
    ValueState: (lambda _: ValueState.APPLIED, lambda _: ValueState.FAILURE),
    ValueState | None: (lambda _: ValueState.APPLIED, lambda _: ValueState.FAILURE, lambda _: None),
    SentConfig: (lambda episode: episode.config("write"),),
    Write: (lambda episode: episode.write("write"),),
    Mode: (lambda _: Mode.ACTIVE, lambda _: Mode.INITIAL),
    Collection[ValueState]: (lambda _: set(ValueState),),
    Value | None: (lambda _: 30.0, lambda _: 50.0),
    float: (lambda _: 1.0,),
    int: (lambda _: 0,),
    str: (lambda _: "damper",),
    Sequence[str]: (lambda _: ("system.config.receive", "damper"),),
    str | None: (lambda _: None, lambda _: "damper"),
}

_CLAUSE = Requirement("area.clause", "It is so.", {}, Source("a document", "a section", ()))
_BEGAN = 1_767_225_600.0
_TOPICS = Topics.of("DEV-1")
_GOOD_STATE = b"""{"timestamp": "2026-01-01T00:00:01Z", "system": {"last_config": "2026-01-01T00:00:00Z"}, "pointset":
    {"state_etag": "e", "points": {"damper": {"value_state": "applied", "units": "Percent"}, "valve": {}}}}"""
_GOOD_TELEMETRY = b'{"points": {"damper": {"present_value": 30.0}, "valve": {"present_value": 0.0}}}'


def visited(topic: str, payload: bytes) -> Episode:
    """A write that is applied; before, in between and after all, the message comes on that topic of the device."""
    settings = {"write": ("damper", 30.0)}
    points = {"damper": PointConfig(30.0), "valve": PointConfig()}
    config = encode(Config(_BEGAN, "1.5.7", PointsetConfig("e", _BEGAN + 3600, 10, points)))
    records: list[Record] = [
        Opened(_BEGAN, "visited"),
        Received(_BEGAN + 0.1, topic, payload, retain=False),
        Sent(_BEGAN + 0.5, _TOPICS.config, config, "write", settings),
        Done(_BEGAN + 0.5, 2),
        Received(_BEGAN + 1, topic, payload, retain=False),
        Received(_BEGAN + 2, _TOPICS.state, _GOOD_STATE, retain=False),
        Received(_BEGAN + 2, _TOPICS.telemetry, _GOOD_TELEMETRY, retain=False),
        Provoked(_BEGAN + 3, "taken", "override", "damper"),
        Done(_BEGAN + 3, 7),
        Received(_BEGAN + 4, topic, payload, retain=False),
        Received(_BEGAN + 70, topic, payload, retain=False),
        Closed(_BEGAN + 80),
    ]
    damper, valve = (Point(name, Kind.WRITABLE, (30.0, 50.0)) for name in ("damper", "valve"))
    profile = Profile("DEV-1", {"damper": damper, "valve": valve}, time_to_failure=60, network_allowance=0.0)
    return Episode(History("visited", 0, records, profile, CODEC))


def stories_of(episode: Episode) -> Iterator[str]:
    """What the findings tell when every question is asked."""
    for name, ask in QUESTIONS:
        asked = Episode(episode.history)
        try:
            ask(asked)
        except VERDICTS as verdict:
            yield Finding.of(_CLAUSE, Level.MUST, name, verdict, {"visited": asked.ledger}).story


def fallen_over(episode: Episode) -> set[str]:
    """The questions that end in something else than an answer or a verdict, and in what."""
    return {f"{name}: {wrong}" for name, ask in QUESTIONS if (wrong := _error_of(ask, episode))}


def _error_of(ask: Question, episode: Episode) -> str | None:
    try:
        ask(Episode(episode.history))
    except VERDICTS:
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        return f"{type(error).__name__}: {error}"
    return None


def _questions() -> Iterator[tuple[str, Question]]:
    for kind, subject in SUBJECTS:
        for name, member in getmembers(kind):
            if name.startswith("_"):
                continue
            if isfunction(member):
                for given in _given_for(member):
                    yield f"{kind.__name__}.{name}", partial(_answer, subject, name, given)
            elif isinstance(member, property):
                yield f"{kind.__name__}.{name}", partial(_property, subject, name)


def _given_for(verb: Callable[..., object]) -> Iterator[Mapping[str, Question]]:
    """Every combination of what can be given; none, where it is no question but a part of one."""
    _self, *names = signature(verb).parameters
    types = get_type_hints(verb)
    if all(types[name] in ANSWERS for name in names):
        for choice in product(*(ANSWERS[types[name]] for name in names)):
            yield dict(zip(names, choice, strict=True))


def _answer(subject: Question, name: str, given: Mapping[str, Question], episode: Episode) -> None:
    answer = getattr(subject(episode), name)(**{parameter: make(episode) for parameter, make in given.items()})
    if isinstance(answer, Iterator):
        list(answer)


def _property(subject: Question, name: str, episode: Episode) -> object:
    return getattr(subject(episode), name)


QUESTIONS = tuple(_questions())
