"""Deadlines that no message tells and nobody gave: a person at a terminal is asked; else they are named."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite

from harness.protocols.update.profile import Deadline

LONGEST = 86_400.0  # seconds, as the schema has it
_WORDS: Mapping[Deadline, str] = {
    Deadline.IDENTIFY: "a desired state is identified, or cannot be",
    Deadline.DOWNLOAD: "a download ends",
    Deadline.UPDATE: "an update ends",
    Deadline.ACTIVATE: "an activation ends",
    Deadline.CLEANUP: "a cleanup ends",
    Deadline.ROLLBACK: "a rollback ends",
    Deadline.CURRENT_STATE: "a current state comes that was asked for",
}

Ask = Callable[[str], str]
Tell = Callable[[str], None]


def seconds_in(figure: str) -> float | None:
    """The seconds that were typed; None: no deadline can be that."""
    try:
        seconds = float(figure)
    except ValueError:
        return None
    return seconds if isfinite(seconds) and 0 < seconds <= LONGEST else None


def with_missing(
    given: Mapping[Deadline, float], tell: Tell, ask: Ask | None = None, *, is_terminal: bool | None = None
) -> Mapping[Deadline, float]:
    """Those that were given, and those that a person gives now; what is still missing is told of.

    `ask`: puts a question; raises EOFError where nobody answers. `is_terminal`: None: as standard input is.
    """
    missing = [name for name in Deadline if name not in given]
    if not missing:
        return given
    if is_terminal is None:
        is_terminal = bool(sys.stdin and sys.stdin.isatty())
    answers = dict(_answers(missing, tell, ask or _ask)) if is_terminal else {}
    if left := [name for name in missing if name not in answers]:
        names = ", ".join(left)
        tell(
            f"no deadline for {names}: what must come in that time cannot be tested. "
            f"--deadline {left[0]}=60 gives one, and so does its line in [deadlines]"
        )
    return {name: both[name] for name in Deadline if name in (both := {**given, **answers})}


def _answers(missing: Sequence[Deadline], tell: Tell, ask: Ask) -> Iterator[tuple[Deadline, float]]:
    tell("how many seconds each may take, well or not; Enter leaves it out")
    for name in missing:
        while True:
            try:
                word = ask(f"  {name}: {_WORDS[name]} within ").strip()
            except EOFError:
                return
            if not word:
                break
            if (seconds := seconds_in(word)) is not None:
                yield name, seconds
                break
            tell(f"  expected seconds, more than 0 and at most {LONGEST:.0f}, such as 60")


def _ask(question: str) -> str:
    """At the terminal; standard output is for the draft alone. Raises EOFError."""
    sys.stderr.write(question)
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer
