"""Blocks become briefer, the least important first, until they fit."""

from harness.report.terminal.blocks import Block, BlockGroup, ScreenLine, fitted


def _block(*texts: str) -> Block:
    """First all of these lines, then the first alone, then nothing."""
    return Block([[ScreenLine(text) for text in texts], [ScreenLine(texts[0])], []])


def _more(count: int) -> ScreenLine:
    return ScreenLine(f"and {count} more")


def _texts(lines: list[ScreenLine]) -> list[str]:
    return [line.text for line in lines]


def test_everything_is_told_in_full_where_there_is_room() -> None:
    assert _texts(fitted([BlockGroup([_block("a", "b"), _block("c", "d")])], 4, None)) == ["a", "b", "c", "d"]


def test_everything_is_told_in_full_where_no_room_is_set() -> None:
    assert len(fitted([BlockGroup([_block("a", "b")] * 50)], None, None)) == 100


def test_last_block_becomes_brief_first() -> None:
    assert _texts(fitted([BlockGroup([_block("a", "b"), _block("c", "d")])], 3, None)) == ["a", "b", "c"]


def test_every_block_is_brief_before_any_is_left_out() -> None:
    assert _texts(fitted([BlockGroup([_block("a", "b"), _block("c", "d")])], 2, None)) == ["a", "c"]


def test_number_of_blocks_that_are_left_out_is_told() -> None:
    lines = fitted([BlockGroup([_block(name, "b") for name in "xyz"], more=_more)], 2, None)

    assert _texts(lines) == ["x", "and 2 more"]


def test_later_group_gives_way_to_an_earlier_one() -> None:
    lines = fitted([BlockGroup([_block("a", "b")]), BlockGroup([_block("c", "d")], [ScreenLine("title")])], 3, None)

    assert _texts(lines) == ["a", "title", "c"]


def test_group_without_a_line_has_no_title() -> None:
    assert fitted([BlockGroup([], [ScreenLine("title")])], None, None) == []


def test_line_that_the_terminal_wraps_takes_its_rows() -> None:
    assert ScreenLine("x" * 81).rows(80) == 2
    assert ScreenLine("x" * 80).rows(80) == 1
    assert ScreenLine("").rows(80) == 1
    assert ScreenLine("x" * 1000).rows(None) == 1
