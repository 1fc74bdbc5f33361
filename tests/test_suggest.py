"""The hint for a mistyped word."""

import pytest

from harness.suggest import hinted, nearest

KNOWN = ("writable", "read_only", "slow", "\x1b[31mred")


@pytest.mark.parametrize(("typed", "near"), [("wriatble", "writable"), ("slwo", "slow"), ("zzz", None), ("", None)])
def test_nearest_known_word_is_one_that_is_near(typed: str, near: str | None) -> None:
    assert nearest(typed, KNOWN) == near


def test_nearest_word_may_be_asked_to_be_nearer_still() -> None:
    assert nearest("slwo", KNOWN, near=0.9) is None


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("slow", []) is None


def test_hint_follows_the_sentence() -> None:
    assert hinted("'slwo' is no kind", "slwo", KNOWN) == "'slwo' is no kind; did you mean 'slow'?"


def test_sentence_stands_alone_where_no_word_is_near() -> None:
    assert hinted("'zzz' is no kind", "zzz", KNOWN) == "'zzz' is no kind"


def test_other_hint_stands_in_where_no_word_is_near() -> None:
    assert hinted("'zzz' is no kind", "zzz", KNOWN, otherwise="there are 3") == "'zzz' is no kind; there are 3"


def test_hint_prints_whatever_is_known() -> None:
    assert hinted("no", "[31mred", KNOWN) == "no; did you mean '\\x1b[31mred'?"
