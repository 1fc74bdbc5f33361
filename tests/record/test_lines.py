"""A record as a line of its trace: of format 3, and of those before it."""

import json
from dataclasses import replace

import pytest

from harness.broker.faults import Fault
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind, Will
from harness.payload.values import JSON
from harness.record.kinds import Answer, Channel, Closed, Desired, Done, Provoked, Received, Record, Request, Sent
from harness.record.lines import FORMAT, again_from_line, from_line, to_line

NOT_FOUND = Answer(404, 3, headers={"Content-Type": "text/plain"})
GET = Request("GET", headers={"Accept": "application/json"})
CONNECT = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=60, will=Will("a/b", 1, retain=True))
HTTP = Sent(1.0, "/things/a?name=b", b"", "read", connection="rest-1", channel=Channel.HTTP, http=GET)
RECORDS: list[Record] = [
    Sent(1.0, "a/b", b"on", "first", {"first": Desired("lamp", {"on": [True, None]})}, retain=True, connection="app-1"),
    HTTP,
    Received(1.0, "/things/a", b"{}", retain=False, connection="rest-1", channel=Channel.HTTP, http=NOT_FOUND),
    Received(1.0, "a/b", b"\xff", retain=True, connection="device"),
    Provoked(1.0, "moved", "move", "lamp", 21.5),
    Provoked(1.0, "gone", Fault.DROP),
    ObservedPacket(1.0, "A", PacketKind.CONNECT, hello=CONNECT, refused=False),
    Closed(1.0, cut_short="it broke off"),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_record_reads_back_from_its_line(record: Record) -> None:
    assert from_line(to_line(record)) == record
    assert again_from_line(to_line(record).encode(), FORMAT) == record


def test_record_of_a_lone_surrogate_is_read_again() -> None:
    line = to_line(HTTP).replace('"read"', '"\\ud800"')

    assert again_from_line(line.encode(), FORMAT) == from_line(line)


def test_what_is_at_its_default_is_left_out_of_the_line() -> None:
    assert json.loads(to_line(Closed(1.0))) == {"record": "closed", "time": 1.0}
    assert json.loads(to_line(Sent(1.0, "t", b"on", ""))) == {
        "record": "sent",
        "time": 1.0,
        "topic": "t",
        "payload": "on",
        "label": "",
    }


@pytest.mark.parametrize("lost", [{"channel"}, {"http"}])
def test_message_is_over_http_if_it_is_a_request_or_an_answer(lost: set[str]) -> None:
    told = json.loads(to_line(RECORDS[1]))
    line = json.dumps({name: value for name, value in told.items() if name not in lost})

    with pytest.raises(ValueError, match=r"no record that this version knows: over (mqtt|http) it is"):
        from_line(line)


@pytest.mark.parametrize("header", ["Authorization", "cookie", "PROXY-AUTHORIZATION", "Set-Cookie"])
def test_header_that_lets_somebody_in_is_in_no_record(header: str) -> None:
    headers = {header: "Bearer secret", "Accept": "text/plain"}
    line = to_line(replace(HTTP, http=Request("GET", headers=headers)))

    assert "secret" not in line
    assert Answer(200, 1, headers=headers).headers == {"Accept": "text/plain"}


@pytest.mark.parametrize("written", [1, 2])
def test_message_of_before_format_3_asked_for_points_and_was_retained(written: int) -> None:
    line = '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "w", "settings": {"w": ["damper", 30]}}'
    broken = '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "w", "broken": true}'

    assert from_line(line, written) == Sent(1.0, "t", b"", "w", {"w": Desired("damper", 30)}, retain=True)
    assert from_line(broken, written) == Sent(1.0, "t", b"", "w", broken=True)


@pytest.mark.parametrize("written", [1, 2])
def test_label_of_before_format_3_told_of_a_return_to_the_base_state(written: int) -> None:
    line = '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "rest"}'

    assert from_line(line, written) == Sent(1.0, "t", b"", "rest", retain=True, resets=True)


@pytest.mark.parametrize(
    ("what", "detail", "known"),
    [
        ("restart", "", None),
        ("change units", "Degrees-Celsius", "Degrees-Celsius"),
        ("change units", "1", "1"),
        ("move", "19.0", 19.0),
        ("move", '"open"', "open"),
        ("move", "{", None),
        ("move", "NaN", None),
        ("move", "[" * 100_000, None),
    ],
)
def test_provocation_of_before_format_3_had_a_point_and_a_text(what: str, detail: str, known: object) -> None:
    raw = {"record": "provoked", "time": 1, "label": "now", "what": what, "point": "damper", "detail": detail}

    record = from_line(json.dumps(raw), 2)

    assert isinstance(record, Provoked)
    assert (record.label, record.name, record.subject, record.detail) == ("now", what, "damper", known)


@pytest.mark.parametrize(
    "line",
    [
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "settings": {"a": 1}}',
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "settings": {"a": [1]}}',
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "settings": [1]}',
        '{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "settings": {"a": [1, 2]}}',
        '{"record": "provoked", "time": 1, "label": "now", "what": "move"}',
        '{"record": ["provoked"], "time": 1, "label": "now", "what": "move"}',
        "[]",
    ],
)
def test_line_of_before_format_3_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        from_line(line, 2)

    assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", ["settings", "what", "point"])
def test_names_of_before_are_none_of_format_3(name: str) -> None:
    with pytest.raises(ValueError, match=f"it has no field '{name}'"):
        from_line(f'{{"record": "done", "time": 1, "of": 0, "{name}": {{}}}}')


@pytest.mark.parametrize(("detail", "told"), [(None, ""), ("Celsius", "Celsius"), (21.5, "21.5"), ([1], "[1]")])
def test_detail_of_a_provocation_is_told_as_text(detail: JSON, told: str) -> None:
    assert Provoked(1.0, "now", "move", "lamp", detail).detail_text == told


def test_place_is_counted_as_before() -> None:
    assert from_line('{"record": "done", "time": 1, "of": 5}', 1) == Done(1.0, 5)


@pytest.mark.parametrize("name", ["desired", "retain", "connection", "resets"])
def test_names_of_format_3_are_none_of_before(name: str) -> None:
    line = f'{{"record": "sent", "time": 1, "topic": "t", "payload": "", "label": "", "{name}": false}}'

    with pytest.raises(ValueError, match=f"no record that its format knows: it has no field '{name}'"):
        from_line(line, 2)


@pytest.mark.parametrize("written", [1, 2])
@pytest.mark.parametrize(
    ("sentence", "needs"),
    [
        ("needs listen://: only a broker of ours tells", "listen://"),
        ("needs --long: it takes 11 minutes", "--long"),
        ("no certificates are shown there", None),
        ("needs more", None),
    ],
)
def test_what_would_show_it_stood_in_the_sentence_before_format_3(
    written: int, sentence: str, needs: str | None
) -> None:
    line = f'{{"record": "closed", "time": 1, "out_of_view": "{sentence}"}}'

    assert from_line(line, written) == Closed(1.0, out_of_view=sentence, needs=needs)
