"""The parts of a run that GitHub shows: annotations by workflow commands, and a summary of the step.

Text from a device is part of both. In a command, what would end it or begin another is escaped, as GitHub's own toolkit
does; and elsewhere in the output the runner is told to heed no commands (`stop_commands`).
"""

from collections.abc import Iterator

from harness.judging.verdicts.verdict import Verdict
from harness.report.conclusion import Conclusion
from harness.report.consequences import consequences_of
from harness.report.markdown import markdown_of
from harness.report.results import Results
from harness.text import printable, shortened

_MOST = 10  # annotations of a kind that GitHub shows of a step
_LARGEST = 1_000_000  # bytes of a step's summary: GitHub takes 1 MiB, and refuses the whole of what is larger
_LONGEST = 400  # characters of an annotation


def annotations(results: Results) -> Iterator[str]:
    """An error for each must that is broken, a warning for each should; and one for a run that did not decide."""
    told = [(subject, one) for subject in results.subjects for one in consequences_of(subject).broken]
    for kind, verdict in (("error", Verdict.FAIL), ("warning", Verdict.WARN)):
        of_it = [(subject, one) for subject, one in told if one.requirement.verdict is verdict]
        shown = of_it if len(of_it) <= _MOST else of_it[: _MOST - 1]
        for subject, one in shown:
            hanging = f" {len(one.hanging)} undecided because of this." if one.hanging else ""
            story = one.findings[0].story.partition("\n")[0]
            title = f"{one.requirement.id} ({one.requirement.level}, {subject.run.spec})"
            yield command(kind, title, f"{shortened(story, _LONGEST)} {one.requirement.gist}{hanging}")
        if len(shown) < len(of_it):
            more = [one.requirement.id for _, one in of_it[len(shown) :]]
            yield command(kind, f"{len(more)} more", shortened(", ".join(more), _LONGEST))
    for subject in results.subjects:
        if subject.outcome in (Conclusion.UNDECIDED, Conclusion.HARNESS_ERROR):
            yield command("error", str(subject.outcome), shortened(subject.sentence, _LONGEST))


def command(kind: str, title: str, message: str) -> str:
    """A workflow command on a line of its own."""
    return f"::{kind} title={_property(title)}::{_data(message)}"


def stop_commands(token: str) -> tuple[str, str]:
    """The lines before and after output in which no commands are heeded; `token`: nobody else may know it."""
    return f"::stop-commands::{token}", f"::{token}::"


def step_summary(results: Results) -> str:
    """The summary in Markdown, cut at the end of a line where GitHub would take no more."""
    text = markdown_of(results)
    content = text.encode("utf-8", "backslashreplace")
    if len(content) <= _LARGEST:
        return text
    cut = content[:_LARGEST].decode("utf-8", "ignore").rpartition("\n")[0]
    return f"{cut}\n\nAnd so on: `summary.md` has all of it.\n"


def _data(text: str) -> str:
    return printable(text, 2 * _LONGEST).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
