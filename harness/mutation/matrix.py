"""Has every judgement been seen to fail? What came of a device that was changed in one decision, in one row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.judging.requirements.requirement import Catalogue, Requirement
from harness.judging.verdicts.finding import Finding, accused, by_requirement, some_of
from harness.judging.verdicts.verdict import ACCUSING, UNDECIDED, Level, Verdict
from harness.target import Variant
from harness.text import counted


@dataclass(frozen=True, slots=True)
class WorkerReady:
    """The first message of a judging process: the variants that it can be asked for."""

    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The message of a judging process that refuses, for the operator."""

    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """`others`: what failed beside the clause that the variant breaks; `ours`: where the harness itself went wrong.

    `judgements`: those that failed; or, where a clause is open, came to something else than on the healthy device.
    `hidden`: this target cannot show the clause, such as one on certificates in virtual time.
    """

    variant: Variant
    caught: bool
    others: frozenset[str]
    undecided: frozenset[str]
    passed: int
    ours: frozenset[str]
    judgements: frozenset[str]
    hidden: bool = False

    @classmethod
    def of(cls, variant: Variant, findings: Sequence[Finding], healthy: Sequence[Finding]) -> "Row":
        """A broken clause is caught if it fails; an open one, if it is observed to be otherwise than when healthy."""
        verdicts = by_requirement(findings)
        failed = accused(verdicts)
        noted = {finding.judgement: _noted(finding) for finding in healthy}
        otherwise = {
            finding
            for finding in findings
            if finding.verdict is Verdict.OBSERVATION and _noted(finding) != noted.get(finding.judgement)
        }
        shown = variant.shows in {finding.requirement for finding in otherwise}
        return cls(
            variant,
            caught=shown or variant.breaks in failed,
            others=frozenset(failed - {variant.breaks}),
            undecided=frozenset(name for name, verdict in verdicts.items() if verdict in UNDECIDED),
            passed=sum(verdict is Verdict.PASS for name, verdict in verdicts.items() if name not in variant.keeps),
            ours=frozenset(name for name, verdict in verdicts.items() if verdict is Verdict.HARNESS_ERROR),
            judgements=frozenset(
                finding.judgement for finding in findings if finding.verdict in ACCUSING or finding in otherwise
            ),
            hidden=verdicts.get(variant.breaks or variant.shows or "") is Verdict.OUT_OF_VIEW,
        )

    @property
    def wrongly_accused(self) -> frozenset[str]:
        """The requirements that it was accused of and does not break."""
        return self.others - set(self.variant.implies)

    @property
    def is_missed(self) -> bool:
        """Whether what it is there for was not noticed."""
        return (self.variant.breaks or self.variant.shows) is not None and not (self.caught or self.hidden)

    @property
    def is_believed(self) -> bool:
        """Whether a judgement passed on a device that gave it nothing to look at."""
        return self.variant.mute and self.passed > 0

    @property
    def is_wrong(self) -> bool:
        """Whether the suite, not the device, is at fault."""
        accused = bool(self.wrongly_accused or self.ours)
        return self.is_missed or accused or self.is_believed or self.is_doubted or self.is_trusted

    @property
    def is_doubted(self) -> bool:
        """Whether a device was left undecided that conforms, or that gives every other clause what it needs."""
        is_clear = self.variant.decided or self.variant.breaks is None
        return is_clear and not (self.variant.mute or self.variant.contested) and bool(self.undecided)

    @property
    def is_trusted(self) -> bool:
        """Whether everything was decided of a device beside which somebody else goes by its name."""
        return self.variant.contested and not self.undecided

    def __str__(self) -> str:
        about = self.variant.breaks or self.variant.shows or ("(mute)" if self.variant.mute else "(quirk)")
        parts = [f"{self._word():<16}{self.variant.id:<39} {about}"]
        if self.others - self.wrongly_accused:
            parts.append(f"and, as it implies, {', '.join(sorted(self.others - self.wrongly_accused))}")
        if self.wrongly_accused:
            parts.append(f"WRONGLY ACCUSED of {', '.join(sorted(self.wrongly_accused))}")
        if self.ours:
            parts.append(f"HARNESS ERROR in {', '.join(sorted(self.ours))}")
        if self.undecided and not self.variant.mute:
            parts.append(f"undecided: {some_of(sorted(self.undecided))}")
        return f"\n{'':<16}".join(parts)

    @property
    def _odd(self) -> str:
        if self.variant.contested:
            return "TRUSTED" if self.is_trusted else "contested"
        return "passes"

    def _word(self) -> str:
        if self.is_missed or self.hidden:
            return "MISSED" if self.is_missed else "out of view"
        if self.variant.mute:
            return "BELIEVED" if self.is_believed else "not believed"
        if self.variant.breaks and not self.is_doubted:
            return "caught"
        if self.variant.shows and not self.others and not self.is_doubted:
            return "noticed"
        if self.others and not self.variant.breaks:
            return "ACCUSED"
        return "DOUBTED" if self.is_doubted else self._odd


def asked_of(variant: Variant, catalogue: Catalogue, spec: str) -> Variant | None:
    """The variant as a matrix of that spec drives it; None where what it is there for is no question in that spec.

    A clause that is to be broken must bind there, one that is to be shown be open. A mute device needs none.
    """
    if variant.unless and spec in catalogue[variant.unless].levels:
        return None
    clause = variant.breaks or variant.shows
    is_asked = all(spec in catalogue[name].levels for name in (clause, variant.about) if name)
    if is_asked and (clause is None or _is_open(catalogue[clause], spec) is (variant.breaks is None)):
        return variant
    return replace(variant, breaks=None, shows=None) if variant.mute else None


def _is_open(requirement: Requirement, spec: str) -> bool:
    return requirement.level(spec) is Level.OBSERVATION


def totals(rows: Sequence[Row], left_out: int = 0) -> str:
    """One line. `left_out`: variants that are there for clauses of other specs."""
    deviations = [row for row in rows if row.variant.breaks and not row.hidden]
    hidden = sum(row.hidden for row in rows)
    besides = f" ({hidden} more out of view)" if hidden else ""
    open_ones = [row for row in rows if row.variant.shows]
    mute = [row for row in rows if row.variant.mute]
    quirks = [row for row in rows if not (row.variant.breaks or row.variant.shows or row.variant.mute)]
    return (
        f"{counted(len(deviations), 'deviation')}, {sum(row.caught for row in deviations)} caught{besides}; "
        f"{counted(len(open_ones), 'open clause')}, {sum(row.caught for row in open_ones)} noticed; "
        f"{sum(row.is_missed for row in rows)} missed; "
        f"{len(mute)} mute, {sum(row.is_believed for row in mute)} believed; "
        f"{counted(len(quirks), 'quirk')}, {sum(bool(row.wrongly_accused) for row in quirks)} accused, "
        f"{sum(row.is_doubted or row.is_trusted for row in rows)} left undecided; "
        f"{counted(sum(bool(row.wrongly_accused) for row in rows if row not in quirks), 'other')} accused of too much; "
        f"{counted(sum(bool(row.ours) for row in rows), 'harness error')}"
        + (f"; {left_out} for other specs left out" if left_out else "")
    )


def never_failed(healthy: Sequence[Finding], rows: Sequence[Row]) -> Sequence[str]:
    """The judgements that no device made fail, or come to something else: they may not be looking."""
    seen = frozenset[str]().union(*(row.judgements for row in rows))
    return [judgement for judgement in _asked(healthy) if judgement not in seen]


def seen_to_fail(healthy: Sequence[Finding], idle: Sequence[str]) -> str:
    """How many judgements there are, and how many of them some device made fail; `idle`: those that never failed."""
    asked = _asked(healthy)
    hidden = len(healthy) - len(asked)
    besides = f" ({hidden} more cannot be asked of this target)" if hidden else ""
    return f"{counted(len(asked), 'judgement')}, {len(asked) - len(idle)} seen to fail{besides}"


def _asked(healthy: Sequence[Finding]) -> Sequence[str]:
    return [finding.judgement for finding in healthy if finding.verdict not in _NEUTRAL]


def _noted(finding: Finding) -> str:
    """The observations; a broken open clause says so in its story."""
    figures = [f"{one.what} {one.most:g} s" for one in finding.measured]
    return "; ".join((*finding.observed, *figures, finding.verdict, finding.story.partition("\n")[0]))


_NEUTRAL = (Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW)
