"""How it is told: what is amiss with the line that mends it, what is sound in a line each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.diagnosis import Diagnosis, at_first_contact
from harness.doctor.trouble import Trouble, Weight
from harness.record import Record


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands at the beginning of a line."""

    blocking: str
    grave: str
    minor: str
    sound: str
    mend: str

    def of(self, weight: Weight) -> str:
        """The mark of a trouble."""
        return {Weight.BLOCKING: self.blocking, Weight.GRAVE: self.grave, Weight.MINOR: self.minor}[weight]


SIGNS = Marks("✗✗", "✗ ", "! ", "✓ ", "→")
PLAIN = Marks("XX", "X ", "! ", "ok", "->")


def marks_for(encoding: str | None) -> Marks:
    """Signs where the terminal can write them."""
    try:
        "✗✓→…".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return PLAIN
    return SIGNS


def lines(diagnosis: Diagnosis, marks: Marks) -> Iterator[str]:
    """The worst first; then what is sound; then the sum."""
    for trouble in diagnosis.troubles:
        yield from told(trouble, marks)
    for words in diagnosis.sound:
        yield _plain(f"{marks.sound} {words}", marks)
    yield ""
    yield _sum(diagnosis.troubles)


def told(trouble: Trouble, marks: Marks) -> Iterator[str]:
    """Two lines: what and whose; and what mends it."""
    yield _plain(f"{marks.of(trouble.weight)} {trouble.whose}: {trouble.what}", marks)
    yield _plain(f"   {marks.mend} {trouble.mend}", marks)


def told_once(tell: Callable[[str], None], marks: Marks) -> Callable[[Sequence[Record]], None]:
    """Tells what is amiss when a device is first met; after a lost link it is met again, and that is no news."""
    is_told = False

    def met(records: Sequence[Record]) -> None:
        nonlocal is_told
        if not is_told:
            is_told = True
            for trouble in at_first_contact(records):
                tell(_plain(f"doctor: {trouble.whose}: {trouble.what}", marks))
                tell(_plain(f"    {trouble.mend}", marks))

    return met


def _sum(troubles: Sequence[Trouble]) -> str:
    if not troubles:
        return "Nothing is amiss."
    count = f"{len(troubles)} thing{'' if len(troubles) == 1 else 's'} found"
    blocking = sum(trouble.weight is Weight.BLOCKING for trouble in troubles)
    return f"{count}; no test is possible before the first is mended." if blocking else f"{count}."


def _plain(line: str, marks: Marks) -> str:
    """Where signs cannot be written, nothing else that is no ASCII can be either."""
    if marks is SIGNS:
        return line
    return line.replace("…", "...").encode("ascii", "backslashreplace").decode()
