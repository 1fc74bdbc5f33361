"""A replica that refuses, or keeps silent. Error messages; device initialization; device guidance."""

from harness.protocols.replica.suite import AnswerLevel, Operation, ReplicaDeviceEpisode, covers, each, given, within
from suites.replica.device.limits import Limits

CODES = (400, 413, 429, 500)


@covers("refusal.creates")
def test_device_whose_replica_does_not_exist_publishes_its_state(
    no_document: ReplicaDeviceEpisode, limits: Limits
) -> None:
    told = no_document.refused_get(after="dropped")

    no_document.behind(told).report_comes(within(limits.initial))


@covers("refusal.no-hot-loop")
@each("code", CODES)
def test_refused_update_is_not_repeated_without_end(
    refused_updates: ReplicaDeviceEpisode, code: int, limits: Limits
) -> None:
    refused_updates.answer(Operation.UPDATE, AnswerLevel.REJECTED, after=f"refused {code}")

    stretch = refused_updates.since(f"wish {code}", until=f"no more {code}")
    stretch.are_at_most(limits.few, watched=limits.refused)


@covers("refusal.goes-on")
@each("code", CODES)
def test_device_that_was_refused_performs_what_follows(
    refused_updates: ReplicaDeviceEpisode, code: int, limits: Limits
) -> None:
    refused_updates.answer(Operation.UPDATE, AnswerLevel.REJECTED, after=f"refused {code}")

    refused_updates.wish(f"after {code}").is_reported(within(limits.in_time))


@covers("refusal.conflict")
def test_device_gets_after_a_conflict(conflict: ReplicaDeviceEpisode, limits: Limits) -> None:
    conflict.every_request.has_versions()
    refused = conflict.answer(Operation.UPDATE, AnswerLevel.REJECTED, after="conflict")

    conflict.behind(refused).get_comes(within(limits.in_time))


@covers("refusal.conflict")
def test_device_tries_again_after_a_conflict(conflict: ReplicaDeviceEpisode, limits: Limits) -> None:
    conflict.every_request.has_versions()
    refused = conflict.answer(Operation.UPDATE, AnswerLevel.REJECTED, after="conflict")

    conflict.wish("reported in conflict").is_reported(within(limits.refused), since=refused)


@covers("refusal.of-another")
def test_refusal_of_another_request_is_left_alone(foreign_answer: ReplicaDeviceEpisode, limits: Limits) -> None:
    foreign_answer.every_request.has_tokens()

    again = foreign_answer.since("somebody else's update, again")
    stretch = foreign_answer.since("somebody else's update", until="somebody else's update, again")
    stretch.none_is_new(again, watched=limits.quiet, lately=limits.lately)


@covers("silence.goes-on")
def test_device_that_is_not_answered_performs_what_follows(
    unanswered_updates: ReplicaDeviceEpisode, limits: Limits
) -> None:
    with given("the device reports what is not answered"):
        unanswered_updates.wish("unanswered").is_reported(within(limits.in_time))

    unanswered_updates.wish("meanwhile").is_reported(within(limits.in_time))


@covers("silence.no-hot-loop")
def test_update_that_is_not_answered_is_not_repeated_without_end(
    unanswered_updates: ReplicaDeviceEpisode, limits: Limits
) -> None:
    with given("the device reports what is not answered"):
        unanswered_updates.wish("unanswered").is_reported(within(limits.in_time))

    stretch = unanswered_updates.since("unanswered", until="meanwhile")
    stretch.are_at_most(limits.several, watched=limits.unanswered)
