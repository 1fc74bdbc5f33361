"""The templates' surroundings: how text becomes harmless, and the few things that templates ask for."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from harness.report.page.limit_margin import margin_of, tightest, words_of_margin
from harness.report.page.svg import draw_margin
from harness.report.reasons import binding_of, notes_of, words_of
from harness.report.results import RequirementResult
from harness.text import counted, plural, printable_lines

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
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made.globals.update(
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
    made.filters.update(
        anchor=_anchor,
        slug=_slug,
        bar=_bar,
        counted=counted,
        plural=plural,
        notes=notes_of,
        binding=binding_of,
        figure=words_of,
        short=lambda text: printable_lines(text, _LINE),
        seconds=lambda s: f"{s:.1f} s",
    )
    return made


def _bar(requirement: RequirementResult) -> tuple[Markup, str, int] | None:
    """The tightest of a requirement's figures, drawn and in words, and how many others there are."""
    verdict = requirement.verdict
    figures = [one for found in requirement.findings if found.verdict is verdict for one in found.measured]
    figure = tightest(figures)
    if figure is None:
        return None
    margin = margin_of(figure)
    drawn = Markup(draw_margin(margin)) if margin else Markup()  # noqa: S704 - numbers alone
    return drawn, f"{figure.what} {words_of_margin(figure)}", len(figures) - 1


def _text(content: object) -> object:
    """The printable text of a template's expression, before it is escaped."""
    return printable_lines(content) if isinstance(content, str) and not isinstance(content, Markup) else content


def _anchor(name: str) -> str:
    return "r-" + re.sub(r"[^A-Za-z0-9.-]", "-", name[:80])


def _slug(verdict: str) -> str:
    return verdict.replace(" ", "-")
