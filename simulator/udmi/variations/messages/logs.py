"""Devices that break a clause on log entries and metrics."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import Status, SystemEvent
from simulator.udmi.device_log import DEBUG, ERROR, Writing, least_level
from simulator.udmi.rules.system_rules import SystemRules
from simulator.udmi.variations.variation import deviation, other_side, quirk

_RECEIVE, _PARSE, _APPLY = "system.config.receive", "system.config.parse", "system.config.apply"


def _writing(writing: Writing) -> SystemRules:
    return SystemRules(writing=writing)


def _of(category: str, alter: Callable[[Status], Status | None]) -> SystemRules:
    """Other entries of one category."""
    return _writing(Writing(entry=lambda entry: alter(entry) if entry.category == category else entry))


def _at(level: int) -> Callable[[Status], Status]:
    return lambda entry: replace(entry, level=level)


def _not(_entry: Status) -> None:
    return None


def _of_no_time() -> SystemRules:
    return _of("system.base.ready", lambda entry: replace(entry, timestamp=None))


def _unless_it_failed(entry: Status) -> Status | None:
    return entry if entry.level == ERROR else None


def _whatever_came_of_it(entry: Status) -> Status:
    return replace(entry, category=_APPLY, level=300) if entry.level == ERROR else entry


def _in_words_of_the_guide(entry: Status) -> Status:
    return replace(entry, category="system.base.startup")


def _in_reverse(event: SystemEvent) -> SystemEvent:
    return replace(event, entries=tuple(reversed(event.entries)))


def _in_reverse_by_stamp(event: SystemEvent) -> SystemEvent:
    """The newest first, as from a ring buffer; what is stamped alike stays in its order."""
    return replace(event, entries=tuple(sorted(event.entries, key=_stamp, reverse=True)))


def _stamp(entry: Status | IllTyped) -> float:
    return entry.timestamp if isinstance(entry, Status) and isinstance(entry.timestamp, int | float) else 0.0


def _gathering(writing: Writing) -> SystemRules:
    return _writing(replace(writing, gathers_for=20))


def _of_what_starts(**fields: str | int) -> SystemRules:
    """Other entries than those on configs have something else in them."""
    return _of("system.base.ready", lambda entry: replace(entry, **fields))  # type: ignore[arg-type] # of Status


LOGS = (
    deviation("logs-no-receipt", _of(_RECEIVE, _not), breaks="logging.receive", implies=("erroneous.is-logged",)),
    deviation(
        "logs-receipt-as-info", _of(_RECEIVE, _at(200)), breaks="logging.receive", implies=("erroneous.is-logged",)
    ),
    deviation("logs-no-understanding", _of(_PARSE, _unless_it_failed), breaks="logging.parse"),
    deviation("logs-no-application", _of(_APPLY, _not), breaks="logging.apply"),
    deviation("logs-application-as-debug", _of(_APPLY, _at(100)), breaks="logging.apply"),
    deviation("logs-nothing", _writing(Writing(entry=_not)), breaks="logging.receive"),
    deviation(
        "logs-after-33-s",
        _writing(Writing(writes_after=lambda wanted: 33 if wanted == DEBUG else 0)),
        breaks="logging.receive",
        implies=("logging.parse", "logging.apply", "erroneous.is-logged", "logging.least-level", "logging.start"),
    ),
    *(
        quirk(f"gathers-entries-for-{seconds}-s", _writing(Writing(gathers_for=seconds)))
        for seconds in (1, 4, 6, 8, 10, 20, 60)
    ),
    quirk("gathers-entries-for-10-s-newest-first", _writing(Writing(gathers_for=10, told=_in_reverse_by_stamp))),
    quirk("gathers-entries-by-a-clock-that-is-off", _writing(Writing(gathers_for=10)), ahead=4.0),
    deviation("logs-in-reverse", _writing(Writing(told=_in_reverse)), breaks="logging.in-order"),
    deviation("logs-errors-as-debug", _of(_PARSE, _at(100)), breaks="erroneous.is-logged"),
    deviation(
        "logs-whatever-came-of-a-config-as-applied",
        _writing(Writing(entry=_whatever_came_of_it)),
        breaks="erroneous.is-logged",
    ),
    deviation("logs-everything", _writing(Writing(least_level=lambda _wanted: 100)), breaks="logging.least-level"),
    deviation(
        "logs-everything-unasked",
        _writing(Writing(least_level=lambda wanted: 100 if wanted is None else least_level(wanted))),
        breaks="logging.least-level",
    ),
    deviation(
        "logs-notices-though-only-warnings-are-wanted",
        _writing(Writing(least_level=lambda wanted: min(300, least_level(wanted)))),
        breaks="logging.least-level",
    ),
    deviation("logs-no-start", _of("system.base.start", _not), breaks="logging.start"),
    deviation("logs-not-that-it-is-ready", _of("system.base.ready", _not), breaks="logging.start"),
    deviation("logs-no-shutdown", _of("system.base.shutdown", _not), breaks="logging.start"),
    quirk("starts-up-in-words-of-the-guide", _of("system.base.start", _in_words_of_the_guide)),
    deviation(
        "metrics-at-their-own-rate", _writing(Writing(metrics_rate=lambda _wanted: 10.0)), breaks="logging.metrics"
    ),
    deviation("no-metrics", _writing(Writing(metrics_rate=lambda _wanted: None)), breaks="logging.metrics"),
    deviation(
        "metrics-though-none-are-wanted",
        _writing(Writing(metrics_rate=lambda wanted: wanted if isinstance(wanted, int | float) and wanted else 10.0)),
        breaks="logging.metrics",
    ),
    deviation(
        "entries-without-timestamp",
        _writing(Writing(entry=lambda entry: replace(entry, timestamp=None))),
        breaks="logging.entries-are-whole",
    ),
    deviation(
        "gathers-and-logs-everything-unasked",
        _gathering(Writing(least_level=lambda wanted: 100 if wanted is None else least_level(wanted))),
        breaks="logging.least-level",
    ),
    deviation(
        "gathers-and-logs-notices-though-only-warnings-are-wanted",
        _gathering(Writing(least_level=lambda wanted: min(300, least_level(wanted)))),
        breaks="logging.least-level",
    ),
    deviation(
        "gathers-and-logs-no-receipt",
        _gathering(Writing(entry=lambda entry: None if entry.category == _RECEIVE else entry)),
        breaks="logging.receive",
        implies=("erroneous.is-logged",),
    ),
    deviation(
        "gathers-and-logs-errors-as-debug",
        _gathering(Writing(entry=lambda entry: replace(entry, level=100) if entry.level == ERROR else entry)),
        breaks="erroneous.is-logged",
    ),
    deviation("gathers-and-logs-in-reverse", _gathering(Writing(told=_in_reverse)), breaks="logging.in-order"),
    deviation("starts-without-a-message", _of_what_starts(message=""), breaks="status.message-is-one-line"),
    deviation(
        "starts-with-a-message-of-two-lines", _of_what_starts(message="So\nit is"), breaks="status.message-is-one-line"
    ),
    deviation("starts-at-a-level-of-its-own", _of_what_starts(level=900), breaks="status.level-in-range"),
    deviation(
        "starts-in-a-category-of-its-own",
        _of_what_starts(category="system.base.rady"),
        breaks="status.category-is-known",
        implies=("logging.start",),
    ),
    deviation("starts-without-a-timestamp", _of_no_time(), breaks="logging.entries-are-whole"),
    other_side("numbers-nothing", _writing(Writing(number=lambda _count: None)), shows="logging.event-numbers"),
)
