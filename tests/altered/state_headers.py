"""States that are older than they should be, of a device that does not work, or that say nothing new."""

from collections.abc import Iterator, Sequence

from harness.payload.timestamps import parsed_timestamp, rfc3339
from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect, up_to
from tests.altered.edits import GONE, chosen, following, naming, put, said_again, sent, system_says
from tests.altered.take import Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_NO = (False, GONE, None, "true", 1)  # what does not say that it is operational
_APART = 5.0  # seconds by which the age of one state may be another than that of the next
_UPSET, _NAMED = "erroneous.unknown-field-is-ignored", "config.last-config-is-its-timestamp"

_BEGAN = frozenset({"status.timestamp-is-of-its-condition"})  # a status, after a state that is made older


def _older(take: Take, seconds: float) -> Take:
    """The first state says that it was made so much sooner than it was."""
    first = take.states()[0]
    made = parsed_timestamp(take.message(first)["timestamp"]) or 0.0
    stamp = rfc3339(round(made - seconds, 3))
    return take.edit([first], lambda message: put(message, timestamp=stamp))


def _too_old(take: Take, seconds: float) -> Take:
    return _older(take, _APART + take.allowance + HAIR + seconds)


def _operational(*words: object) -> Alter:
    """Any one state says this of it."""

    def alter(take: Take, amount: float) -> Take:
        word = words[int(amount) % len(words)]
        return take.edit(
            chosen(take.states(), amount), lambda message: put(message["system"]["operation"], operational=word)
        )

    return alter


def _names_another(take: Take, amount: float) -> Take:
    """One of the states that follow the first to name the config."""
    start = sent(take, "write")
    later = take.states(naming(take, "write"), following(take, start))
    return take.edit(chosen(later, amount), system_says(last_config="2001-02-03T04:05:06Z"))


def _repeated(take: Take, times: float) -> Take:
    """The last state is said again so many times, every second."""
    last = take.states()[-1]
    since = take.time(last)
    take = take.pause(next(key for key, _ in take.entries if key > last), times + 2)
    for number in range(1, int(times) + 1):
        take = said_again(take, last, since + number)
    return take


def _without_pointset(message: Message) -> None:
    message.pop("pointset")


def _answered_without(take: Take, _amount: float) -> Take:
    return take.edit(take.states(sent(take, "no pointset")), _without_pointset)


def _rows() -> Iterator[Alteration]:
    for scenario in ("plain_write", "many_points", "broken_configs"):
        judged = f"test_states_carry_the_time_at_which_they_were_made[{scenario}]"
        yield Alteration("older by 5 s", judged, scenario, _KEEPS, _older, up_to(_APART, _APART), _BEGAN)
        yield Alteration("older by more", judged, scenario, _BREAKS, _too_old, up_to(600), _BEGAN)
    words = _operational(*_NO)
    for scenario in ("plain_write", "many_points", "unknown_fields"):
        judged = f"test_device_is_operational[{scenario}]"
        yield Alteration("does not work", judged, scenario, _BREAKS, words, ANYWHERE, frozenset({_UPSET}))
    same = "test_states_go_on_naming_the_config_while_no_other_comes"
    yield Alteration("names another", same, "many_points", _BREAKS, _names_another, ANYWHERE, frozenset({_NAMED}))
    again = "test_states_that_say_nothing_new"
    yield Alteration("over and over", again, "many_points", _BREAKS, _repeated, Amounts((20.0,)))
    for judged in ("test_state_where_the_config_has_no_pointset", "test_blocks_of_a_config_and_of_its_answer"):
        yield Alteration("nor has the state", judged, "quiet_config", _BREAKS, _answered_without)


STATE_HEADERS: Sequence[Alteration] = tuple(_rows())
