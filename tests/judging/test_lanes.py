"""The parts of a plug's lanes."""

from harness.judging.lanes import Frame, Mark, MarkKind, Span, SpanKind

FRAME = Frame(None, origin=100, start=-1, end=20)


def test_moment_counts_from_the_origin() -> None:
    assert FRAME.at(102.0000004) == 2.0


def test_what_is_said_holds_until_something_else_is_said() -> None:
    off, on = SpanKind.OTHER, SpanKind.SETTLED
    said = [(101, "off", off), (102, "off", off), (105, "on", on)]

    assert list(FRAME.spans(said)) == [Span(1, 5, "off", off), Span(5, 20, "on", on)]
    assert list(FRAME.spans([])) == []


def test_what_is_said_again_is_no_news() -> None:
    marks = list(FRAME.marks([(101, "off"), (102, "off"), (103, "on"), (104, "off")]))

    assert [(mark.at, mark.news) for mark in marks] == [(1, True), (2, False), (3, True), (4, True)]
    assert marks[0] == Mark(1, "off", MarkKind.SAID)
