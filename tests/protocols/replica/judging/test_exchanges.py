"""Requests and their answers, deltas and documents, judged by records that were made by hand."""

import json
from collections.abc import Callable
from contextlib import nullcontext

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, NotShown, Undecided
from harness.payload.values import JSON
from harness.protocols.replica.judging.service.episode import ServiceEpisode, run_of
from harness.protocols.replica.judging.service.history import Feature
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.record.kinds import Received, Record
from tests.protocols.replica.judging.service_records import LAMP, NAME, episode_with, run_with, sent, told

UPDATE = sent(1, "update", {"state": {"desired": {"on": 1}}})


def test_answer_in_time_is_taken() -> None:
    episode_with(UPDATE, told(3, "accepted", {"state": {}})).request("update").is_accepted(within(5))


@pytest.mark.parametrize(
    ("answer", "story"),
    [
        (told(7, "accepted", {}), "should be answered within 5 s, but was after 6.0 s"),
        (told(2, "rejected", {"code": 400}), "should be accepted, but was rejected"),
        (told(2, "accepted", {}, of="state/fan/update"), "but no answer came"),
        (told(2, "accepted", {}, of=f"{LAMP}/get"), "but no answer came"),
    ],
)
def test_answer_that_is_late_or_another_is_none(answer: Received, story: str) -> None:
    with pytest.raises(NotObserved, match=story):
        episode_with(UPDATE, answer).request("update").is_accepted(within(5))


def test_answer_that_there_was_no_time_for_is_left_open() -> None:
    with pytest.raises(Undecided):
        episode_with(UPDATE, ends=4).request("update").is_accepted(within(5))


def test_answer_behind_the_next_request_is_that_ones() -> None:
    episode = episode_with(UPDATE, sent(2, "next", {}), told(3, "accepted", {}))

    episode.request("next").is_accepted(within(5))
    with pytest.raises(NotObserved):
        episode.request("update").is_accepted(within(5))


def test_message_that_we_published_ourselves_is_none_of_the_service() -> None:
    pretended = sent(2, "pretended", {"state": 1}, topic=f"{LAMP}/update/accepted")

    with pytest.raises(NotObserved):
        episode_with(UPDATE, pretended, told(2, "accepted", {"state": 1})).request("update").is_accepted(within(5))


@pytest.mark.parametrize("second", [told(2, "rejected", {}), told(2, "accepted", {"state": 2})])
def test_second_answer_is_one_too_many(second: Received) -> None:
    with pytest.raises(NotObserved, match="should be answered once"):
        episode_with(UPDATE, told(2, "accepted", {"state": 1}), second).request("update").has_one_answer()


def test_answer_that_mqtt_delivers_twice_is_one() -> None:
    one = told(2, "accepted", {"state": 1})

    episode_with(UPDATE, one, one).request("update").has_one_answer()


def test_delta_is_held_against_every_leaf() -> None:
    episode = episode_with(UPDATE, told(2, "delta", {"state": {"on": 1, "more": 2}}))

    episode.delta("update").comes(within(5))
    with pytest.raises(NotObserved, match="should be"):
        episode.delta("update").is_just({"on": 1}, within(5))


def test_delta_of_nothing_is_none() -> None:
    episode_with(UPDATE, told(2, "delta", {"state": {}, "reported": {"on": 1}})).delta("update").never_comes(5)


@pytest.mark.parametrize("shown", [{"on": True}, {"on": 1, "off": 2}, {}])
def test_document_that_differs_in_a_leaf_is_another(shown: dict[str, JSON]) -> None:
    get = sent(1, "get", None, topic=f"{LAMP}/get")
    episode = episode_with(get, told(2, "accepted", {"state": {"desired": shown}}, of=f"{LAMP}/get"))

    with pytest.raises(NotObserved, match="desired should be"):
        episode.document("get").has("desired", {"on": 1})


def test_document_that_was_not_shown_decides_nothing() -> None:
    with pytest.raises(CouldNotTest):
        episode_with(sent(1, "get", None, topic=f"{LAMP}/get")).document("get").has("desired", {})


def test_feature_that_is_not_shown_is_asked_for_under_aws_alone() -> None:
    with pytest.raises(NotShown):
        episode_with(UPDATE).needs(Feature.VERSION)

    episode_with(UPDATE, spec=ReplicaSpec.AWS).needs(Feature.VERSION)
    episode_with(UPDATE, told(2, "accepted", {"version": 1})).needs(Feature.VERSION)


def test_feature_that_had_no_occasion_to_show_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="no device is played"):
        episode_with(UPDATE, cut_short="no device is played").needs(Feature.REJECTION)


@pytest.mark.parametrize(
    ("tokens", "verdict"),
    [
        ([None, "of the device"], None),
        ([None, "of nobody"], NotObserved),
        (["of the device"], CouldNotTest),
    ],
)
def test_token_of_a_device_that_is_watched_is_told_again_and_no_other(
    tokens: list[str | None], verdict: type[Exception] | None
) -> None:
    asked = {"clientToken": "of the device"}
    of_the_device = Received(1, f"{LAMP}/get", json.dumps(asked).encode(), retain=False, connection="device")
    told_tokens: list[dict[str, JSON]] = [{} if token is None else {"clientToken": token} for token in tokens]
    answers = [told(2, "accepted", content) for content in told_tokens]

    run = run_of(run_with(UPDATE, of_the_device, *answers))

    with pytest.raises(verdict) if verdict else nullcontext():
        run.invents_no_token()


@pytest.mark.parametrize("shown", [{"on": 1}, {}, {"on": 1, "more": 2}])
def test_difference_that_is_shown_is_all_that_there_is(shown: dict[str, JSON]) -> None:
    get = sent(1, "get", None, topic=f"{LAMP}/get")
    state: JSON = {"desired": {"on": 1, "dim": 2}, "reported": {"on": 0, "dim": 2}, "delta": shown}
    document = episode_with(get, told(2, "accepted", {"state": state}, of=f"{LAMP}/get")).document("get")

    with nullcontext() if shown == {"on": 1} else pytest.raises(NotObserved, match="delta should be"):
        document.shows_its_own_difference()


def test_empty_document_is_there_and_a_rejected_one_is_not() -> None:
    get = sent(1, "get", None, topic=f"{LAMP}/get")

    episode_with(get, told(2, "accepted", {"state": {}}, of=f"{LAMP}/get")).document("get").is_there()
    with pytest.raises(NotObserved, match=r"but the get was rejected: .*404"):
        episode_with(get, told(2, "rejected", {"code": 404}, of=f"{LAMP}/get")).document("get").is_there()


_IN_TURN: list[Record] = [sent(1, "one", {}), told(2, "delta", {"n": 1}), told(3, "accepted", {"n": 1})]


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (_IN_TURN, None),
        ([sent(1, "one", {}), told(2, "accepted", {}), told(3, "delta", {})], NotObserved),
        ([sent(1, "one", {}), sent(1, "two", {}), *_IN_TURN[1:]], CouldNotTest),
    ],
)
def test_order_is_judged_of_updates_that_were_alone_in_flight(
    records: list[Record], verdict: type[Exception] | None
) -> None:
    """The accepted of one comes before the delta of the next, where several are in flight and no version tells."""
    hurried: list[Record] = [
        sent(6, "three", {}),
        sent(7, "four", {}),
        told(8, "accepted", {"n": 3}),
        told(9, "delta", {"n": 4}),
    ]
    run = run_of(run_with(*records, *hurried))

    with pytest.raises(verdict) if verdict else nullcontext():
        run.tells_deltas_first()


@pytest.mark.parametrize(
    ("versions", "is_sound"), [([1, 2, 3], True), ([7, 8], True), ([1, 3], False), ([2, 2], False)]
)
def test_versions_rise_by_one(versions: list[int], is_sound: bool) -> None:  # noqa: FBT001 - a row of a table
    answers = [told(n, "accepted", {"version": version, "n": n}) for n, version in enumerate(versions, start=1)]
    run = run_of(run_with(*answers))

    if is_sound:
        run.versions_rise_by_one()
    else:
        with pytest.raises(NotObserved):
            run.versions_rise_by_one()


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff", b"null", b"[[" * 3000, b'{"state":7,"version":"x"}', b'{"state":{"desired":[1]}}', b"1e999"],
)
def test_garbage_is_never_a_fault_of_ours(payload: bytes) -> None:
    answers = [Received(2, f"{LAMP}/{op}/{level}", payload, retain=False, connection="app") for op, level in _TOPICS]
    run = run_of(run_with(UPDATE, sent(1, "get", None, topic=f"{LAMP}/get"), *answers))
    episode = run.scenes[NAME]
    assert isinstance(episode, ServiceEpisode)
    asks: list[Callable[[], None]] = [
        lambda: episode.document("get").has("desired", {"on": 1}),
        lambda: episode.delta("update").is_just({"on": 1}, within(5)),
        lambda: episode.documents("update").have_versions_in_turn(within(5)),
        run.versions_rise_by_one,
        run.refusals_say_why,
        run.tells_deltas_first,
        lambda: run.timestamps_are_now(30),
    ]

    for ask in asks:
        with pytest.raises((NotObserved, CouldNotTest, NotShown, Undecided)):
            ask()


_TOPICS = [("update", level) for level in ("accepted", "rejected", "delta", "documents")] + [("get", "accepted")]
