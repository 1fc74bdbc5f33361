"""How it is told: what is amiss with the line that mends it, what is sound in a line each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.diagnosis import Diagnosis, at_first_contact
from harness.doctor.problem import Problem, Severity
from harness.record.kinds import Record
from harness.text import counted


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs at the beginning of a line."""

    blocking: str
    grave: str
    minor: str
    sound: str
    mend: str

    def of(self, weight: Severity) -> str:
        """The mark of a problem, by its weight."""
        return {Severity.BLOCKING: self.blocking, Severity.GRAVE: self.grave, Severity.MINOR: self.minor}[weight]


SIGNS = Marks("✗✗", "✗ ", "! ", "✓ ", "→")
PLAIN = Marks("XX", "X ", "! ", "ok", "->")


def marks_for(encoding: str | None) -> Marks:
    """Signs where the terminal can write them."""
    try:
        "✗✓→…".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return PLAIN
    return SIGNS


def lines(diagnosis: Diagnosis, marks: Marks, planned: Iterable[str] = ()) -> Iterator[str]:
    """The worst first; then what is sound, and what a run would come to; then the sum."""
    for problem in diagnosis.problems:
        yield from told(problem, marks)
    for words in diagnosis.sound:
        yield _plain(f"{marks.sound} {words}", marks)
    for words in planned:
        yield _plain(words, marks)
    yield ""
    yield _sum(diagnosis.problems)


def told(problem: Problem, marks: Marks) -> Iterator[str]:
    """Two lines: what and whose; and what mends it."""
    yield _plain(f"{marks.of(problem.weight)} {problem.whose}: {problem.what}", marks)
    yield _plain(f"   {marks.mend} {problem.mend}", marks)


def told_once(tell: Callable[[str], None], marks: Marks) -> Callable[[Sequence[Record]], None]:
    """Tells what is amiss when a device is first met; after a lost link it is met again, and that is no news."""
    is_told = False

    def met(records: Sequence[Record]) -> None:
        nonlocal is_told
        if not is_told:
            is_told = True
            for problem in at_first_contact(records):
                tell(_plain(f"doctor: {problem.whose}: {problem.what}", marks))
                tell(_plain(f"    {problem.mend}", marks))

    return met


def _sum(problems: Sequence[Problem]) -> str:
    if not problems:
        return "Nothing is amiss."
    count = f"{counted(len(problems), 'thing')} found"
    blocking = sum(problem.weight is Severity.BLOCKING for problem in problems)
    return f"{count}; no test is possible before the first is mended." if blocking else f"{count}."


def _plain(line: str, marks: Marks) -> str:
    """The line in ASCII, for a terminal that cannot show our signs: then no other character is safe to write either."""
    if marks is SIGNS:
        return line
    return line.replace("…", "...").encode("ascii", "backslashreplace").decode()
