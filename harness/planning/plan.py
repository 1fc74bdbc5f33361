"""A plan: what becomes of every requirement before anything is driven, and what each lacking line would change."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import msgspec

from harness.judging.requirements.requirement import Requirement
from harness.judging.verdicts.finding import Finding, by_requirement
from harness.judging.verdicts.verdict import Level, Verdict, verdict_of
from harness.planning.prerequisites import Lack

JUDGED = frozenset({Verdict.PASS, Verdict.OBSERVATION})  # as far as can be known: a device may yet break it


@dataclass(frozen=True, slots=True)
class PlannedJudgement:
    """One judgement, and what it lacks, in the order in which it asks; nothing where it will be made."""

    requirement: Requirement
    level: Level
    judgement: str
    lacks: Sequence[Lack]

    def finding(self, without: Collection[str] = ()) -> Finding:
        """The expected verdict; `without`: as if these were not lacking."""
        ended = next((lack for lack in self.lacks if str(lack) not in without), None)
        return Finding.of(self.requirement, self.level, self.judgement, ended, {})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the profile, or an option, that is lacking, in words that say what to add; or lines that help together.

    `brings`: what it makes of a judgement. `holds_up`: the requirements that are not judged, and have it as a reason;
    `adds`: those that would be judged if it alone were there. Lines of which none adds anything, and which hold up the
    same requirements, are one line if they add something together.
    """

    words: str
    brings: tuple[Verdict, ...]
    holds_up: tuple[str, ...]
    adds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The expected verdicts of a run, by requirement; those in JUDGED depend on the device.

    `lines`: by what they add, most first. `seconds`: that it takes in real time on a device that does everything at
    once. `is_virtual`: whether it runs in virtual time, which is a matter of our machine. `of`: how many requirements
    the spec has that are judged at all.
    """

    device: str
    target: str
    spec: str
    verdicts: Mapping[str, Verdict]
    lines: tuple[Line, ...]
    seconds: float
    is_virtual: bool
    of: int

    def those(self, *verdicts: Verdict) -> tuple[str, ...]:
        """The requirements that will come to one of these."""
        return tuple(name for name, verdict in self.verdicts.items() if verdict in verdicts)

    @property
    def judged(self) -> tuple[str, ...]:
        """The requirements that will be judged."""
        return self.those(*JUDGED)

    def waiting_for(self, words: str) -> tuple[str, ...]:
        """The requirements that will not be judged, and for which a line with these words is lacking."""
        found = (
            name for line in self.lines if f" {words} " in f" {line.words} ".replace(",", " ") for name in line.holds_up
        )
        return tuple(dict.fromkeys(found))

    def holding_up(self, verdict: Verdict) -> Iterator[Line]:
        """The lines for want of which requirements come to that verdict, with these requirements alone."""
        of_it = set(self.those(verdict))
        for line in self.lines:
            here = tuple(name for name in line.holds_up if name in of_it)
            if here and verdict in line.brings:
                yield replace(line, holds_up=here, adds=tuple(name for name in line.adds if name in of_it))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, text: bytes) -> "Plan":
        """From what another process of ours wrote."""
        return msgspec.json.decode(text, type=cls)


def verdicts_and_lines(judgements: Sequence[PlannedJudgement]) -> tuple[Mapping[str, Verdict], tuple[Line, ...]]:
    """The expected verdict of every requirement, and the change that each lacking line would make."""
    verdicts = by_requirement(one.finding() for one in judgements)
    open_ones = [one for one in judgements if verdicts[one.requirement.id] not in JUDGED]
    alone = [_line([words], open_ones) for words in dict.fromkeys(str(lack) for one in open_ones for lack in one.lacks)]
    lines = _together(alone, open_ones)
    return verdicts, tuple(sorted(lines, key=lambda line: (-len(line.adds), -len(line.holds_up))))


def _line(words: Sequence[str], judgements: Sequence[PlannedJudgement]) -> Line:
    lacking = [(one, lack) for one in judgements for lack in one.lacks if str(lack) in words]
    brings = dict.fromkeys(verdict_of(lack, one.level) for one, lack in lacking)
    holds_up = dict.fromkeys(one.requirement.id for one, _ in lacking)
    then = by_requirement(one.finding(without=words) for one in judgements)
    adds = tuple(name for name in holds_up if then[name] in JUDGED)
    return Line("; and ".join(words), tuple(brings), tuple(holds_up), adds)


def _together(alone: Sequence[Line], judgements: Sequence[PlannedJudgement]) -> Iterator[Line]:
    """The lines, those as one that are worth something together only."""
    worthless: dict[tuple[str, ...], list[Line]] = {}
    for line in alone:
        if line.adds:
            yield line
        else:
            worthless.setdefault(line.holds_up, []).append(line)
    for lines in worthless.values():
        both = _line([line.words for line in lines], judgements)
        yield from [both] if both.adds else lines
