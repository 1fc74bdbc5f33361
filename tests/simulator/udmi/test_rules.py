"""All decisions of a device, and a change of one group."""

from dataclasses import fields

import pytest

from simulator.udmi.rules import KEPT, StateRules, WriteRules, kept_but
from simulator.udmi.sampling import Sampling


def test_change_of_one_group_leaves_the_others() -> None:
    rules = kept_but(StateRules(between_states=1.5))

    changed = [each.name for each in fields(rules) if getattr(rules, each.name) != getattr(KEPT, each.name)]
    assert (changed, rules.states.between_states) == (["states"], 1.5)


def test_changes_of_several_groups_all_count() -> None:
    rules = kept_but(Sampling(tells_of_any_change=True), WriteRules(begins_anew=lambda _before, _value: True))

    assert (rules.sampling.tells_of_any_change, rules.writes.begins_anew(1, 1)) == (True, True)


def test_two_changes_of_one_group_are_refused() -> None:
    with pytest.raises(ValueError, match="the second would undo the first"):
        kept_but(StateRules(between_states=1.5), StateRules(repeats_after=3.0))
