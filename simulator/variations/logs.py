"""Devices that break a clause on log entries and metrics."""

from collections.abc import Callable
from dataclasses import replace

from harness.wire.udmi import Status, SystemEvent
from simulator.journal import ERROR, Writing, least_level
from simulator.rules import KEPT, Rules
from simulator.system_rules import SystemRules
from simulator.variations.variation import deviation, other_side, quirk

_RECEIVE, _PARSE, _APPLY = "system.config.receive", "system.config.parse", "system.config.apply"


def _writing(writing: Writing) -> Rules:
    return replace(KEPT, system=SystemRules(writing=writing))


def _of(category: str, alter: Callable[[Status], Status | None]) -> Rules:
    """Other entries of one category."""
    return _writing(Writing(entry=lambda entry: alter(entry) if entry.category == category else entry))


def _at(level: int) -> Callable[[Status], Status]:
    return lambda entry: replace(entry, level=level)


def _not(_entry: Status) -> None:
    return None


def _unless_it_failed(entry: Status) -> Status | None:
    return entry if entry.level == ERROR else None


def _whatever_came_of_it(entry: Status) -> Status:
    return replace(entry, category=_APPLY, level=300) if entry.level == ERROR else entry


def _in_words_of_the_guide(entry: Status) -> Status:
    return replace(entry, category="system.base.startup")


def _in_reverse(event: SystemEvent) -> SystemEvent:
    return replace(event, entries=tuple(reversed(event.entries)))


LOGS = (
    deviation("logs-no-receipt", _of(_RECEIVE, _not), breaks="logging.receive", implies=("erroneous.is-logged",)),
    deviation(
        "logs-receipt-as-info", _of(_RECEIVE, _at(200)), breaks="logging.receive", implies=("erroneous.is-logged",)
    ),
    deviation("logs-no-understanding", _of(_PARSE, _unless_it_failed), breaks="logging.parse"),
    deviation("logs-no-application", _of(_APPLY, _not), breaks="logging.apply"),
    deviation("logs-application-as-debug", _of(_APPLY, _at(100)), breaks="logging.apply"),
    deviation(
        "logs-nothing",
        _writing(Writing(entry=_not)),
        breaks="logging.receive",
        implies=("logging.parse", "logging.apply", "erroneous.is-logged"),
    ),
    deviation(
        "logs-after-33-s",
        _writing(Writing(gathers_for=33)),
        breaks="logging.receive",
        implies=("logging.parse", "logging.apply", "erroneous.is-logged", "logging.least-level", "logging.start"),
    ),
    quirk("gathers-entries-for-4-s", _writing(Writing(gathers_for=4))),
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
    other_side("numbers-nothing", _writing(Writing(number=lambda _count: None)), shows="logging.event-numbers"),
)
