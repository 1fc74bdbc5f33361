"""The files that a page is made of come with the package."""

from tests.runs import ROOT


def test_templates_are_where_the_package_is() -> None:
    files = {file.name for file in (ROOT / "harness" / "report" / "page" / "templates").iterdir()}

    assert files == {"report.html.j2", "subject.html.j2", "macros.html.j2", "report.css", "report.js"}
