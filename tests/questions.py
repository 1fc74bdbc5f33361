"""Everything that a judgement can ask, asked of an episode in which a hostile message came."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from harness.judging.episode import Episode
from harness.judging.finding import Finding
from harness.judging.history import History
from harness.judging.requirement import Requirement, Source
from harness.judging.verdict import CouldNotTest, Level, NotApplicable, OutOfView, Undecided
from harness.judging.window import at, before_telemetry_or, within
from harness.judging.write import Write
from harness.profile import Kind, Point, Profile
from harness.record import Closed, Done, Opened, Provoked, Received, Record, Sent
from harness.wire.codec import encode
from harness.wire.topics import Topics
from harness.wire.udmi import Config, PointConfig, PointsetConfig, ValueState

VERDICTS = (AssertionError, Undecided, CouldNotTest, NotApplicable, OutOfView)
APPLIED, UPDATING, FAILURE = ValueState.APPLIED, ValueState.UPDATING, ValueState.FAILURE

_CLAUSE = Requirement("area.clause", "It is so.", {}, Source("a document", "a section", ()))
_BEGAN = 1_767_225_600.0
_TOPICS = Topics.of("DEV-1")
_GOOD_STATE = b"""{"timestamp": "2026-01-01T00:00:01Z", "system": {"last_config": "2025-12-31T23:59:00Z"}, "pointset":
    {"state_etag": "e", "points": {"damper": {"value_state": "applied", "units": "Percent"}, "valve": {}}}}"""
_GOOD_TELEMETRY = b'{"points": {"damper": {"present_value": 30.0}, "valve": {"present_value": 0.0}}}'


def _write(episode: Episode) -> Write:
    return episode.write("write")


QUESTIONS: Mapping[str, Callable[[Episode], object]] = {
    "states keep apart": lambda e: e.states.keep_apart(1),
    "states are whole": lambda e: e.states.are_whole(),
    "states know words": lambda e: e.states.know_only(set(ValueState)),
    "states speak up": lambda e: e.states.speak_up(within(5), since=e.provocation("taken")),
    "etags are there": lambda e: e.etags.are_there(),
    "etags are short": lambda e: e.etags.are_short_strings(),
    "etags tell apart": lambda e: e.etags.tell_states_apart(),
    "etags stay": lambda e: e.etags.stay_with_their_state(),
    "statuses are lines": lambda e: e.statuses_beside().have_one_line_messages(),
    "statuses name points": lambda e: e.statuses_beside().name_their_points(),
    "statuses have levels": lambda e: e.statuses_beside().have_levels_between(100, 800),
    "config is answered": lambda e: e.config("write").is_answered(within(5)),
    "config is taken up": lambda e: e.config("write").is_taken_up(within(5)),
    "config is named": lambda e: e.config("write").is_named(),
    "config waits for no queue": lambda e: e.config("write").waits_for_no_queue(longer_than=0),
    "config leaves others alone": lambda e: e.config("write").leaves_other_points_alone(),
    "config changes the etag": lambda e: e.config("write").changes_the_etag(),
    "config observes the etag": lambda e: e.config("write").observes_its_etag(),
    "write becomes applied": lambda e: _write(e).becomes(APPLIED, within(1)),
    "write becomes updating": lambda e: _write(e).becomes(UPDATING, before_telemetry_or(5)),
    "write becomes a failure": lambda e: _write(e).becomes(FAILURE, at(60, give_or_take=5)),
    "write becomes absent": lambda e: _write(e).becomes(None, within(1)),
    "write remains": lambda e: _write(e).remains(APPLIED),
    "write stays": lambda e: _write(e).stays(APPLIED),
    "write stays until taken": lambda e: _write(e).stays(FAILURE, until=e.provocation("taken")),
    "write fails as documented": lambda e: _write(e).fails_as_documented(give_or_take=5),
    "error explains itself": lambda e: _write(e).in_error().explains_itself(),
    "error has a level": lambda e: _write(e).in_error(FAILURE).has_level(500),
    "error has a category": lambda e: _write(e).in_error(FAILURE).has_category("pointset.point.failure"),
    "report is clear": lambda e: _write(e).last_report.is_clear(),
    "first report is clear": lambda e: next(_write(e).reports()).is_clear(),
    "first report explains itself": lambda e: next(_write(e).reports()).explains_itself(),
    "write is shown": lambda e: _write(e).is_shown(),
    "write is shown once failed": lambda e: _write(e).is_shown(once=FAILURE),
    "write is no longer shown": lambda e: _write(e).no_longer_shows(30.0, once=FAILURE),
    "write is no more shown": lambda e: _write(e).no_more_shows(30.0, once=APPLIED),
    "write is never shown": lambda e: _write(e).never_shows(50.0),
    "write is not shown before": lambda e: _write(e).does_not_show(50.0, before=FAILURE),
    "write flags the device": lambda e: _write(e).flags_the_device(),
    "write leaves no flag": lambda e: _write(e).leaves_no_flag(),
    "write came to": lambda e: str(_write(e).outcome()),
    "write expires": lambda e: _write(e).expiry,
}


def visited(topic: str, payload: bytes) -> Episode:
    """A write that is applied; before, in between and after all, the message comes on that topic of the device."""
    settings = {"write": ("damper", 30.0)}
    points = {"damper": PointConfig(30.0), "valve": PointConfig()}
    config = encode(Config(_BEGAN, "1.5.7", PointsetConfig("e", _BEGAN + 3600, 10, points)))
    records: list[Record] = [
        Opened(_BEGAN, "visited"),
        *_heard(0.1, topic, payload),
        Sent(_BEGAN + 0.5, _TOPICS.config, config, "write", settings),
        Done(_BEGAN + 0.5, 2),
        *_heard(1, topic, payload),
        *_heard(2, _TOPICS.state, _GOOD_STATE),
        *_heard(2, _TOPICS.telemetry, _GOOD_TELEMETRY),
        Provoked(_BEGAN + 3, "taken", "override", "damper"),
        Done(_BEGAN + 3, 7),
        *_heard(4, topic, payload),
        *_heard(70, topic, payload),
        Closed(_BEGAN + 80),
    ]
    damper, valve = (Point(name, Kind.WRITABLE, (30.0, 50.0)) for name in ("damper", "valve"))
    profile = Profile("DEV-1", {"damper": damper, "valve": valve}, time_to_failure=60, network_allowance=0.0)
    return Episode(History("visited", 0, records, profile))


def stories_of(episode: Episode) -> Iterator[str]:
    """What the findings tell when every question is asked."""
    for question, ask in QUESTIONS.items():
        asked = Episode(episode.history)
        try:
            ask(asked)
        except VERDICTS as verdict:
            yield Finding.of(_CLAUSE, Level.MUST, question, verdict, [asked.ledger]).story


def fallen_over(episode: Episode) -> Mapping[str, str]:
    """The questions that end in something else than an answer or a verdict, and in what."""
    return {question: wrong for question, ask in QUESTIONS.items() if (wrong := _error_of(ask, episode))}


def _error_of(ask: Callable[[Episode], object], episode: Episode) -> str:
    try:
        with suppress(*VERDICTS):
            ask(Episode(episode.history))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        return f"{type(error).__name__}: {error}"
    return ""


def _heard(at_second: float, topic: str, payload: bytes) -> list[Record]:
    return [Received(_BEGAN + at_second, topic, payload, retain=False)]
