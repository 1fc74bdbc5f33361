"""Etags that are missing, no etags at all, the same for two states, or different for one."""

from collections.abc import Iterator, Sequence

from tests.altered.alteration import ANYWHERE, ONCE, Alter, Alteration, Effect
from tests.altered.edits import ABSENT, GONE, chosen, following, pointset_says, reports, sent
from tests.altered.take import Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_CHANGES, _ACCEPTED, _OUTDATED = (
    "etag.changes-with-state",
    "etag.changes-after-accepted-config",
    "etag.local-change-outdates",
)
_CARRYING = ("plain_write", "many_points", "stale_write", "changed_units", "expiring_writes")
_WRONG = ("x" * 33, 7, "", None)


def _longer(length: int) -> Alter:
    """Every etag, in states and configs alike, is filled up to so many characters."""

    def fill(message: Message) -> None:
        etag = message.get("pointset", {}).get("state_etag")
        if isinstance(etag, str):
            message["pointset"]["state_etag"] = etag.ljust(length, "~")

    return lambda take, _amount: take.edit(
        [key for key, record in take.entries if hasattr(record, "payload") and key not in take.telemetry()], fill
    )


def _same(label: str, word: str | None) -> Alter:
    """The state in which the write has become something else has the etag of the state before."""

    def alter(take: Take, _amount: float) -> Take:
        key = reports(take, label, word)[0]
        before = [state for state in take.states() if state < key][-1]
        return take.edit([key], pointset_says(state_etag=take.message(before)["pointset"]["state_etag"]))

    return alter


def _units(take: Take, _amount: float) -> Take:
    """The state that tells of new units has the etag of the one before."""
    states = take.states()
    said = [take.message(key)["pointset"]["points"] for key in states]
    units = [{name: point.get("units") for name, point in points.items()} for points in said]
    at = next(number for number in range(1, len(units)) if units[number] != units[number - 1])
    return take.edit(
        states[at : at + 1], pointset_says(state_etag=take.message(states[at - 1])["pointset"]["state_etag"])
    )


def _rests_on(label: str) -> Alter:
    """All that follows the config, up to the next, has the etag that it rests on."""

    def alter(take: Take, _amount: float) -> Take:
        start = sent(take, label)
        etag = take.message(start)["pointset"]["state_etag"]
        return take.edit(take.states(start, following(take, start)), pointset_says(state_etag=etag))

    return alter


def _stays_so(take: Take, _amount: float) -> Take:
    """The answer to a rejected config has the etag of the state before it."""
    start = sent(take, "rejected")
    before = [key for key in take.states() if key < start][-1]
    etag = take.message(before)["pointset"]["state_etag"]
    return take.edit(take.states(start, following(take, start)), pointset_says(state_etag=etag))


def _changes(take: Take, amount: float) -> Take:
    """One state in the midst of others that say the same."""
    return take.edit(chosen(take.states()[1:], amount), pointset_says(state_etag="another"))


def _rows() -> Iterator[Alteration]:
    for scenario in _CARRYING:
        there = "test_states_carry_an_etag"
        yield Alteration(f"is missing in {scenario}", there, scenario, _BREAKS, _gone, ANYWHERE)
    short = "test_etags_are_strings_of_at_most_32_characters"
    yield Alteration("of 32 characters", short, "plain_write", _KEEPS, _longer(32))
    yield Alteration("of 33 characters", short, "plain_write", _BREAKS, _longer(33))
    yield Alteration("is a number", short, "plain_write", _BREAKS, _number)
    for judgement, scenario, alter, also in (
        ("test_etag_tells_the_states_of_a_write_apart", "plain_write", _same("released", ABSENT), frozenset[str]()),
        (
            "test_etag_tells_the_states_of_a_slow_write_apart",
            "write_before_telemetry",
            _same("late", "applied"),
            frozenset[str](),
        ),
        ("test_etag_tells_units_apart", "changed_units", _units, frozenset[str]()),
        (
            "test_etag_tells_the_states_before_and_after_an_expiry_apart",
            "expiring_writes",
            _same("first", ABSENT),
            frozenset[str](),
        ),
    ):
        yield Alteration("names two states", judgement, scenario, _BREAKS, alter, ONCE, also)
    distinct = "test_no_etag_names_two_states"
    yield Alteration("names two states", distinct, "plain_write", _BREAKS, _same("released", ABSENT), ONCE)
    yield Alteration(
        "changes for nothing", "test_etag_stays_while_nothing_changes", "idle_configs", _BREAKS, _changes, ANYWHERE
    )
    accepted = "test_etag_changes_after_an_accepted_config"
    same = frozenset({_CHANGES})
    yield Alteration("is what it was", accepted, "plain_write", _BREAKS, _rests_on("second"), also=same)
    rejected = "test_etag_after_a_rejected_config_is_written_down"
    yield Alteration("is what it was", rejected, "stale_write", _BREAKS, _stays_so)


def _gone(take: Take, amount: float) -> Take:
    return take.edit(chosen(take.states(), amount), pointset_says(state_etag=GONE))


def _number(take: Take, _amount: float) -> Take:
    return take.edit(take.states()[-1:], pointset_says(state_etag=7))


ETAGS: Sequence[Alteration] = tuple(_rows())
