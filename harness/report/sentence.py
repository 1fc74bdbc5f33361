"""The sentence that sums a run up, and the one that says by which levels it was judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.judging.requirements.binding import Levels, Measure
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Outcome
from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.protocol import subject_speaking
from harness.record.kinds import Began
from harness.report.scope import Scope
from harness.suite_limits import LimitInForce
from harness.text import counted, plural


@dataclass(frozen=True, slots=True)
class Sums:
    """The totals of a run. `in_part`: the number of requirements that were kept in part."""

    began: Began
    verdicts: Mapping[str, Verdict]
    scope: Scope
    measure: Measure
    in_part: int = 0

    def sentence(self, outcome: Outcome) -> str:
        """The conclusion on the device, without its full stop."""
        warned, beside = self._count(Verdict.WARN), self._count(Verdict.NOT_APPLICABLE)
        said = self._of_the_whole(outcome) if self.scope.is_whole else self._of_a_part(outcome)
        said += f"; {_many(warned, 'should')} not kept" if warned and not self.measure.strict else ""
        said += f"; {_are(self.in_part)} kept in part, as the rest could not be brought about" if self.in_part else ""
        said = said[:1].upper() + said[1:] if said.startswith("the ") else said
        return said + (f"; {beside} {plural(beside, 'does', 'do')} not concern it" if beside else "")

    @property
    def _device(self) -> str:
        """By its id; what has no name of its own by its address, as the operator typed it."""
        began = self.began
        subject = subject_speaking(began.spec, began.subject)
        is_at_an_address = bool(subject.called) and "://" in began.target
        return subject.name_of(began.profile["id"]) + (f" at {began.target}" if is_at_an_address else "")

    def _of_the_whole(self, outcome: Outcome) -> str:
        device, spec = self._device, self.began.spec
        match outcome:
            case Outcome.CONFORMS:
                judged = _requirements(len(self.verdicts) - self._neutral())
                kept = "no must and no should is broken" if self.measure.strict else "no must is broken"
                return f"{device} conforms to {spec}: of {judged} judged, {kept} and nothing is undecided"
            case Outcome.DOES_NOT_CONFORM:
                return f"{device} does not conform to {spec}: {self._broken()} broken{self._undecided()}"
            case Outcome.HARNESS_ERROR:
                return f"Setpoint itself failed, so nothing is said of {device}: {self._errors()}"
            case _:
                return f"Whether {device} conforms to {spec} is undecided: {self._why_open()}"

    def _of_a_part(self, outcome: Outcome) -> str:
        """Of a part nothing conforms: what was asked is counted beside all that there is to ask."""
        device, spec, asked = self._device, self.began.spec, self.scope.in_words
        match outcome:
            case Outcome.CONFORMS:
                return f"{device} was asked for a part of {spec} alone: {asked}, and {self._none_broken()}"
            case Outcome.DOES_NOT_CONFORM:
                return f"{device} does not conform to {spec}: {asked}, and {self._broken()} broken{self._undecided()}"
            case Outcome.HARNESS_ERROR:
                return f"Setpoint itself failed, so nothing is said of {device}: {asked}, with {self._errors()}"
            case _:
                return f"Whether {device} keeps what it was asked of {spec} is undecided: {asked}; {self._why_open()}"

    def _none_broken(self) -> str:
        if self.scope.asked == 1:
            return "no must is broken" if self._count(Verdict.WARN) else "it is not broken"
        return "no must of these is broken" if self._count(Verdict.WARN) else "none of these is broken"

    def _errors(self) -> str:
        return f"harness errors in {_requirements(self._count(Verdict.HARNESS_ERROR))}"

    def _undecided(self) -> str:
        undecided = self._count(*UNDECIDED)
        return f", {undecided} undecided" if undecided else ""

    def _why_open(self) -> str:
        """Open ones are counted of those that concern the device and could be seen."""
        undecided, asked = self._count(*UNDECIDED), len(self.verdicts) - self._neutral()
        if undecided == asked == 1:
            return "it is open" if len(self.verdicts) == 1 else "the only one that could be judged is open"
        if undecided:
            return f"{undecided} of {_requirements(asked)} {plural(undecided, 'is', 'are')} open"
        if not asked:
            return f"none of {_requirements(len(self.verdicts))} could be asked of it"
        return f"of {_requirements(asked)} that could be judged no must is broken"

    def _broken(self) -> str:
        """`1 must is`, and where every should counts, `1 must and 2 shoulds are`."""
        musts, shoulds = self._count(Verdict.FAIL), self._count(Verdict.WARN)
        if not (self.measure.strict and shoulds):
            return _many(musts, "must")
        return f"{counted(musts, 'must')} and {counted(shoulds, 'should')} are" if musts else _many(shoulds, "should")

    def _neutral(self) -> int:
        return self._count(Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW)

    def _count(self, *verdicts: Verdict) -> int:
        return sum(verdict in verdicts for verdict in self.verdicts.values())


def note_on_levels(catalogue: Catalogue, spec: str, measure: Measure) -> str | None:
    """The note on the levels of a run; None where they are the usual ones."""
    notes = []
    if measure.levels is Levels.TEXT:
        notes.append("Levels are those of the documents' verbs alone, without the reasons that the catalogue gives.")
    elif not catalogue.knows_a_must(spec):
        notes.append(without_a_must([spec]))
    if measure.strict:
        notes.append("Every should counts as a must for the outcome.")
    return " ".join(notes) or None


def note_on_limits(limits: Mapping[str, LimitInForce]) -> str:
    """Which limits the profile stretches, for the end of the sentence; empty where it stretches none."""
    longer = [f"{name} is {one.used:g} s and not {one.usual:g}" for name, one in limits.items() if one.used > one.usual]
    return f"; by the profile {', '.join(longer)}" if longer else ""


def without_a_must(specs: Sequence[str]) -> str:
    """The note on specs by whose verbs no requirement would be a must."""
    return f"The documents of {', '.join(specs)} never say must: what is a must here is one by the catalogue."


def _requirements(count: int) -> str:
    return counted(count, "requirement")


def _are(count: int) -> str:
    return counted(count, "is", "are")


def _many(count: int, what: str) -> str:
    return f"{counted(count, what)} {plural(count, 'is', 'are')}"
