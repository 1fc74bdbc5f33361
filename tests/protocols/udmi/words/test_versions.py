"""The version of a message, and its mistakes."""

import pytest

from harness.protocols.udmi.words.versions import is_version


@pytest.mark.parametrize("text", ["1", "1.5", "1.3.13", "1.5.7", "1.4.1.2", "1.5.7-12-g3fc8b6d", "1.5.0-beta.1"])
def test_numbers_with_dots_and_perhaps_a_build_are_a_version(text: str) -> None:
    assert is_version(text)


@pytest.mark.parametrize(
    "text",
    ["", "one", "1.4.", ".4", "1..4", "v1.5.7", " 1.5", "1.5.7\n", "1.5-", "1.5.x", "1,5", "1.2.3.4.5", "\u0661.5"],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_version(text)
