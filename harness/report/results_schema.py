"""The published schema of `results.json`, made of its types: `python -m harness.report.results_schema` writes it."""

import json

import msgspec

from harness.files.data import data
from harness.report.results import FORMAT, Results

FILE = data("schemas", "results.json")


def text() -> str:
    """The schema, as JSON Schema 2020-12."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"results.json, format {FORMAT}"}
    return json.dumps(head | msgspec.json.schema(Results), indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
