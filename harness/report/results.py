"""The results of a run, as `results.json` holds them. The published schema is made of these types."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct, field

from harness.clock import Clock
from harness.doctor.problem import Party
from harness.judging.reader import DeviceFacts, SpeaksOtherwise
from harness.judging.requirements.binding import Levels, Verb
from harness.judging.verdicts.verdict import Level, Verdict
from harness.report.conclusion import Conclusion

FORMAT: Final = 4

TRACE = "trace.ndjson"  # beside the results of a run that judges one subject

Line: TypeAlias = Annotated[int, Meta(ge=1, description="A line of the trace; the first is 1.")]
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Many: TypeAlias = Annotated[int, Meta(ge=1)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0)]
SubjectName: TypeAlias = Annotated[str, Meta(pattern="^[a-z0-9-]+$")]
TraceName: TypeAlias = Annotated[str, Meta(pattern="^[a-z0-9-]+[.]ndjson$", description="A file beside the results.")]
Sha256: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of results. It is made once, and what is in a file beyond it is refused."""


class Measurement(_Part, frozen=True):
    """Seconds, no less than `least` and no more than `most`, and the window that they were held to.

    `latest` null: no later is too late. `earliest` null too: the limits are not known, as in results of format 1.
    """

    what: str
    least: float
    most: float
    required: str
    earliest: float | None
    latest: float | None


class DueWindow(_Part, frozen=True):
    """From when to when something had to happen, in Unix seconds of the trace."""

    start: float
    end: float
    required: str


class EvidenceLines(_Part, frozen=True, rename={"about": "point"}):
    """The line of the trace that decided, the one that the story counts its seconds from, and what it is about."""

    decisive: Line | None
    since: Line | None
    about: str | None


class FindingResult(_Part, frozen=True):
    """The finding of one judgement, with its scenarios; `places`: the lines of the trace that it rests on.

    `unprovided`: it is a part that nobody gave an occasion for, and that the device does not owe. `cause`: what kept it
    from being decided, in words that others of the same cause share. `needs`: what would show what is out of view.
    """

    judgement: str
    verdict: Verdict
    story: str
    measured: tuple[Measurement, ...]
    observed: tuple[str, ...]
    places: tuple[Line, ...]
    due: tuple[DueWindow, ...]
    where: EvidenceLines
    scenarios: tuple[str, ...]
    unprovided: bool = False
    cause: str | None = None
    needs: str | None = None


class LeftOutPart(_Part, frozen=True):
    """A judgement that was left out of what the other judgements of its requirement decide."""

    judgement: str
    why: str


class PartsResult(_Part, frozen=True):
    """How many parts of a requirement were kept, where some were left out of what the others decide."""

    kept: Count
    of: Annotated[int, Meta(ge=2)]
    left_out: Annotated[tuple[LeftOutPart, ...], Meta(min_length=1)]


class RequirementResult(_Part, frozen=True):
    """A requirement's verdict. `judgements`: how many there are of it, made or not.

    `verb`: the word with which the text binds, or what stands in its place. `because`: why the level is another than
    the verb's. `official_test`: what a test of the specification's own makers asks for, where that is something else.
    `source_version` and `source_address`: of the document, where they are known; runs of earlier versions have neither.
    """

    id: str
    verdict: Verdict
    level: Level
    gist: str
    source: str
    judgements: Many
    findings: Annotated[tuple[FindingResult, ...], Meta(min_length=1)]
    verb: Verb | None = None
    because: str | None = None
    official_test: str | None = None
    parts: PartsResult | None = None
    source_version: str | None = None
    source_address: Annotated[str, Meta(pattern=r'^https://[^\s<>"]+$')] | None = None


class NetworkAllowance(_Part, frozen=True):
    """Seconds that a message may be on its way: declared, shown by the run (if it was), and used."""

    declared: Seconds
    measured: Seconds | None
    used: Seconds


class LimitUsed(_Part, frozen=True):
    """A limit of the suites: what the run went by, and what it goes by where no profile stretches it.

    In seconds, unless its name says that it counts something else. `set_by`: the source that sets it; null: none does.
    """

    used: Annotated[float, Meta(ge=0)]
    usual: Annotated[float, Meta(ge=0)]
    set_by: str | None


class RunFacts(_Part, frozen=True):
    """The facts of a run: what was driven, when, and by which limits it was judged.

    `levels`: where they come from: the catalogue with its reasons, or the verbs of the documents alone. `strict`:
    every should counted as a must for the outcome. `options`: what the operator gave along to meet the device; no
    secret. `limits`: those of the suites, by their names.
    """

    target: str
    spec: str
    clock: Clock
    began: str
    ended: str
    broken_off: str | None
    driven_by: str
    judged_by: str
    profile_sha256: Sha256
    catalogue_sha256: Sha256
    levels: Levels | None = None
    strict: bool = False
    options: tuple[str, ...] = ()
    network_allowance: NetworkAllowance | None = None
    limits: Mapping[str, LimitUsed] = field(default_factory=dict)


class AskedPart(_Part, frozen=True):
    """The part that was asked, where not all requirements were: their number, the number of all, and the choice."""

    asked: Count
    of: Many
    chosen: tuple[str, ...]


class DoctorResult(_Part, frozen=True):
    """A problem at first contact that may keep a verdict from being about the device; it changes none."""

    whose: Party
    weight: Literal["minor", "grave", "blocking"]
    what: str
    mend: str


class NotJudged(_Part, frozen=True):
    """A requirement that no test decides."""

    id: str
    gist: str
    why: str


class SubjectResults(_Part, frozen=True):
    """The results of one subject, whose trace lies beside them.

    `levels_note`: what a reader has to know of the levels of this run. `of_other_specs`: requirements that the spec
    does not have, so that nothing was judged by them.
    """

    subject: SubjectName
    trace: TraceName
    outcome: Conclusion
    sentence: str
    run: RunFacts
    device: DeviceFacts
    counts: Mapping[Verdict, Many]
    requirements: tuple[RequirementResult, ...]
    not_judged: tuple[NotJudged, ...]
    partial: AskedPart | None = None
    levels_note: str | None = None
    doctor: tuple[DoctorResult, ...] = ()
    speaks: SpeaksOtherwise | None = None
    of_other_specs: tuple[str, ...] = ()

    def found(self, *verdicts: Verdict) -> Sequence[tuple[RequirementResult, FindingResult]]:
        """The findings that have one of these verdicts, each with its requirement."""
        return [(one, finding) for one in self.requirements for finding in one.findings if finding.verdict in verdicts]


class Results(_Part, frozen=True):
    """The results of a run: the worst outcome, and each subject that was judged.

    `not_asked`: the subjects whose suites were there, and that the run was not asked to judge.
    """

    format: Literal[4]
    outcome: Conclusion
    sentence: str
    subjects: Annotated[tuple[SubjectResults, ...], Meta(min_length=1)]
    not_asked: tuple[str, ...] = ()


def trace_of(subject: str) -> str:
    """The name of its trace, beside the results of a run that judges several."""
    return f"trace-{subject}.ndjson"
