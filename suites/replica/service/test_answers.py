"""Each request has its answer, and nothing else has one."""

from harness.protocols.replica.suite import ServiceEpisode, covers, each, given, within
from suites.replica.service.limits import Limits

BODIES = ["empty body", "empty object", "with a token"]


@covers("answer.one-of-two")
def test_get_of_an_unknown_device_is_rejected(questions: ServiceEpisode, limits: Limits) -> None:
    questions.request("of nobody").is_refused(within(limits.answer))


@covers("answer.one-of-two")
@each("label", [*BODIES, "of nobody"])
def test_get_is_accepted_or_rejected_and_never_both(questions: ServiceEpisode, label: str) -> None:
    questions.request(label).has_one_answer()


@covers("answer.get-of-nothing-is-404")
def test_get_of_an_unknown_device_is_rejected_with_404(questions: ServiceEpisode, limits: Limits) -> None:
    questions.request("of nobody").is_refused(within(limits.answer), 404)


@covers("answer.get-takes-any-body")
@each("label", BODIES)
def test_get_is_accepted_whatever_its_body(questions: ServiceEpisode, limits: Limits, label: str) -> None:
    questions.request(label).is_accepted(within(limits.answer))


@covers("answer.only-to-requests")
def test_message_at_a_topic_of_the_service_changes_nothing(pretence: ServiceEpisode) -> None:
    with given("there was a document before"):
        pretence.document("before the pretence").has("desired", {"lamp": "on"})

    pretence.document("after the pretence").is_the_same_as(pretence.document("before the pretence"))


@covers("answer.none-is-lost-in-a-flood")
def test_every_request_of_a_burst_is_answered(burst: ServiceEpisode) -> None:
    burst.together("burst ").are_all_answered()


@covers("answer.rest-is-the-same")
def test_rest_shows_the_document_that_mqtt_shows(over_rest: ServiceEpisode) -> None:
    with given("the document was shown over MQTT"):
        over_rest.document("over MQTT").has_at_least("reported", {"blind": "down"})

    over_rest.rest_shows_the_same_as("over HTTP", "over MQTT")
