"""The delta is what differs: all of it, and nothing else."""

from harness.protocols.replica.suite import Object, ServiceEpisode, ServiceRun, covers, each, given, within
from suites.replica.service.limits import Limits
from suites.replica.service.scenarios.deltas import ARRAYS, DIFFERENCES, ONLY_REPORTED, Vector


def _named(vector: Vector) -> str:
    return vector.name.replace(" ", "-")


def _is_the_delta(differences: ServiceEpisode, label: str, delta: Object, limits: Limits) -> None:
    if delta:
        differences.delta(label).is_just(delta, within(limits.delta))
    else:
        differences.delta(label).never_comes(limits.quiet)
    differences.document(f"{label}, read back").has("delta", delta)


@covers("delta.is-the-difference")
@each("vector", DIFFERENCES, ids=_named)
def test_delta_has_all_that_differs_and_nothing_else(
    differences: ServiceEpisode, limits: Limits, vector: Vector
) -> None:
    _is_the_delta(differences, f"difference: {vector.name}", vector.delta, limits)


@covers("delta.leaves-out-what-is-only-reported")
@each("vector", ONLY_REPORTED, ids=_named)
def test_delta_has_nothing_that_is_only_reported(differences: ServiceEpisode, limits: Limits, vector: Vector) -> None:
    _is_the_delta(differences, f"only reported: {vector.name}", vector.delta, limits)


@covers("delta.arrays-are-whole")
@each("vector", ARRAYS, ids=_named)
def test_array_that_differs_is_in_the_delta_as_a_whole(
    differences: ServiceEpisode, limits: Limits, vector: Vector
) -> None:
    _is_the_delta(differences, f"array: {vector.name}", vector.delta, limits)


@covers("delta.arrays-are-whole")
def test_array_of_an_update_replaces_the_one_before(replaced_arrays: ServiceEpisode) -> None:
    replaced_arrays.document("after a short array").has("reported", {"list": [9], "lamp": "on"})


@covers("delta.has-what-is-no-longer-reported")
def test_field_that_is_no_longer_reported_is_in_the_delta(unreported: ServiceEpisode, limits: Limits) -> None:
    with given("there was no difference while it was reported"):
        unreported.document("while all are alike").has("delta", {})

    unreported.delta("no longer reported").is_just({"lamp": "on"}, within(limits.delta))


@covers("delta.waits-in-a-session")
def test_device_that_was_away_is_told_what_was_desired_meanwhile(asleep: ServiceEpisode, limits: Limits) -> None:
    asleep.was_told_meanwhile("still while it sleeps", {"lamp": "on", "fan": 2}, within(limits.delta), on="sleeper")


@covers("delta.comes-with-subscribing")
def test_delta_may_come_with_subscribing(asleep: ServiceEpisode) -> None:
    asleep.shows_itself_on_subscribing("sleeper")


@covers("delta.comes-before-accepted")
def test_delta_of_an_update_comes_before_its_answer(whole_run: ServiceRun) -> None:
    whole_run.tells_deltas_first()
