"""RFC 3339 and Unix seconds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.timestamps import parsed_timestamp, rfc3339

NEW_YEAR = 1_767_225_600.0
_DIGITS = st.integers(0, 99).map(lambda number: f"{number:02}")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-01T00:00:00Z", NEW_YEAR),
        ("2026-01-01t00:00:00z", NEW_YEAR),
        ("2026-01-01 00:00:00Z", NEW_YEAR),
        ("2026-01-01T01:30:00+01:30", NEW_YEAR),
        ("2025-12-31T23:00:00-01:00", NEW_YEAR),
        ("2026-01-01T00:00:00-00:00", NEW_YEAR),
        ("2026-01-01T00:00:00.5Z", NEW_YEAR + 0.5),
        ("2026-01-01T00:00:00.250000Z", NEW_YEAR + 0.25),
        ("2026-01-01T00:00:00.123456789Z", NEW_YEAR + 0.123456),
        ("1970-01-01T00:00:00Z", 0.0),
        ("1969-12-31T23:59:59Z", -1.0),
        ("2024-02-29T00:00:00Z", 1_709_164_800.0),
        ("2025-12-31T23:59:60Z", NEW_YEAR),
        ("2026-01-01T00:59:60.5+01:00", NEW_YEAR + 0.5),
    ],
)
def test_time_with_an_offset_is_read(text: str, instant: float) -> None:
    assert parsed_timestamp(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "1767225600",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00Z\n",
        " 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00+01",
        "20260101T000000Z",
        "2026-W01-4T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-15T23:59:60Z",
        "2025-12-31T23:59:61Z",
        "9999-12-31T23:59:60Z",
        "2026-01-01T00:00:00+24:00",
        "0000-01-01T00:00:00Z",
        "12026-01-01T00:00:00Z",
        "2026-01-01T00:00:0\N{ARABIC-INDIC DIGIT ONE}Z",
    ],
)
def test_anything_else_is_no_time(text: str) -> None:
    assert parsed_timestamp(text) is None


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "9999-12-31T23:59:59.9999999Z"]
)
def test_time_that_utc_cannot_tell_is_none(text: str) -> None:
    assert parsed_timestamp(text) is None


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (NEW_YEAR, "2026-01-01T00:00:00Z"),
        (NEW_YEAR + 0.5, "2026-01-01T00:00:00.500Z"),
        (0, "1970-01-01T00:00:00Z"),
        (-1.0, "1969-12-31T23:59:59Z"),
    ],
)
def test_instant_is_told_in_utc(instant: float, text: str) -> None:
    assert rfc3339(instant) == text


@given(st.integers(0, 7_258_118_400_000))
@settings(derandomize=True, deadline=None, database=None)
def test_milliseconds_survive(milliseconds: int) -> None:
    assert parsed_timestamp(rfc3339(milliseconds / 1000)) == milliseconds / 1000


@given(st.text())
@settings(derandomize=True, deadline=None, database=None)
def test_text_at_random_is_no_time(text: str) -> None:
    assert parsed_timestamp(text) is None


@given(
    st.builds(
        "{}{}-{}-{}T{}:{}:{}{}{}:{}".format,
        *(_DIGITS for _ in range(7)),
        st.sampled_from(["+", "-", ".999999+", ".9999999-"]),
        _DIGITS,
        _DIGITS,
    )
)
@settings(derandomize=True, deadline=None, database=None)
def test_whatever_is_read_as_a_time_can_be_told_again(text: str) -> None:
    instant = parsed_timestamp(text)

    assert instant is None or rfc3339(instant).endswith("Z")
