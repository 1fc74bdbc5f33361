"""A client's token comes back with whatever answers its request."""

from harness.protocols.replica.suite import Feature, ServiceEpisode, ServiceRun, covers, each, throughout, within
from suites.replica.service.limits import Limits

ANSWERED = ["update with a token", "get with a token"]


@covers("token.is-repeated")
@each("label", ANSWERED)
def test_answer_has_the_token_of_its_request(tokens: ServiceEpisode, label: str) -> None:
    tokens.needs(Feature.TOKEN)

    tokens.request(label).repeats_its_token()


@covers("token.is-repeated")
def test_rejection_has_the_token_of_its_request(tokens: ServiceEpisode) -> None:
    tokens.needs(Feature.TOKEN)
    tokens.needs(Feature.REJECTION)

    tokens.request("wrong update with a token").repeats_its_token()


@covers("token.is-repeated")
def test_delta_has_the_token_of_its_update(tokens: ServiceEpisode) -> None:
    tokens.needs(Feature.TOKEN)

    tokens.delta("update with a token").has_the_token_of_its_update()


@covers("token.is-repeated")
@each("name", ["app", "other"])
def test_every_request_in_flight_has_one_answer_with_its_token(tokens: ServiceEpisode, name: str) -> None:
    tokens.needs(Feature.TOKEN)

    tokens.together(f"{name} ").repeat_their_tokens()


@covers("token.is-not-invented")
@throughout("component_to_device", "removals")
def test_no_token_is_told_where_none_was_given(whole_run: ServiceRun) -> None:
    whole_run.invents_no_token()


@covers("token.is-a-short-text")
@each("label", ["the longest token", "the longest token in bytes"])
def test_longest_token_is_taken(token_lengths: ServiceEpisode, limits: Limits, label: str) -> None:
    token_lengths.needs(Feature.TOKEN)

    token_lengths.request(label).is_accepted(within(limits.answer))


@covers("token.is-a-short-text")
@each("label", ["a token that is too long", "a token of too many bytes", "a number for a token"])
def test_token_that_is_none_is_refused(token_lengths: ServiceEpisode, limits: Limits, label: str) -> None:
    token_lengths.needs(Feature.TOKEN)
    token_lengths.needs(Feature.REJECTION)

    token_lengths.request(label).is_refused(within(limits.answer), 400)
