"""The published schema is what the types make it."""

from harness.report.results_schema import FILE, text


def test_published_schema_is_that_of_the_types() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "python -m harness.report.results_schema writes it anew"
