"""The picture of a replica: sections, deltas and messages as lanes, and the document before and after, side by side."""

import json
from collections.abc import Sequence

import pytest

from harness.judging.comparison import ComparedRow, Comparison, Difference
from harness.judging.lanes import Frame, Lane
from harness.judging.reader import reader_for
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.record.kinds import (
    Answer,
    Began,
    Channel,
    Closed,
    Ended,
    Opened,
    Provoked,
    Received,
    Record,
    Request,
    Sent,
)
from harness.record.lines import FORMAT
from harness.report.page.template import environment
from tests.hostile import WORDS
from tests.protocols.replica.judging.service_records import NAME, run_with, sent, told
from tests.report.page.parsed_html import parsed

FIRST: dict[str, JSON] = {"desired": {"fan": {"speed": 5, "mode": "auto"}, "lamp": "on"}}
SECOND: JSON = {"desired": {"lamp": "off"}}
SHOWN: JSON = {"desired": {"fan": {"speed": 5}, "lamp": "off"}, "reported": {"lamp": "on"}}

# A service that loses what an update does not name, and shows so when it is asked.
LOSES = run_with(
    sent(1, "first", {"state": FIRST}),
    told(1, "delta", {"state": FIRST["desired"], "version": 1}),
    told(1, "accepted", {"state": FIRST, "version": 1}),
    sent(2, "second", {"state": SECOND}),
    told(2, "accepted", {"state": SECOND, "version": 2}),
    sent(3, "read back", topic="state/lamp/get"),
    told(3, "accepted", {"state": SHOWN, "version": 2}, of="state/lamp/get"),
)


def _place(run: Sequence[Record], of: type[Sent | Received | Provoked], number: int) -> int:
    return [place for place, record in enumerate(run) if isinstance(record, of)][number]


def _lanes(run: Sequence[Record], origin: float, start: float, end: float) -> dict[str, Lane]:
    reader = reader_for(run)
    history = reader.read(run).scenes[NAME].history
    return {lane.title: lane for lane in reader.lanes(history, Frame(None, origin, start, end))}


def _compared(run: Sequence[Record], where: EvidenceRef) -> Comparison:
    reader = reader_for(run)
    found = reader.comparison(reader.read(run).scenes[NAME].history, where)
    assert found is not None
    return found


def _words(lane: Lane) -> list[str]:
    return [item.words for item in lane.items]


def test_sections_are_the_documents_that_its_own_messages_tell_of() -> None:
    lanes = _lanes(LOSES, 1.0, -1.0, 5.0)

    assert _words(lanes["desired, 2 of 3 fields"]) == [
        'fan.mode "auto", lamp "on"',
        'fan.mode "auto", lamp "off"',
        'lamp "off"',
    ]
    assert _words(lanes["delta"]) == ['{"fan": {"speed": 5, "mode": "auto"}, "lamp": "on"}']
    assert _words(lanes["answers"]) == ["update accepted", "update accepted", "get accepted"]


def test_only_what_changes_in_the_picture_is_told() -> None:
    lanes = _lanes(LOSES, 2.0, -0.5, 0.5)

    assert _words(lanes["desired, 1 of 3 fields"]) == ['lamp "on"', 'lamp "off"']


def test_documents_of_other_replicas_are_left_out_of_the_picture() -> None:
    other = sent(2, "other", {"state": FIRST}, topic="state/other/update")
    run = run_with(
        *(sent(1, "first", {"state": FIRST}), told(1, "accepted", {"state": FIRST})),
        *(other, told(2, "accepted", {"state": FIRST}, of="state/other/update")),
    )
    reader = reader_for(run)
    history = reader.read(run).scenes[NAME].history

    frame = Frame(None, 1.0, -1.0, 5.0)
    assert [len(lane.items) for lane in reader.lanes(history, frame) if lane.title == "answers"] == [1]
    assert (reader.concerns(history, frame, run[2]), reader.concerns(history, frame, other)) == (True, False)  # type: ignore[arg-type]
    assert {"desired of lamp", "desired of other"} <= set(_lanes(run, 9.0, -9.0, 5.0))


def test_document_before_the_update_and_after_tells_what_was_lost() -> None:
    decided, asked = _place(LOSES, Received, -1), _place(LOSES, Sent, -1)

    both = _compared(LOSES, EvidenceRef(decided, asked))

    assert both.title == "The document before update 'second', and after"
    assert [(row.name, row.before, row.asked, row.after, row.difference) for row in both.rows] == [
        ("desired.fan.mode", '"auto"', None, None, Difference.GONE),
        ("desired.fan.speed", "5", None, "5", Difference.NONE),
        ("desired.lamp", '"on"', '"off"', '"off"', Difference.CHANGED),
        ("reported.lamp", None, None, '"on"', Difference.ADDED),
    ]


def test_update_that_nothing_followed_is_compared_with_what_was_shown_since() -> None:
    both = _compared(LOSES, EvidenceRef(None, _place(LOSES, Sent, 0)))

    assert both.title == "The document before update 'first', and after"
    assert {row.difference for row in both.rows} == {Difference.ADDED}


def test_what_goes_over_http_is_told_so() -> None:
    path = "/state/lamp/get"
    asked = Sent(1.0, path, b"", "read", connection="rest-1", channel=Channel.HTTP, http=Request(method="GET"))
    answer = Answer(status=200, of=2)
    given = Received(1.0, path, b"{}", retain=False, connection="rest-1", channel=Channel.HTTP, http=answer)
    run = run_with(asked, given)
    reader = reader_for(run)
    history = reader.read(run).scenes[NAME].history

    assert reader.sent_words(history, asked) == "GET over HTTP 'read'"
    assert reader.words(history, given, None) == "answered over HTTP with 200"


def test_message_that_decided_shows_the_document_after_it() -> None:
    """Though another message, behind it, tells otherwise."""
    stale: JSON = {"previous": None, "current": {"state": FIRST, "version": 2}}
    run = run_with(
        *(sent(1, "first", {"state": FIRST}), told(1, "accepted", {"state": FIRST, "version": 1})),
        *(sent(2, "second", {"state": SECOND}), told(2, "documents", stale), told(2, "accepted", {"state": SECOND})),
    )

    both = _compared(run, EvidenceRef(_place(run, Received, -2), _place(run, Sent, -1)))

    assert [row.after for row in both.rows if row.name == "desired.lamp"] == ['"on"']


def test_finding_of_no_update_compares_nothing() -> None:
    run = run_with(sent(1, "get", topic="state/lamp/get"), told(1, "rejected", {"code": 404}, of="state/lamp/get"))
    reader = reader_for(run)
    history = reader.read(run).scenes[NAME].history

    assert reader.comparison(history, EvidenceRef(_place(run, Received, 0))) is None
    assert reader.comparison(history, EvidenceRef()) is None
    assert _words(_lanes(run, 1.0, -1.0, 5.0)["answers"]) == ["get rejected 404"]


def test_1_and_1_0_are_one_number_and_true_is_none() -> None:
    states: list[dict[str, JSON]] = [{"a": 1, "b": 1}, {"a": 1.0, "b": True}]
    run = run_with(
        *(sent(1, "first", {"state": {"desired": states[0]}}), told(1, "accepted", {"state": {"desired": states[0]}})),
        *(sent(2, "next", {"state": {"desired": states[1]}}), told(2, "accepted", {"state": {"desired": states[1]}})),
    )

    both = _compared(run, EvidenceRef(_place(run, Received, -1)))

    assert [row.difference for row in both.rows] == [Difference.NONE, Difference.CHANGED]


def test_large_document_is_cut_and_what_differs_is_kept() -> None:
    many: JSON = {f"p{number:03}": 1 for number in range(200)}
    change: JSON = {"state": {"desired": {"p199": 2}}}
    run = run_with(
        *(sent(1, "first", {"state": {"desired": many}}), told(1, "accepted", {"state": {"desired": many}})),
        *(sent(2, "next", change), told(2, "accepted", change)),
    )

    both = _compared(run, EvidenceRef(_place(run, Received, -1)))

    assert (len(both.rows), both.left_out) == (40, 160)
    assert both.rows[-1] == ComparedRow("desired.p199", "1", "2", "2")


def _device_run(*records: Record) -> Sequence[Record]:
    profile = DeviceProfile("LAMP-1", {}, network_allowance=0.0).as_dict()
    began = Began(0.0, FORMAT, "test", ReplicaSpec.SEED, "virtual", "made up", profile, (), "replica-device")
    early = _report(0, {"color": {"hue": 240, "saturation": 0.25}, "mode": "x"})
    return [began, early, Opened(0.5, NAME), *records, Closed(9.0), Ended(9.0)]


def _report(time: float, reported: JSON) -> Record:
    payload = json.dumps({"state": {"reported": reported}}).encode()
    return Received(time, "state/LAMP-1/update", payload, retain=False, connection="replica")


RESETS = _device_run(
    Provoked(1.0, "the second", "desire", detail={"color": {"saturation": 0.75}}),
    Sent(1.0, "state/LAMP-1/update/delta", b'{"state": {"color": {"saturation": 0.75}}}', "update/delta"),
    _report(2.0, {"color": {"hue": 0, "saturation": 0.75}}),
)


def test_document_of_a_device_is_older_than_the_scenario() -> None:
    lanes = _lanes(RESETS, 1.0, -0.1, 3.0)

    assert _words(lanes["reported, 2 of 3 fields"]) == [
        "color.hue 240, color.saturation 0.25",
        "color.hue 0, color.saturation 0.75",
    ]
    assert _words(lanes["desired"]) == ["nothing", "color.saturation 0.75"]
    assert (_words(lanes["delta"]), _words(lanes["requests"])) == (['{"color": {"saturation": 0.75}}'], ["update"])


def test_document_before_a_wish_and_after() -> None:
    both = _compared(RESETS, EvidenceRef(_place(RESETS, Received, -1), _place(RESETS, Provoked, 0)))

    assert both.title == "The document before the wish 'the second', and after"
    assert [(row.name, row.asked, row.difference) for row in both.rows] == [
        ("desired.color.saturation", "0.75", Difference.ADDED),
        ("reported.color.hue", None, Difference.CHANGED),
        ("reported.color.saturation", None, Difference.CHANGED),
        ("reported.mode", None, Difference.NONE),
    ]


def test_wish_of_a_rest_takes_the_place_of_all_before_it() -> None:
    wish = Provoked(1.0, "first", "desire", detail={"a": 1})
    run = _device_run(wish, Provoked(2.0, "", "rest", detail={"b": 1}))

    assert _words(_lanes(run, 1.0, -1.0, 5.0)["desired"]) == ["nothing", "a 1", "b 1"]


@pytest.mark.parametrize("word", [*WORDS, "x" * 100_000])
def test_hostile_words_stay_text_on_the_page(word: str) -> None:
    state: JSON = {"desired": {word: {"on": [word]}}, "reported": {word: word}}
    run = run_with(sent(1, "first", {"state": state}), told(1, "accepted", {"state": state, "version": word}))
    both, harmless = (_compared(one, EvidenceRef(_place(one, Received, -1))) for one in (run, _harmless()))
    template = "{% import 'macros.html.j2' as show with context %}{{ show.comparison(both, 1) }}"

    page, other = (environment().from_string(template).render(both=one) for one in (both, harmless))

    assert [one.tag for one in parsed(page).all()] == [one.tag for one in parsed(other).all()]
    assert len(page) < 10_000
    assert page.replace("\n", "").isprintable()
    lanes = _lanes(run, 1.0, -1.0, 5.0).values()
    assert all(item.words.isprintable() for lane in lanes for item in lane.items)


def _harmless() -> Sequence[Record]:
    state: JSON = {"desired": {"w": {"on": ["w"]}}, "reported": {"w": "w"}}
    return run_with(sent(1, "first", {"state": state}), told(1, "accepted", {"state": state, "version": 1}))


def test_difference_is_told_by_a_sign_and_a_word_too() -> None:
    rows = [
        ComparedRow("a", "1", "2"),
        ComparedRow("b", None, "2"),
        ComparedRow("c", "1", None),
        ComparedRow("d", "1", "1"),
    ]
    template = "{% import 'macros.html.j2' as show with context %}{{ show.comparison(both, 1) }}"

    text = parsed(environment().from_string(template).render(both=Comparison("t", "asked", rows, 3))).text

    assert all(
        words in text
        for words in ("≠ changed", "+ added", "\N{MINUS SIGN} gone", "= same", "3 more fields are not shown")
    )


def test_long_run_of_a_large_device_is_told_in_few_words() -> None:
    reports = [_report(1 + n / 1000, {f"p{number:03}": n for number in range(200)}) for n in range(200)]

    lanes = _lanes(_device_run(*reports), 1.0, -1.0, 5.0)

    title = next(one for one in lanes if one.startswith("reported, 200 of "))
    assert lanes[title].items[-1].words.endswith("p019 199, and 180 more")


def test_deep_and_malformed_documents_fall_over_nothing() -> None:
    deep = b'{"state": {"desired": ' + b'{"a":' * 500 + b"1" + b"}" * 500 + b"}}"
    wrong: list[JSON] = [None, 1, [], {"state": 3}, {"state": {"desired": []}}, {"state": None}]
    records = [record for one in wrong for record in (sent(1, "x", one), told(1, "accepted", one))]
    last = Received(2.0, "state/lamp/update/accepted", deep, retain=False, connection="app")
    run = run_with(*records, Sent(2.0, "state/lamp/update", deep, "deep", connection="app"), last)

    assert _compared(run, EvidenceRef(_place(run, Received, -1))).rows == []
    assert _words(_lanes(run, 1.0, -1.0, 5.0)["desired"]) == ["nothing"]
