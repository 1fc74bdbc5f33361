"""The templates' surroundings: how text becomes harmless, and the few things that templates ask for."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from harness.report.figures import figure_words, path_for_the_eye, verdict_words, what_of
from harness.report.page.limit_margin import margin_of, tightest, words_of_margin
from harness.report.page.svg import draw_margin
from harness.report.reasons import binding_of, notes_of
from harness.report.results import RequirementResult
from harness.text import counted, css_text, parts_by_ticks, plural, printable_lines

_LINE = 500  # characters of what is said of every requirement, in a line of a table: nobody wrote longer ones
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Everything is escaped, nothing may be missing, and what does not print is made visible."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(script=Markup(_read("report.js")))  # noqa: S704 - our own file
    made.filters.update(
        anchor=_anchor,
        ticked=_ticked,
        slug=_slug,
        bar=_bar,
        counted=counted,
        plural=plural,
        notes=notes_of,
        binding=binding_of,
        figure=figure_words,
        path=path_for_the_eye,
        words=verdict_words,
        short=lambda text: printable_lines(text, _LINE),
        seconds=lambda s: f"{s:.1f} s",
    )
    return made


def style_of(head: str) -> Markup:
    """The style sheet; `head`: the text that stands in the head of each printed page, which may be anything."""
    running = f'@page {{ @top-left {{ content: "{css_text(head)}"; }} }}\n'
    return Markup(_read("report.css") + running)  # noqa: S704 - our own file, and a text of which no character acts


def policy_of(style: str) -> str:
    """The one style sheet and the one script that the browser takes, each by its hash; and nothing else."""
    allowed = f"style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(_read('report.js'))}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


@cache
def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _ticked(text: str) -> Markup:
    """The text, in which code is what stands between backticks; they are left out."""
    told = ((printable_lines(part), is_code) for part, is_code in parts_by_ticks(text))
    return Markup().join(Markup("<code>{}</code>").format(part) if is_code else escape(part) for part, is_code in told)


def _bar(requirement: RequirementResult) -> tuple[Markup, str, int] | None:
    """The tightest of a requirement's figures, drawn and in words, and how many others there are."""
    verdict = requirement.verdict
    figures = [one for found in requirement.findings if found.verdict is verdict for one in found.measured]
    figure = tightest(figures)
    if figure is None:
        return None
    margin = margin_of(figure)
    drawn = Markup(draw_margin(margin)) if margin else Markup()  # noqa: S704 - numbers alone
    return drawn, f"{what_of(figure)} {words_of_margin(figure, verdict)}", len(figures) - 1


def _text(content: object) -> object:
    """The printable text of a template's expression, before it is escaped."""
    return printable_lines(content) if isinstance(content, str) and not isinstance(content, Markup) else content


def _anchor(name: str) -> str:
    return "r-" + re.sub(r"[^A-Za-z0-9.-]", "-", name[:80])


def _slug(verdict: str) -> str:
    return verdict.replace(" ", "-")
