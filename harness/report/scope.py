"""How much of a spec a run asked about, and how that was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Finding
from harness.text import counted


@dataclass(frozen=True, slots=True)
class Selection:
    """The collected judgements, and the operator's choice among them.

    `judgements`: how many there are for each requirement, selected or not, as far as they were collected. `chosen`:
    how a part of them was chosen, option by option. `is_hiding`: whether that kept some from being collected at all.
    """

    judgements: Mapping[str, int]
    chosen: Sequence[str] = ()
    is_hiding: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """`asked` of `of` requirements of the spec were asked. `is_whole`: all of them, with all of their judgements.

    `is_counted`: whether all judgements were collected, so that it is known how many were not made.
    """

    asked: int
    of: int
    is_whole: bool
    chosen: Sequence[str] = field(default=())
    is_counted: bool = True

    @classmethod
    def of_run(cls, findings: Sequence[Finding], catalogue: Catalogue, spec: str, selection: Selection) -> "Scope":
        """The whole is what the catalogue says is judged: any other count would miss what was not collected.

        A requirement was not asked where the drive ended before all of its scenarios.
        """
        whole = {requirement.id for requirement in catalogue if spec in requirement.levels and not requirement.untested}
        made = [finding for finding in findings if not finding.undriven]
        asked = {finding.requirement for finding in made} & whole
        made_all = len(made) >= sum(selection.judgements.values())
        is_counted = not selection.is_hiding
        return cls(
            len(asked), len(whole), asked == whole and made_all and is_counted, tuple(selection.chosen), is_counted
        )

    @property
    def in_words(self) -> str:
        """`of 151 requirements 13 were asked`; and where all were, though in part, that."""
        if self.asked == self.of:
            by = "but not by all of their judgements" if self.is_counted else "but maybe not by all of their judgements"
            every = "the only requirement was" if self.of == 1 else f"all {self.of} requirements were"
            return f"{every} asked, {by}"
        return f"of {counted(self.of, 'requirement')} {counted(self.asked, 'was', 'were')} asked"
