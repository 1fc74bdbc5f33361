"""Which topics and filters an account covers."""

import pytest

from harness.broker import Account, Listener
from harness.mqtt.endpoint import Login

LOGIN = Login("user", "password")


@pytest.mark.parametrize(
    ("allowed", "wanted"),
    [
        ("#", "a/b"),
        ("#", "$aws/a"),
        ("#", "#"),
        ("a/#", "a"),
        ("a/#", "a/b/c"),
        ("a/#", "a/+/c"),
        ("a/#", "a/#"),
        ("+/b", "a/b"),
        ("+/b", "+/b"),
        ("a", "a"),
        ("$aws/#", "$aws/a"),
        ("/a", "/a"),
    ],
)
def test_account_covers(allowed: str, wanted: str) -> None:
    assert Account(LOGIN, ("other", allowed)).may(wanted)


@pytest.mark.parametrize(
    ("allowed", "wanted"),
    [
        ("a/#", "ab"),
        ("a/#", "+/b"),
        ("a/#", "#"),
        ("a/+", "a/b/c"),
        ("a/+", "a/#"),
        ("a/+", "a"),
        ("a", "+"),
        ("+", "$aws"),
        ("+/#", "$aws/a"),
        ("$aws/#", "aws/a"),
        ("a", "/a"),
        ("a/b", "a"),
    ],
)
def test_account_does_not_cover(allowed: str, wanted: str) -> None:
    assert not Account(LOGIN, (allowed,)).may(wanted)


def test_account_without_topics_may_nothing() -> None:
    assert not Account(LOGIN, ()).may("a")


def test_password_is_not_shown() -> None:
    assert "password" not in repr(Account(LOGIN))


@pytest.mark.parametrize(("user", "password"), [("user", ""), ("user", None), (None, None), ("userpass", "word")])
def test_other_login_is_nobody(user: str | None, password: str | None) -> None:
    assert Listener(accounts=(Account(LOGIN),)).account_of(user, password) is None
