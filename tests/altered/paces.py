"""Telemetry at a pace: too seldom, too often, of too little, or where none should be."""

from collections.abc import Iterator, Sequence

from tests.altered.alteration import ANYWHERE, HAIR, ONCE, Alter, Alteration, Amounts, Effect, up_to
from tests.altered.edits import GONE, chosen, following, naming, put, said_again, sent
from tests.altered.take import Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_LATE = 1.5  # seconds by which a sample may be late
_JITTER = 0.1  # seconds that any way to us may explain; over a network it may be more
_NEAR, _FAR = (0.0,), (1.0,)


def told(take: Take, label: str) -> list[int]:
    """The telemetry from the config's answer to the next config."""
    return take.telemetry(naming(take, label), following(take, sent(take, label)))


def _is_part(take: Take, key: int) -> bool:
    return take.message(key).get("partial_update") is True


def _way(take: Take) -> float:
    return max(_JITTER, take.allowance)


def _far_between(label: str) -> Alter:
    """From the last complete telemetry but one to the last it takes so many seconds."""

    def alter(take: Take, seconds: float) -> Take:
        before, last = [key for key in told(take, label) if not _is_part(take, key)][-2:]
        return take.pause(last, round(seconds - (take.time(last) - take.time(before)), 6))

    return alter


def _followed_by_none(label: str) -> Alter:
    """After the last telemetry none comes for so many seconds."""

    def alter(take: Take, seconds: float) -> Take:
        last, end = told(take, label)[-1], following(take, sent(take, label))
        return take.pause(end, round(seconds - (take.time(end) - take.time(last)), 6))

    return alter


def _in_time(apart: Alter, limit: float) -> Alter:
    return lambda take, seconds: apart(take, limit + _way(take) - seconds)


def _too_late(apart: Alter, limit: float) -> Alter:
    return lambda take, seconds: apart(take, limit + _way(take) + HAIR + seconds)


def _once_more(label: str) -> Alter:
    """So many seconds after the last telemetry, another comes."""

    def alter(take: Take, seconds: float) -> Take:
        last, end = told(take, label)[-1], following(take, sent(take, label))
        return said_again(take.pause(end, 5), last, take.time(last) + seconds)

    return alter


def _incomplete(take: Take, _amount: float) -> Take:
    """The last telemetry but one lacks a point."""

    def lacks(message: Message) -> None:
        del message["points"][next(iter(message["points"]))]

    return take.edit(told(take, "every 2 s")[-2:-1], lacks)


def _in_spite(take: Take, seconds: float) -> Take:
    """So long after the config could have come, and what it was answered by have gone, telemetry comes."""
    last = take.telemetry(-1, sent(take, "never"))[-1]
    answered = take.time(naming(take, "never"))
    return said_again(take, last, answered + 2 * take.allowance + seconds)


def _silent(label: str) -> Alter:
    return lambda take, _amount: take.without(take.telemetry(sent(take, label), following(take, sent(take, label))))


def _unsaid(take: Take, amount: float) -> Take:
    """A telemetry of a part of the points does not say so."""
    parts = [key for key in told(take, "told of all") if _is_part(take, key)]
    other = (GONE, False, None)[int(amount) % 3]
    return take.edit(chosen(parts, amount), lambda message: put(message, partial_update=other))


def _rows() -> Iterator[Alteration]:
    for judgement, scenario, label, rate in (
        ("test_complete_telemetry_comes_at_its_rate", "sampled_rates", "every 4 s", 4.0),
        ("test_faster_rate_holds_at_once", "sampled_rates", "every 2 s", 2.0),
        ("test_complete_telemetry_keeps_its_rate_while_a_point_moves", "moved_point", "told of all", 10.0),
        ("test_complete_telemetry_comes_every_five_minutes_without_a_rate", "open_rates", "no rate", 300.0),
        ("test_complete_telemetry_comes_every_five_minutes_at_a_rate_of_zero", "open_rates", "rate of zero", 300.0),
    ):
        limit, late = rate + _LATE, up_to(30, HAIR)
        early = up_to(min(limit, 1.0), HAIR)
        for name, apart in (("far between", _far_between(label)), ("followed by none", _followed_by_none(label))):
            yield Alteration(f"{name}, {limit:g} s", judgement, scenario, _KEEPS, _in_time(apart, limit), early)
            yield Alteration(f"{name}, too long", judgement, scenario, _BREAKS, _too_late(apart, limit), late)
    fast = "test_faster_rate_holds_at_once"
    yield Alteration("lacks a point", fast, "sampled_rates", _BREAKS, _incomplete, allowances=_NEAR)
    for judgement, scenario, label, limit in (
        ("test_complete_telemetry_keeps_its_limit", "sampled_rates", "every 4 s", 2.0),
        ("test_telemetry_of_a_point_that_moves_keeps_its_limit", "moved_point", "told of all", 3.0),
    ):
        least = limit - _JITTER
        for name, effect, amounts, allowances in (
            ("hardly too often", _KEEPS, Amounts((least, limit)), _NEAR),
            ("too often", _BREAKS, Amounts((HAIR, least - HAIR)), _NEAR),
            ("the network explains it", _KEEPS, Amounts((limit - 1.0, limit)), _FAR),
            ("the network does not explain it", _BREAKS, Amounts((HAIR, limit - 1.0 - HAIR)), _FAR),
        ):
            yield Alteration(name, judgement, scenario, effect, _once_more(label), amounts, allowances=allowances)
    never = "test_no_telemetry_comes_at_a_rate_below_zero"
    yield Alteration("goes on", never, "sampled_rates", _BREAKS, _in_spite, Amounts((HAIR, 2.0)))
    part = "test_part_of_the_points_says_that_it_is_one"
    yield Alteration("does not say so", part, "moved_point", _BREAKS, _unsaid, ANYWHERE)
    for judgement, scenario, label in (
        ("test_telemetry_goes_on_without_a_list_of_points", "listed_points", "no list"),
        ("test_telemetry_goes_on_without_a_pointset", "open_rates", "no pointset"),
    ):
        yield Alteration("comes to nothing", judgement, scenario, _BREAKS, _silent(label), ONCE)


PACES: Sequence[Alteration] = tuple(_rows())
