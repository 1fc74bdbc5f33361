"""Random lives of a device keep its law: odd agents and owners, failures, restarts, many desired states."""

import random
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest

from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.device_events import Connected, Restarted
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.law import AFTER, ENDS, SUCCESSES
from simulator.update.device.rules import (
    KEPT,
    Aftermath,
    DeviceInventoryRules,
    LeadingRules,
    ManagerRules,
    PolicyRules,
    ReturningRules,
    RuleGroup,
    SummingUpRules,
    kept_but,
)
from simulator.update.device.setup import ManagerSetup
from tests.simulator.update.device.stepped import OWN, WEB, SteppedDevice

_SEEDS = range(40)
_LONG = 6000.0  # seconds in which all of them end
_WEB = ("1.0", "1.1", "none", *WEB.fails.values(), *WEB.never_ends.values())


@pytest.mark.parametrize("seed", _SEEDS)
def test_random_life_keeps_the_law(seed: int) -> None:
    stepped, activities = _lived(random.Random(seed))  # noqa: S311 - a life that can be lived again

    assert stepped.device.activity is None
    assert [*_broken(stepped, activities)] == []
    assert stepped.versions.items() <= stepped.shown[-1][1].versions().items()


@pytest.mark.parametrize(
    "changed",
    [
        LeadingRules(gives_up=lambda command: command is not P.CLEANUP),
        LeadingRules(adds=True),
        PolicyRules(supersedes=lambda _status: True),
        PolicyRules(superseded=None),
        PolicyRules(begins=False),
        SummingUpRules(is_well=lambda _status, _spec: True),
        DeviceInventoryRules(behind=lambda _status: False),
        ReturningRules(remembers=False),
        ReturningRules(after_restart=Aftermath.FORGETS),
    ],
)
def test_random_lives_show_a_device_that_breaks_the_law(changed: RuleGroup) -> None:
    lives = (_lived(random.Random(seed), kept_but(changed)) for seed in _SEEDS)  # noqa: S311 - likewise

    assert any(_is_bad(*life) for life in lives)


def _is_bad(stepped: SteppedDevice, activities: list[str]) -> bool:
    shows = stepped.versions.items() <= stepped.shown[-1][1].versions().items()
    return stepped.device.activity is not None or any(_broken(stepped, activities)) or not shows


def _lived(dice: random.Random, rules: ManagerRules = KEPT) -> tuple[SteppedDevice, list[str]]:
    setup = ManagerSetup(
        own=OWN,
        played=("lab",) if dice.random() < 4 / 5 else (),
        on_new_desired_state=dice.choice([*OnNewDesiredState]),
        consent=tuple(dice.sample([P.DOWNLOAD, P.UPDATE, P.ACTIVATE], dice.randint(0, 2))),
        rolls_back=dice.random() < 1 / 2,
        spec=dice.choice([*UpdateSpec]),
    )
    stepped, activities = SteppedDevice(setup, rules), list[str]()
    for _ in range(dice.randint(3, 40)):
        _happens(dice, stepped, activities)
    stepped.wait(_LONG)
    return stepped, activities


def _happens(dice: random.Random, stepped: SteppedDevice, activities: list[str]) -> None:
    some = dice.choice([*activities, "nobody's"])
    match dice.choice(["desire", "answer", "agent", *["good agent"] * 3, "return", "wait", "wait"]):
        case "desire":
            name = dice.choice([*activities, str(len(activities))])
            activities[:] = dict.fromkeys([*activities, name])
            stepped.desire(_wanted(dice), activity=name)
        case "answer":
            status = dice.choice(["APPROVED", "DENIED"])
            stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": status}, some)
        case "agent":
            actions = {dice.choice(["lab:one", "lab:two"]): dice.choice([*A])} if dice.random() < 1 / 2 else None
            stepped.agent("lab", dice.choice([*F]), actions, activity=some)
        case "good agent":
            _answers(stepped)
        case "return":
            if dice.random() < 1 / 2:
                stepped.meet(Restarted())
            stepped.meet(Connected())
        case _:
            stepped.wait(dice.choice([0.1, 1, 10]))


def _answers(stepped: SteppedDevice) -> None:
    """The agent of lab succeeds with what it was told last."""
    told = [*stepped.told_of(MessageKind.DESIRED_STATE, "lab"), *stepped.told_of(MessageKind.COMMAND, "lab")]
    last = max(reversed(told), key=lambda one: one.time, default=None)
    if last is None:
        return
    if "command" in last.payload:
        stepped.agent("lab", PHASES[P(last.payload["command"])].success, activity=str(last.activity))
    else:
        stepped.agent("lab", F.IDENTIFIED, {"lab:one": A.IDENTIFIED}, activity=str(last.activity))


def _wanted(dice: random.Random) -> Mapping[str, Mapping[str, str]]:
    every: Mapping[str, Mapping[str, str]] = {
        "apps": {"web": dice.choice(_WEB), "store": dice.choice(["4.3", "4.4"])},
        "self-update": {"os": dice.choice(["20", "21"])},
        "lab": {"one": dice.choice("12")},
        "nobody": {},
    }
    return {name: every[name] for name in dice.sample([*every], dice.randint(0, 4))}


def _broken(stepped: SteppedDevice, activities: list[str]) -> Iterator[object]:
    """All that is not by the law."""
    for name in activities:
        statuses = [one.status for one in stepped.of(name)]
        yield from ((name, edge) for edge in pairwise((None, *statuses)) if edge[1] not in AFTER.get(edge[0], ()))
        if sum(status in ENDS for status in statuses) != 1:
            yield name, statuses
        told = [action for one in stepped.of(name)[-1:] for action in one.feedback.actions]
        bad = [one for one in told if one.status not in SUCCESSES[stepped.setup.spec]]
        if bad and F.COMPLETED in statuses:
            yield name, bad
        sets = {frozenset(each.id for each in one.feedback.actions) for one in stepped.of(name) if one.feedback.lists}
        if len(sets) > 1:
            yield name, sets
