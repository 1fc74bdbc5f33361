"""Drafts can be read as they stand, hold what was reported, and set nothing that nobody has checked."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile, ValueKind
from harness.protocols.replica.device_profile_file import DeviceProfileFile
from harness.protocols.replica.drafting.device_description import MOST, DeviceDescription, described_by
from harness.protocols.replica.drafting.draft import draft_of
from harness.protocols.replica.words.topics import Scheme
from harness.record.kinds import Received
from tests.hostile import PAYLOADS, WORDS

FILE = Path("lamp.toml")
LAMP = DeviceProfile("LAMP-1", {})
UPDATE, GOT = "state/LAMP-1/update", "state/LAMP-1/get/accepted"


def spelt(content: object) -> bytes:
    """As JSON."""
    return json.dumps(content).encode()


def heard(*messages: bytes, topic: str = UPDATE, retain: bool = False) -> DeviceDescription:
    """A device of which these came at that topic."""
    return described_by([Received(0.0, topic, one, retain) for one in messages], LAMP)


def reporting(*sections: Mapping[str, JSON], desired: Mapping[str, JSON] | None = None) -> DeviceDescription:
    """A device that reported these, and was to be that before."""
    asked = [] if desired is None else [spelt({"state": {"desired": desired}})]
    return heard(*asked, *(spelt({"state": {"reported": one}}) for one in sections))


def text_of(description: DeviceDescription) -> str:
    """The draft's text, which `text` itself reads back."""
    return draft_of(description, "LAMP-1", Scheme.SEED, "mqtt://broker:1883").text(FILE)


def read(description: DeviceDescription) -> DeviceProfile:
    """The draft, read back."""
    return DeviceProfileFile.parse(text_of(description), FILE).profile


def test_what_is_reported_is_drafted_with_its_type() -> None:
    section: dict[str, JSON] = {"power": False, "level": 50, "color": {"warm": 0.5}, "mode": "white", "scenes": ["a"]}

    profile = read(reporting(section))

    assert {name: one.type for name, one in profile.properties.items()} == {
        "power": ValueKind.BOOLEAN,
        "level": ValueKind.INTEGER,
        "color.warm": ValueKind.NUMBER,
        "mode": ValueKind.STRING,
        "scenes": ValueKind.ARRAY,
    }
    assert profile.settable == ()


def test_what_cannot_be_known_is_asked_for_by_a_comment() -> None:
    text = text_of(reporting({"power": False, "level": 50, "mode": "white"}))

    assert "# good = [false, true]  # check: two values that are safe to set; it reports false" in text
    assert "# good = [50, 51]" in text
    assert '# good = ["white", …]' in text
    assert "# impossible = 1000000  # check: a value that it must not take" in text
    assert "# read_only = true  # if nobody but the device changes it" in text


def test_comments_of_a_draft_become_lines_that_are_a_profile() -> None:
    """The operator takes the signs away, and has what the suites need."""
    text = text_of(reporting({"power": False, "level": 50}))

    bare = [
        line.removeprefix("# ") if line.startswith(("# good", "# impossible")) else line for line in text.split("\n")
    ]

    profile = DeviceProfileFile.parse("\n".join(bare), FILE).profile
    assert [one.good for one in profile.settable] == [(False, True), (50, 51)]
    assert [one.impossible for one in profile.settable] == ["bright", 1_000_000]


def test_values_that_were_desired_and_reported_are_good() -> None:
    states = [
        {"desired": {"level": 40}},
        {"reported": {"level": 40, "heat": 20.5}},
        {"desired": {"level": 80}},
        {"reported": {"level": 80, "heat": 21.5}},
    ]
    description = heard(*(spelt({"state": state}) for state in states))

    assert [(one.name, one.good) for one in read(description).settable] == [("level", (80, 40))]
    assert "# good = [21.5, 20.5]" in text_of(description)


def test_one_value_that_was_taken_is_not_enough() -> None:
    assert read(reporting({"level": 40}, {"level": 80}, desired={"level": 40})).settable == ()


def test_whole_numbers_and_fractions_are_numbers() -> None:
    assert read(reporting({"level": 50}, {"level": 50.5})).properties["level"].type is ValueKind.NUMBER


def test_document_of_a_replica_is_heard_too() -> None:
    content = {"state": {"desired": {"power": True}, "reported": {"power": False}}, "version": 3}

    assert list(read(heard(spelt(content), topic=GOT)).properties) == ["power"]


def test_what_is_retained_counts_for_nothing() -> None:
    assert heard(spelt({"state": {"reported": {"power": False}}}), retain=True).properties == {}


@pytest.mark.parametrize(
    ("section", "left_out"),
    [
        ({'a "quoted" one': 1}, 'Left out, as a profile has names of letters, digits, - and _ alone: a "quoted" one'),
        ({"two\nlines = 1": 1}, r"alone: two\nlines = 1"),
        ({"\ud800": 1}, r"alone: \ud800"),
        ({"": 1}, "alone: "),
        ({"a.b": 1}, "Left out, as a dot in a name cannot be told from a path: a.b"),
        ({"a": {}}, "Left out, an object without fields: a"),
        ({"x" * 5000: {"]": 1}}, "Left out, as a profile has names"),
    ],
)
def test_what_no_profile_can_hold_is_a_remark(section: dict[str, JSON], left_out: str) -> None:
    description = reporting({"power": True, **section})

    assert list(read(description).properties) == ["power"]
    assert left_out in text_of(description)
    with pytest.raises(UsageError, match="LAMP-1 reported no property at mqtt://broker:1883, no profile can hold"):
        text_of(reporting(section))


def test_value_of_several_types_and_one_inside_another_are_remarks() -> None:
    description = reporting({"power": True, "mode": 1, "a": 1}, {"mode": "x", "a": {"b": 1}})

    assert list(read(description).properties) == ["power", "a"]
    assert "Left out, as its values are of several types: mode" in text_of(description)
    assert "Left out, as what it lies in is reported as a value too: a / b" in text_of(description)


@pytest.mark.parametrize(
    "value",
    [
        10**399,
        -(2**70),
        2**63 - 1,
        1e308,
        "\ud800",
        'x"""y',
        "a\nb = 3\n[z]",
        [None],
        [[1, None]],
        ["\udfff"],
        [10**30],
    ],
)
def test_odd_value_stays_a_question(value: JSON) -> None:
    description = reporting({"it": value}, desired={"it": value})

    assert read(description).properties["it"].good == ()
    assert "# good = [" in text_of(description)


def test_values_that_toml_has_no_word_for_are_not_among_the_good() -> None:
    words: list[JSON] = ["\ud800", "a", "\udfff", "b"]
    numbers: list[JSON] = [10**399, 1, -(2**63) - 1, 2]
    messages = [
        {"state": {"desired": {"it": a, "no": b}, "reported": {"it": a, "no": b}}}
        for a, b in zip(words, numbers, strict=True)
    ]

    properties = read(heard(*map(spelt, messages))).properties

    assert (properties["it"].good, properties["no"].good) == (("b", "a"), (2, 1))


def test_number_without_end_is_a_number() -> None:
    description = heard(b'{"state": {"reported": {"it": 1e999, "more": ' + b"7" * 5000 + b"}}}")

    assert {one.type for one in read(description).properties.values()} == {ValueKind.NUMBER}
    assert "# good = […, …]" in text_of(description)


def test_names_that_are_deep_are_drafted_as_deep_as_anybody_reads() -> None:
    deep: JSON = 1
    for _ in range(40):
        deep = {"a": deep}

    assert list(read(reporting({"it": deep})).properties) == [".".join(["it", *["a"] * 40])]
    assert heard(b'{"state": {"reported": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}}").properties == {}
    assert heard(b'{"state": {"reported": ' + b'{"a":' * 300 + b"1" + b"}" * 300 + b"}}").properties == {}


def test_nulls_are_no_values() -> None:
    assert list(read(reporting({"power": True, "gone": None, "in": {"it": None}})).properties) == ["power"]


def test_who_reports_too_much_is_not_drafted_to_the_end() -> None:
    description = reporting({f"p{number}": number for number in range(MOST + 1)})

    assert len(read(description).properties) == MOST
    assert f"# It reports more properties than the {MOST} here." in text_of(description)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_messages_describe_nothing(payload: bytes) -> None:
    assert heard(payload).properties == {}
    assert heard(payload, topic=GOT).properties == {}


@pytest.mark.parametrize("word", WORDS)
def test_hostile_words_stay_one_value_and_one_remark(word: str) -> None:
    text = text_of(reporting({"it": word, word: word, "list": [word, {word: word}]}))

    assert list(DeviceProfileFile.parse(text, FILE).profile.properties) == ["it", "list"]
    assert "\x1b" not in text
    assert all(line.startswith(("#", "[", "id", "type", "network")) or not line for line in text.split("\n"))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.text(), ANYTHING, max_size=4), max_size=3), st.dictionaries(st.text(), ANYTHING))
def test_whatever_is_reported_is_a_profile_or_one_error(
    sections: list[dict[str, JSON]], desired: dict[str, JSON]
) -> None:
    description = reporting(*sections, desired=desired)

    try:
        profile: DeviceProfile | None = read(description)
        told = ""
    except UsageError as error:
        profile, told = None, str(error)

    assert told.isprintable()
    assert profile is None or profile.id == "LAMP-1"
