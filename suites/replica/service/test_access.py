"""A client has what it is given, and nothing else."""

from harness.protocols.replica.suite import TRESPASSER, AnswerLevel, ServiceEpisode, covers, each, given, within
from suites.replica.service.limits import Limits

REFUSED = (401, 403)


@covers("access.device-writes-to-itself-alone")
def test_device_cannot_write_to_another(logged_in: ServiceEpisode, limits: Limits) -> None:
    with given("each device writes to its own"):
        logged_in.request("of its own").is_accepted(within(limits.answer))
        logged_in.request("of the other").is_accepted(within(limits.answer))
        logged_in.request("into the other's")

    logged_in.document("the other's, read back").still_has("reported", logged_in.request("of the other"))


@covers("access.device-hears-of-itself-alone")
def test_device_cannot_hear_of_another(logged_in: ServiceEpisode, limits: Limits) -> None:
    with given("the wish for the other was accepted, and its device heard of it"):
        logged_in.request("a wish for the other").is_accepted(within(limits.answer))
        logged_in.delta("a wish for the other", on="as-other").comes(within(limits.delta))

    logged_in.request("a wish for the other").is_told_to_no(TRESPASSER)


@covers("access.no-client-answers")
@each("level", [AnswerLevel.ACCEPTED, AnswerLevel.DELTA])
def test_device_cannot_answer_itself(
    logged_in_as_the_service: ServiceEpisode, limits: Limits, level: AnswerLevel
) -> None:
    with given("the service answers it"):
        logged_in_as_the_service.request("of its own").is_accepted(within(limits.answer))

    logged_in_as_the_service.is_carried_to_nobody(f"pretended {level}")


@covers("access.rest-wants-a-token")
@each("label", ["without a token", "with an unknown token"])
def test_rest_shows_nothing_without_a_token(rest_without_a_token: ServiceEpisode, label: str) -> None:
    with given("it shows the document to who has one"):
        rest_without_a_token.rest_is_answered_with("with a token over HTTP", 200)

    rest_without_a_token.rest_is_answered_with(label, *REFUSED)


@covers("access.rest-token-is-for-its-own")
def test_rest_shows_a_device_to_no_other(rest_of_another: ServiceEpisode) -> None:
    with given("it shows the document to its own device"):
        rest_of_another.rest_is_answered_with("with its own token", 200)

    rest_of_another.rest_is_answered_with("with the token of another", *REFUSED)
