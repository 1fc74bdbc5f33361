"""Groups of decisions, of which a variation changes some."""

from dataclasses import replace

import pytest

from simulator.base.rule_groups import with_groups
from simulator.link.link_rules import LinkRules
from tests.simulator.base.bell import BellProfile, BellRules, Sounds, kept_but


def test_group_takes_the_place_of_the_one_of_its_kind() -> None:
    rules, quiet = BellRules(), LinkRules(pings=False)

    assert kept_but(Sounds(b"dong"), quiet) == replace(rules, sounds=Sounds(b"dong"), link=quiet)
    assert kept_but() == rules


def test_two_groups_of_one_kind_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two groups of one kind"):
        kept_but(Sounds(b"dong"), Sounds(b"clang"))


def test_group_of_no_kind_among_the_rules_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="BellRules has no group of the kind BellProfile"):
        with_groups(BellRules(), BellProfile())
