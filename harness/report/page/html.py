"""`report.html`: one file that needs nothing else, and no network. What a device said in it stays text.

A script of ours filters the table of requirements; all there is to read is there without it.
"""

from collections.abc import Iterator
from pathlib import Path

from harness.report.page.scenes import NONE_AT_HAND, ScenesByTrace, scenes_of
from harness.report.page.subject_view import SubjectView, view_of
from harness.report.page.template import environment, policy_of, style_of
from harness.report.results import Results, SubjectResults


def write_html(results: Results, folder: Path, at_hand: ScenesByTrace = NONE_AT_HAND) -> None:
    """Into the folder; timelines and messages from the traces that lie there, as far as they are this run's.

    `at_hand`: the scenes of traces that are read already.
    """
    text = page(results, folder, at_hand)
    (folder / "report.html").write_text(text, encoding="utf-8", errors="backslashreplace")


def page(results: Results, folder: Path | None = None, at_hand: ScenesByTrace = NONE_AT_HAND) -> str:
    """The whole page; `folder`: where the traces lie, None: without them. The same run, the same bytes."""
    views = list(_views(results, folder, at_hand))
    style = style_of("; ".join(map(_named, results.subjects)))
    template = environment().get_template("report.html.j2")
    return template.render(results=results, views=views, style=style, policy=policy_of(style))


def _named(subject: SubjectResults) -> str:
    """The device and the run, as each printed page names them."""
    run = subject.run
    return f"{subject.device.id}, {run.spec}, {run.target}, {run.began}"


def _views(results: Results, folder: Path | None, at_hand: ScenesByTrace) -> Iterator[SubjectView]:
    first = 1
    for subject in results.subjects:
        at = "" if len(results.subjects) == 1 else f"{subject.subject}-"
        scenes, missing = at_hand.get(subject.trace), None
        if scenes is None and folder:
            scenes, missing = scenes_of(subject, folder)
        view = view_of(subject, at, scenes, missing, first)
        first += len(view.broken) + len(view.astride)
        yield view
