"""When a device tries again."""

from dataclasses import replace

from simulator.link.backoff import Backoff
from simulator.link.link_rules import LinkRules

RULES = LinkRules(steady_after=30)


def test_gaps_between_tries_grow_to_a_hundred_seconds() -> None:
    connecting = Backoff(RULES)

    assert [connecting.next_try(0, failed=True) for _ in range(9)] == [1, 2, 4, 8, 16, 32, 64, 100, 100]


def test_gap_is_short_again_after_a_connection_that_lasted() -> None:
    connecting = Backoff(RULES)
    connecting.next_try(0, failed=True)
    connecting.next_try(1, failed=True)
    connecting.is_up(10)

    assert connecting.next_try(40, failed=True) == 1


def test_gap_grows_on_after_a_connection_that_did_not_last() -> None:
    connecting = Backoff(RULES)
    connecting.next_try(0, failed=True)
    connecting.is_up(10)

    assert connecting.next_try(39, failed=True) == 2


def test_who_ended_the_connection_by_himself_may_try_at_once() -> None:
    assert Backoff(RULES).next_try(0, failed=False) == 0


def test_device_that_gives_up_never_tries_again() -> None:
    stubborn = Backoff(replace(RULES, gap=lambda tries, _losses: 1.0 if tries < 2 else None))

    assert [stubborn.next_try(0, failed=True) for _ in range(3)] == [1, 1, None]
