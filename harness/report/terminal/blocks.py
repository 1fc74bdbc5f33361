"""Blocks of lines that can be told more briefly, until all of them fit one screen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a line is meant; a terminal has a colour for each."""

    PLAIN = ""
    HEAD = "head"
    GOOD = "good"
    BROKEN = "broken"
    WARNING = "warning"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """One line, without its end. It may be longer than the terminal is wide, and takes more rows then."""

    text: str
    tone: Tone = Tone.PLAIN

    def rows(self, columns: int | None) -> int:
        """On a terminal of so many columns; None: nothing is wrapped."""
        return 1 if columns is None else max(1, -(-len(self.text) // columns))


Form = Sequence[ScreenLine]


@dataclass(frozen=True, slots=True)
class Block:
    """`forms`: from the fullest to the briefest, which may be empty. Beyond the last, the last is kept."""

    forms: Sequence[Form]

    def at(self, step: int) -> Form:
        """The form after so many steps."""
        return self.forms[min(step, len(self.forms) - 1)]


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """Blocks of one kind beneath a title, most important first; `more`: the line for so many that are left out."""

    blocks: Sequence[Block]
    title: Sequence[ScreenLine] = ()
    more: Callable[[int], ScreenLine] | None = None


def fitted(groups: Sequence[BlockGroup], rows: int | None, columns: int | None) -> list[ScreenLine]:
    """All lines in order, in no more than so many rows if they can be; None: in full.

    Every block is made briefer by one step, from the least important on, before any is made briefer by another one.
    """
    steps = [[0] * len(group.blocks) for group in groups]
    most = max((len(block.forms) for group in groups for block in group.blocks), default=1)
    turns = ((group, block) for _ in range(1, most) for group, block in _backwards(groups))
    lines = _lines(groups, steps)
    for group, block in turns if rows is not None else ():
        if sum(line.rows(columns) for line in lines) <= (rows or 0):
            break
        steps[group][block] += 1
        lines = _lines(groups, steps)
    return lines


def _backwards(groups: Sequence[BlockGroup]) -> Iterable[tuple[int, int]]:
    for group in reversed(range(len(groups))):
        for block in reversed(range(len(groups[group].blocks))):
            yield group, block


def _lines(groups: Sequence[BlockGroup], steps: Sequence[Sequence[int]]) -> list[ScreenLine]:
    lines: list[ScreenLine] = []
    for group, taken in zip(groups, steps, strict=True):
        forms = [block.at(step) for block, step in zip(group.blocks, taken, strict=True)]
        told = [line for form in forms for line in form]
        left_out = sum(not form for form in forms)
        more = [group.more(left_out)] if left_out and group.more else []
        if told or more:
            lines += [*group.title, *told, *more]
    return lines
