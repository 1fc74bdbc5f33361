"""Payloads that mean harm: each becomes a message, with its problems listed, whatever they are."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import Config, Message, PointState, State, SystemState, Telemetry, ValueState
from tests.protocols.udmi.words.messages import json_in_words_of
from tests.protocols.udmi.words.whole_messages import CONFIG, STATE, TELEMETRY
from tests.udmi_1_5 import decode_config, decode_state, decode_telemetry

Decoder = Callable[[bytes], Message]
MEGABYTES = 10_000_000
DECODERS: Mapping[Decoder, Mapping[str, Any]] = {
    decode_state: STATE,
    decode_config: CONFIG,
    decode_telemetry: TELEMETRY,
}
EMPTY: Mapping[Decoder, Message] = {decode_state: State(), decode_config: Config(), decode_telemetry: Telemetry()}
ANY_JSON = json_in_words_of(*DECODERS.values())

each_decoder = pytest.mark.parametrize("decode", DECODERS, ids=lambda decode: decode.__name__)


def _told(message: Message) -> list[str]:
    return [str(problem) for problem in message.problems]


def _is_harmless(message: Message) -> bool:
    """Whether its problems can be printed, and are not too many."""
    told = _told(message)
    return len(told) <= 52 and all(line.isprintable() and len(line) < 2000 for line in told)


@given(payload=st.binary(max_size=200))
@settings(derandomize=True, deadline=None, database=None, max_examples=300)
def test_bytes_at_random_become_a_message_of_any_kind(payload: bytes) -> None:
    messages = [decode(payload) for decode in DECODERS]

    assert [type(message) for message in messages] == [State, Config, Telemetry]
    assert all(_is_harmless(message) for message in messages)


@given(payload=ANY_JSON)
@settings(derandomize=True, deadline=None, database=None, max_examples=200)
def test_json_at_random_becomes_a_message_of_any_kind(payload: bytes) -> None:
    messages = [decode(payload) for decode in DECODERS]

    assert [type(message) for message in messages] == [State, Config, Telemetry]
    assert all(_is_harmless(message) for message in messages)


@given(payload=ANY_JSON, at=st.integers(0, 500), junk=st.binary(min_size=1, max_size=4))
@settings(derandomize=True, deadline=None, database=None, max_examples=200)
def test_json_with_bytes_thrown_in_becomes_a_message_of_any_kind(payload: bytes, at: int, junk: bytes) -> None:
    messages = [decode(payload[:at] + junk + payload[at:]) for decode in DECODERS]

    assert all(_is_harmless(message) for message in messages)


@each_decoder
def test_message_that_is_cut_off_anywhere_is_empty_and_says_so(decode: Decoder) -> None:
    whole = json.dumps({**DECODERS[decode], "note": "21 °C"}, ensure_ascii=False).encode()

    read = [decode(whole[:end]) for end in range(len(whole))]

    assert all(message == EMPTY[decode] for message in read)
    assert all("not JSON" in _told(message)[-1] for message in read)


@each_decoder
def test_empty_payload_is_an_empty_message_with_one_problem(decode: Decoder) -> None:
    message = decode(b"")

    assert message == EMPTY[decode]
    assert len(message.problems) == 1


def test_byte_that_is_not_utf_8_leaves_the_other_fields_as_they_are() -> None:
    state = decode_state('{"system": {"serial_no": "Nº 1", "updating": true}, "version": "1.5.7"}'.encode("latin-1"))

    assert state == State(version="1.5.7", system=SystemState(serial_no="N\N{REPLACEMENT CHARACTER} 1", updating=True))
    assert _told(state) == ["the message is not UTF-8 (invalid start byte at byte 27); expected UTF-8"]


def test_no_byte_in_a_string_keeps_the_other_fields_from_being_read() -> None:
    states = [
        decode_state(b'{"version": "' + bytes([byte]) + b'", "system": {"serial_no": "SN-1"}}')
        for byte in range(0x80, 0x100)
    ]

    assert all(state.system == SystemState(serial_no="SN-1") for state in states)
    assert all("not UTF-8" in _told(state)[0] for state in states)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_is_not_json(encoding: str) -> None:
    state = decode_state('{"version": "1.5.7"}'.encode(encoding))

    assert state == State()
    assert "not JSON" in _told(state)[-1]


def test_surrogate_in_utf_8_is_not_utf_8() -> None:
    state = decode_state(b'{"version": "\xed\xa0\x80", "system": {"serial_no": "SN-1"}}')

    assert state.system == SystemState(serial_no="SN-1")
    assert "not UTF-8" in _told(state)[0]


def test_byte_order_mark_is_no_problem() -> None:
    assert decode_state(b'\xef\xbb\xbf{"version": "1.5.7"}').problems == ()


@each_decoder
@pytest.mark.parametrize(
    "payload",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"points":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=["lists", "objects", "unclosed lists", "unclosed objects"],
)
def test_message_nested_a_hundred_thousand_deep_is_empty_and_says_so(decode: Decoder, payload: bytes) -> None:
    message = decode(payload)

    assert message == EMPTY[decode]
    assert _told(message) == ["the message is nested too deeply; expected a JSON object"]


def test_field_nested_a_few_hundred_deep_leaves_the_others_as_they_are() -> None:
    deep = b"[" * 300 + b"]" * 300

    state = decode_state(b'{"version": ' + deep + b', "system": {"serial_no": "SN-1"}}')

    assert state.system == SystemState(serial_no="SN-1")
    assert _told(state) == ["version is [[[[...]]]]; expected a string"]


def test_deep_field_that_no_specification_knows_can_be_compared() -> None:
    payload = b'{"pointset": {"points": {"damper": {"x": ' + b"[" * 300 + b"]" * 300 + b"}}}}"

    assert decode_config(payload) == decode_config(payload)


def test_string_of_ten_megabytes_is_read() -> None:
    state = decode_state(b'{"version": "' + b"x" * MEGABYTES + b'", "system": {}}')

    assert state == State(version="x" * MEGABYTES, system=SystemState())
    assert state.problems == ()


@pytest.mark.parametrize(
    "field",
    [
        b'"' + b"\\u001b" * (MEGABYTES // 6) + b'"',
        b"[" + b'"x",' * (MEGABYTES // 4) + b"0]",
        b"7" * MEGABYTES,
    ],
    ids=["escapes", "strings", "digits"],
)
def test_field_of_ten_megabytes_is_put_briefly(field: bytes) -> None:
    state = decode_state(b'{"timestamp": ' + field + b', "system": {}}')

    assert state.system == SystemState()
    assert [problem.path for problem in state.problems] == ["timestamp"]
    assert _is_harmless(state)


def test_name_of_ten_megabytes_is_put_briefly() -> None:
    telemetry = decode_telemetry(b'{"points": {"' + b"x" * MEGABYTES + b'": 3}}')

    assert telemetry.readings == {"x" * MEGABYTES: IllTyped(3)}
    assert _told(telemetry) == [f"points.{'x' * 200}… is 3; expected an object"]


def test_ten_megabytes_of_wrong_fields_list_fifty_and_leave_the_good_ones() -> None:
    wrong = b'"%06d": {"value_state": "' + b"x" * 970 + b'"},'
    points = b"".join(wrong % number for number in range(MEGABYTES // 1000))

    state = decode_state(b'{"pointset": {"points": {' + points + b'"damper": {"value_state": "applied"}}}}')

    assert len(state.points) == MEGABYTES // 1000 + 1
    assert state.point("damper") == PointState(ValueState.APPLIED)
    assert len(state.problems) == 50


def test_of_two_fields_of_one_name_the_last_counts() -> None:
    state = decode_state(b'{"version": 1, "version": "1.5.7", "system": {"serial_no": "SN-1"}, "system": {}}')

    assert state == State(version="1.5.7", system=SystemState())


def test_lone_surrogate_is_read_as_it_is() -> None:
    state = decode_state(b'{"version": "\\ud800", "system": {"serial_no": "SN-1"}}')

    assert state == State(version="\ud800", system=SystemState(serial_no="SN-1"))


@pytest.mark.parametrize("text", ["\ud800", "\x1b[31m", "\r\n", "\x00", "\x9b2J", "\u202e", "\u2028"])
@pytest.mark.parametrize(
    "payload",
    ['{"timestamp": $}', '{"pointset": {"points": {$: 3}}}', '{"pointset": {"points": {$: {"value_state": $}}}}', "$"],
    ids=["content", "name", "word", "message"],
)
def test_text_that_does_not_print_is_escaped_in_a_problem(payload: str, text: str) -> None:
    state = decode_state(payload.replace("$", json.dumps(text)).encode())

    assert len(state.problems) == 1
    assert _is_harmless(state)


@pytest.mark.parametrize("payload", [b"\x1b[31m", b'{"version": "\x1b[31m"}', b'{"\x1b[31m', b"\x9b2J", b"{}\x00"])
def test_bytes_that_do_not_print_never_reach_a_problem(payload: bytes) -> None:
    state = decode_state(payload)

    assert state.problems
    assert _is_harmless(state)
