"""Invariants of an agent, whatever happened before: a table of questions of the suites, each with its requirement."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from harness.fuzzing.invariant import Invariant
from harness.protocols.update.fuzzing.agent_turns import turns
from harness.protocols.update.fuzzing.fuzzed_run import (
    CLOCK,
    FuzzedRun,
    begins_with_identifying,
    end_of,
    questions_are_answered,
    unknown_versions_cannot_be_identified,
    what_comes_again_is_left,
    what_is_retained_is_left,
)
from harness.protocols.update.fuzzing.stepped_run import LAST
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.agent.episode import AgentEpisode, AgentRun
from harness.protocols.update.judging.every_message import EveryMessage
from harness.protocols.update.judging.law import ACTIONS
from harness.protocols.update.words.status import FeedbackStatus

FuzzedAgentRun: TypeAlias = FuzzedRun[AgentEpisode, AgentRun]


def _every(ask: Callable[[EveryMessage], None]) -> Callable[[FuzzedAgentRun], None]:
    return lambda course: ask(course.run.every_message)


def _each(ask: Callable[[Activity], None]) -> Callable[[FuzzedAgentRun], None]:
    return lambda course: course.of_each(ask)


def _foreign_commands_are_left(course: FuzzedAgentRun) -> None:
    for turn in turns(course.scene):
        if turn.is_foreign:
            turn.phase.is_left_alone()


def _commands_out_of_turn_are_not_executed(course: FuzzedAgentRun) -> None:
    for turn in turns(course.scene):
        if turn.is_due is False:
            turn.phase.is_refused_or_left()


def _names_what_is_desired(course: FuzzedAgentRun) -> None:
    domain = course.run.history.profile.domain
    course.of_each(lambda one: one.names_what_is_desired_or_there(domain))


def _follows_the_law(course: FuzzedAgentRun) -> None:
    course.of_each(lambda one: one.drawn_series.only_follow(ACTIONS[one.history.spec]))


def _stays_at_its_end(course: FuzzedAgentRun) -> None:
    course.of_each(lambda one: one.drawn_series.stay_at_their_end(ACTIONS[one.history.spec]))


def _shows_what_was_completed(course: FuzzedAgentRun) -> None:
    """The latest desired state, if it was completed."""
    for one in [*course.scene.activities][-1:]:
        end = end_of(one)
        if end and end.feedback and end.feedback.status is FeedbackStatus.COMPLETED:
            course.scene.inventories.shows(one.desired.versions(), course.scene.stimulus(LAST))


def _hangs_together(course: FuzzedAgentRun) -> None:
    course.run.inventories.hangs_together(course.run.history.profile.domain)


AGENT_INVARIANTS: Sequence[Invariant[FuzzedAgentRun]] = (
    Invariant("agent-message.topic", _every(lambda every: every.is_at_its_own_topic())),
    Invariant("agent-message.is-json", _every(lambda every: every.is_json())),
    Invariant("agent-message.envelope", _every(lambda every: every.is_enveloped())),
    Invariant("agent-message.timestamp", _every(lambda every: every.has_a_timestamp_of_its_time(tolerance=CLOCK))),
    Invariant("agent-message.activity", _every(lambda every: every.names_an_activity_of_ours())),
    Invariant("agent-message.status", _every(lambda every: every.has_a_known_status())),
    Invariant("agent-message.text", _every(lambda every: every.has_text_for_messages())),
    Invariant("agent-message.baseline", _every(lambda every: every.names_a_baseline_of_ours())),
    Invariant("agent-action.status", _every(lambda every: every.has_known_statuses_of_actions())),
    Invariant("agent-action.component", _every(lambda every: every.has_components())),
    Invariant("agent-action.as-desired", _names_what_is_desired),
    Invariant("agent-action.progress", _every(lambda every: every.has_progress_in_per_cent())),
    Invariant("agent-action.progress-rises", _each(lambda one: one.series.have_rising_progress())),
    Invariant("agent-action.progress-full", _each(lambda one: one.series.are_full_at_the_end_alone())),
    Invariant("agent-identification.begins", begins_with_identifying),
    Invariant("agent-identification.unknown-version", unknown_versions_cannot_be_identified),
    Invariant("agent-command.retained", what_is_retained_is_left),
    Invariant("agent-command.executed-once", what_comes_again_is_left),
    Invariant("agent-command.foreign-activity", _foreign_commands_are_left),
    Invariant("agent-command.out-of-turn", _commands_out_of_turn_are_not_executed),
    Invariant("agent-action.same-set", _each(lambda one: one.series.keep_their_set())),
    Invariant("agent-action.final", _stays_at_its_end),
    Invariant("agent-action.transitions", _follows_the_law),
    Invariant("agent-inventory.answers-in-the-middle", questions_are_answered(is_busy=True)),
    Invariant("agent-inventory.answers", questions_are_answered(is_busy=False)),
    Invariant("agent-inventory.hangs-together", _hangs_together),
    Invariant("agent-inventory.as-desired", _shows_what_was_completed),
)
"""The first that is broken is told of: what says more about the cause stands before what only follows from it."""
