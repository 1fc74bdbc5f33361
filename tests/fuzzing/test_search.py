"""A search finds the first sequence that is wrong, by a seed alone, and makes it short."""

from collections.abc import Iterable, Sequence
from random import Random

from harness.fuzzing import Invariant, SequenceSearch, broken, chance, shortened
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved

SEED = 7


class _Sums(SequenceSearch[int]):
    """Steps are numbers, two to a move; `small` is broken by a sum above 30, and `even` by a 9."""

    def drawn(self, random: Random) -> Sequence[Sequence[int]]:
        return [(random.randrange(10), random.randrange(10)) for _ in range(random.randint(1, 8))]

    def first_broken(self, script: Sequence[int]) -> tuple[str, str] | None:
        if sum(script) > 30:
            return "small", f"the sum is {sum(script)}"
        return ("even", "there is a 9") if 9 in script else None

    def plainer(self, step: int) -> Iterable[int]:
        return range(step)


def test_seed_gives_the_same_chance_in_every_process() -> None:
    assert [chance(SEED, number).randrange(1000) for number in range(4)] == [722, 56, 678, 44]


def test_what_is_found_breaks_the_same_clause_when_it_is_short() -> None:
    first = _Sums().run(100, SEED, shortens=False)
    short = _Sums().run(100, SEED)

    assert first is not None
    assert short is not None
    assert short.requirement == first.requirement
    assert len(short.script) < len(first.script)


def test_moves_stay_whole_and_every_step_is_as_plain_as_it_can_be() -> None:
    found = next(found for seed in range(20) if (found := _Sums().run(100, seed)) and found.requirement == "small")

    assert len(found.script) % 2 == 0
    assert sum(found.script) == 31
    assert found.story == "the sum is 31"


def test_sequences_until_it_was_found_are_counted_without_those_that_made_it_short() -> None:
    search = _Sums()

    search.run(100, SEED)

    assert 0 < search.until_found < search.played


def test_search_that_finds_nothing_has_played_all() -> None:
    class Healthy(_Sums):
        def first_broken(self, script: Sequence[int]) -> None:
            del script

    search = Healthy()

    assert search.run(30, SEED) is None
    assert (search.played, search.until_found) == (30, 0)


def test_parts_that_are_needed_together_stay() -> None:
    assert [*shortened([1, 2, 3, 4, 5], lambda parts: {2, 5} <= {*parts})] == [2, 5]


def test_part_that_is_not_needed_once_others_are_plain_goes_too() -> None:
    short = shortened([3, 3], lambda parts: sum(parts) % 3 == 0, lambda part: (part - 1,) if part else ())

    assert [*short] in ([3], [0])


def test_broken_invariants_are_told_in_the_order_of_the_table() -> None:
    def accuse(course: str) -> None:
        raise NotObserved(course)

    def wonder(_course: str) -> None:
        raise CouldNotTest("nothing to see")

    table = [Invariant("a", wonder), Invariant("b", accuse), Invariant("c", lambda _course: None)]

    assert [*broken([*table, Invariant("d", accuse)], "so it went")] == [("b", "so it went"), ("d", "so it went")]
