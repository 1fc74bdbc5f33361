"""The JSON of its messages: what is none, and what other readers refuse, or read otherwise than its maker does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, of_its
from harness.payload.fields import read_raw
from harness.payload.json_text import has_mark, repeated_names
from harness.payload.values import JSON, PayloadProblem
from harness.protocols.udmi.doctor.case import Case
from harness.text import plural, printable


@dataclass(frozen=True, slots=True)
class _PayloadFlaw:
    """`places`: where a message has it. `what` is said behind "3 of its 4 messages"."""

    places: Callable[[bytes], Iterable[str]]
    weight: Severity
    verb: tuple[str, str]
    what: str
    mend: str

    def words(self, count: int, places: str) -> str:
        """The words for so many messages that have it."""
        return f"{plural(count, *self.verb)} {self.what.format(places=places)}"


def _find(case: Case) -> Iterator[Problem]:
    for flaw in _FLAWS:
        holding = [places for payload in case.said if (places := list(flaw.places(payload)))]
        if holding:
            first = _first(list(dict.fromkeys(place for places in holding for place in places)))
            what = f"{of_its(len(holding), len(case.said), 'message')} {flaw.words(len(holding), first)}."
            yield Problem(Party.DEVICE, flaw.weight, what, flaw.mend)


def _sound(case: Case) -> str | None:
    return "its messages are JSON that every reader takes alike" if case.beside and case.said else None


def _first(places: Sequence[str]) -> str:
    more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
    return ", ".join(places[:_MOST]) + more


def _unreadable(payload: bytes) -> list[str]:
    problems: list[PayloadProblem] = []
    read_raw(payload, problems)
    return [problem.found for problem in problems]


def _mark(payload: bytes) -> list[str]:
    return ["EF BB BF"] if has_mark(payload) else []


def _repeated(payload: bytes) -> list[str]:
    return [".".join(map(printable, place)) for place in repeated_names(payload)]


def _null(payload: bytes) -> Iterator[str]:
    return _nulls(dict(read_raw(payload, [])), _DEEPEST) if not _unreadable(payload) else iter(())


def _nulls(raw: JSON, levels: int) -> Iterator[str]:
    """The dotted names of fields that are null."""
    if not isinstance(raw, dict | list) or levels == 0:
        return
    for name, part in raw.items() if isinstance(raw, dict) else ((str(n), item) for n, item in enumerate(raw)):
        if part is None and isinstance(raw, dict):
            yield printable(name)
        yield from (f"{printable(name)}.{place}" for place in _nulls(part, levels - 1))


_MOST = 3  # places that are named
_DEEPEST = 20  # levels that are looked at
_FLAWS = (
    _PayloadFlaw(
        _unreadable,
        Severity.GRAVE,
        ("is", "are"),
        "not what JSON is: {places}",
        "Mend how the device writes JSON; a value that it does not know, it can leave out.",
    ),
    _PayloadFlaw(
        _mark,
        Severity.MINOR,
        ("begins", "begin"),
        "with a byte order mark ({places}). It is read over here, and refused by others",
        "Write UTF-8 without it: most libraries have an option for that.",
    ),
    _PayloadFlaw(
        _repeated,
        Severity.MINOR,
        ("has", "have"),
        "two fields of one name, {places}. Here the last one counts; other readers take the first, or none",
        "Write each name once.",
    ),
    _PayloadFlaw(
        _null,
        Severity.MINOR,
        ("holds", "hold"),
        "null, in {places}. A field that is null is read as missing, and no schema of UDMI allows it",
        "Leave a field out that has nothing to say: most serializers have an option for that.",
    ),
)

PAYLOADS = Check("the JSON of its messages", _find, _sound)
