"""How many sorts of problems are kept of a flood, and what is said of the others."""

from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.messages.amiss import Amiss
from harness.protocols.udmi.judging.messages.schema_violations import SchemaViolation
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind
from harness.protocols.udmi.words.schemas import FieldFlaw, SchemaProblem


def test_sort_counts_every_message_and_shows_the_first() -> None:
    amiss = _of([("pointset", "points", f"p{number}") for number in range(3_000)])

    (sort,) = amiss.sorts.values()
    assert (sort.times, sort.heard.place, amiss.is_cut) == (3_000, 0, False)


def test_thousand_sorts_are_all_there_are_or_there_are_more() -> None:
    whole, cut = (_of([(f"field_{number}",) for number in range(count)]) for count in (1_000, 1_001))

    assert (len(whole.sorts), whole.is_cut) == (1_000, False)
    assert (len(cut.sorts), cut.is_cut) == (1_000, True)


def test_sorts_of_two_kinds_of_messages_are_counted_as_one() -> None:
    amiss = Amiss.of_all([_of([("timestamp",)] * 2), _of([("timestamp",)] * 3)])

    (sort,) = amiss.sorts.values()
    assert (sort.times, sort.heard.place) == (5, 0)


def _of(paths: list[tuple[str, ...]]) -> Amiss:
    amiss = Amiss()
    for place, path in enumerate(paths):
        amiss.add(
            Heard(1.0, place, b"{}"), SchemaViolation(ViolationKind.SHAPE, SchemaProblem(path, FieldFlaw.UNKNOWN))
        )
    return amiss
