"""Invariants of a device, whatever happened before: a table of questions of the suites, each with its requirement."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeAlias

from harness.fuzzing.invariant import Invariant
from harness.judging.verdicts.verdict import CouldNotTest
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
from harness.protocols.update.judging.activity import Activity
from harness.protocols.update.judging.device.aggregate import Aggregate
from harness.protocols.update.judging.device.episode import UpdateDeviceEpisode, UpdateDeviceRun
from harness.protocols.update.judging.device.told_agents import ToldAgents
from harness.protocols.update.judging.every_message import EveryMessage
from harness.protocols.update.judging.law import ACTIONS_OF_A_DEVICE
from harness.protocols.update.words.status import FeedbackStatus
from harness.record.left_out import NotApplicable

FuzzedDeviceRun: TypeAlias = FuzzedRun[UpdateDeviceEpisode, UpdateDeviceRun]
_UNDISTURBED = 20.0  # seconds in which a desired state is identified, and commanded, if nothing else happens


def _every(ask: Callable[[EveryMessage], None]) -> Callable[[FuzzedDeviceRun], None]:
    return lambda course: ask(course.run.every_message)


def _each(ask: Callable[[Activity], None]) -> Callable[[FuzzedDeviceRun], None]:
    return lambda course: course.of_each(ask)


def _of_each(ask: Callable[[Aggregate], None]) -> Callable[[FuzzedDeviceRun], None]:
    return lambda course: course.of_each(lambda one: ask(Aggregate(one.history, one.evidence, one)))


def _of_what_was_not_superseded(ask: Callable[[Aggregate], None]) -> Callable[[FuzzedDeviceRun], None]:
    def asked(one: Aggregate) -> None:
        end = end_of(one.activity)
        if end and end.feedback and end.feedback.status is not FeedbackStatus.SUPERSEDED:
            ask(one)

    return _of_each(asked)


def _what_comes_again_is_left(course: FuzzedDeviceRun) -> None:
    """As of an agent; and a device that supersedes a desired state by that same one begins it again."""
    for one in course.answered():
        one.must_be_named()
        if course.desired_at(one)[1:] and not course.retained_again(one):
            Aggregate(one.history, one.evidence, one).begins_once()
    what_comes_again_is_left(course)


def _always(_course: FuzzedDeviceRun, _activity: Activity) -> bool:
    return True


def _of_agents(
    ask: Callable[[ToldAgents], None], *, where: Callable[[FuzzedDeviceRun, Activity], bool] = _always
) -> Callable[[FuzzedDeviceRun], None]:
    """Of each desired state by itself. Where messages are bare, nobody knows of which one an agent is told."""

    def asked(course: FuzzedDeviceRun) -> None:
        for one in course.answered():
            with suppress(CouldNotTest, NotApplicable):
                one.must_be_named()
                if where(course, one):
                    ask(ToldAgents(one.history, one.evidence, one))

    return asked


def _is_undisturbed(course: FuzzedDeviceRun, activity: Activity) -> bool:
    """No agent is in the way, and nothing else happens until it must be identified."""
    is_free = course.is_free_of(activity, "mute", "fail", "nothing to do")
    return is_free and course.is_left_alone(activity, _UNDISTURBED)


def _is_answered_by_all(course: FuzzedDeviceRun, activity: Activity) -> bool:
    return course.is_free_of(activity, "mute")


_all_identified = _of_agents(lambda one: one.wait_until_all_are_identified(), where=_is_undisturbed)
_together = _of_agents(lambda one: one.go_through_phases_together(), where=_is_answered_by_all)


def _follows_the_law(course: FuzzedDeviceRun) -> None:
    course.of_each(lambda one: one.drawn_series.only_follow(ACTIONS_OF_A_DEVICE[one.history.spec]))


def _stays_at_its_end(course: FuzzedDeviceRun) -> None:
    course.of_each(lambda one: one.drawn_series.stay_at_their_end(ACTIONS_OF_A_DEVICE[one.history.spec]))


DEVICE_INVARIANTS: Sequence[Invariant[FuzzedDeviceRun]] = (
    Invariant("device-message.topic", _every(lambda every: every.is_at_its_own_topic())),
    Invariant("device-message.is-json", _every(lambda every: every.is_json())),
    Invariant("device-message.envelope", _every(lambda every: every.is_enveloped())),
    Invariant("device-message.timestamp", _every(lambda every: every.has_a_timestamp_of_its_time(tolerance=CLOCK))),
    Invariant("device-message.activity", _every(lambda every: every.names_an_activity_of_ours())),
    Invariant("device-message.status", _every(lambda every: every.has_a_known_status())),
    Invariant("device-message.text", _every(lambda every: every.has_text_for_messages())),
    Invariant("device-message.baseline", _every(lambda every: every.names_a_baseline_of_ours())),
    Invariant("device-action.status", _every(lambda every: every.has_known_statuses_of_actions())),
    Invariant("device-action.component", _every(lambda every: every.has_components())),
    Invariant("device-action.as-desired", _each(lambda one: one.names_what_is_desired_or_there(None))),
    Invariant("device-action.progress", _every(lambda every: every.has_progress_in_per_cent())),
    Invariant("device-agents.slices", _of_agents(lambda one: one.have_their_own_slices())),
    Invariant("device-agents.all-identified", _all_identified),
    Invariant("device-agents.phases-together", _together),
    Invariant("device-identification.begins", begins_with_identifying),
    Invariant("device-identification.unknown-version", unknown_versions_cannot_be_identified),
    Invariant("device-end.retained", what_is_retained_is_left),
    Invariant("device-end.executed-once", _what_comes_again_is_left),
    Invariant("device-end.transitions", _of_each(lambda one: one.only_follows_the_diagram())),
    Invariant("device-end.one", _of_each(lambda one: one.has_one_end())),
    Invariant("device-end.silence", _of_each(lambda one: one.is_silent_behind_its_end())),
    Invariant("device-end.failure", _of_what_was_not_superseded(lambda one: one.fails_with_an_action())),
    Invariant("device-end.completed-only-if-all", _of_each(lambda one: one.completes_only_with_every_action())),
    Invariant("device-action.same-set", _each(lambda one: one.series.keep_their_set())),
    Invariant("device-action.final", _stays_at_its_end),
    Invariant("device-action.transitions", _follows_the_law),
    Invariant("device-inventory.answers-in-the-middle", questions_are_answered(is_busy=True)),
    Invariant("device-inventory.answers", questions_are_answered(is_busy=False)),
    Invariant("device-inventory.hangs-together", lambda course: course.run.inventories.hangs_together(None)),
)
"""The first that is broken is told of, as of an agent."""
