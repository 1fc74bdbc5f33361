"""Payloads, for people."""

import json

import pytest

from harness.report.page.json_excerpt import lines_of

DEEP = json.dumps({"timestamp": "t" * 60, "points": {"damper": {"value": 1.50}, "valve": {"units": "u" * 50}}})


def _texts(payload: bytes, about: str | None = None, *, excerpt: bool = False) -> list[str]:
    return [line.text for line in lines_of(payload, about, excerpt=excerpt)]


def test_what_fits_a_line_stays_on_one() -> None:
    assert _texts(b'{"a":{"b":[1,2]},\n"c":null}') == ['{"a": {"b": [1, 2]}, "c": null}']


def test_what_does_not_fit_is_broken_up() -> None:
    assert _texts(DEEP.encode()) == [
        "{",
        f'  "timestamp": "{"t" * 60}",',
        '  "points": {',
        '    "damper": {"value": 1.5},',
        f'    "valve": {{"units": "{"u" * 50}"}}',
        "  }",
        "}",
    ]


@pytest.mark.parametrize("number", ["1.50", "1e400", "-0.0", "NaN", "12345678901234567890123"])
def test_number_stays_as_it_was_spelt(number: str) -> None:
    assert _texts(f'{{"a": {number}}}'.encode()) == [f'{{"a": {number}}}']


def test_field_that_comes_twice_is_shown_twice() -> None:
    assert _texts(b'{"a": 1, "a": 2}') == ['{"a": 1, "a": 2}']


def test_what_is_looked_for_is_marked() -> None:
    assert [line.text for line in lines_of(DEEP.encode(), "damper") if line.marked] == ['    "damper": {"value": 1.5},']


def test_excerpt_only_names_the_neighbours() -> None:
    excerpt = _texts(DEEP.encode(), "damper", excerpt=True)

    assert excerpt[3:5] == ['    "damper": {"value": 1.5},', '    "valve": {…}']


def test_what_is_looked_for_has_a_line_of_its_own() -> None:
    lines = lines_of(b'{"points": {"damper": {"value": 1}}}', "damper")

    assert [(line.text, line.marked) for line in lines if line.marked] == [('    "damper": {"value": 1}', True)]


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        (b"", [""]),
        (b"{", ["{"]),
        (b"one\ntwo", ["one", "two"]),
        (b"\xff\xfe", ["\\xff\\xfe"]),
        (b"[" * 50_000, ["[" * 50_000]),
        (b'{"a": ' + b"7" * 100_000 + b"}", ['{"a": ' + "7" * 100_000 + "}"]),
    ],
    ids=range(6),
)
def test_what_is_no_json_is_shown_as_it_came(payload: bytes, shown: list[str]) -> None:
    assert _texts(payload) == shown


@pytest.mark.parametrize("depth", [100, 400, 900])
def test_deep_json_is_shown_somehow(depth: int) -> None:
    assert _texts(b'{"a":' * depth + b"1" + b"}" * depth, "a")


def test_excerpt_folds_all_that_lies_beside_the_way() -> None:
    payload = b'{"system": {"hardware": {"make": "Acme"}}, "points": {"damper": {"value": 1}, "valve": {"value": 2}}}'

    assert [text.strip() for text in _texts(payload, "damper", excerpt=True)] == [
        "{",
        '"system": {…},',
        '"points": {',
        '"damper": {"value": 1},',
        '"valve": {…}',
        "}",
        "}",
    ]


def test_entry_of_a_list_that_is_called_so_is_there_as_a_whole_and_marked() -> None:
    payload = b'{"components": [{"id": "app", "version": "1"}, {"id": "base", "version": "2", "config": [{"a": 1}]}]}'

    lines = lines_of(payload, "base", excerpt=True)

    assert [line.text.strip() for line in lines if line.marked] == [
        '{"id": "base", "version": "2", "config": [{"a": 1}]}'
    ]
    assert "{…}," in [line.text.strip() for line in lines]


def test_excerpt_of_what_does_not_speak_of_it_is_all_of_it() -> None:
    assert _texts(b'{"system": {"a": 1}}', "damper", excerpt=True) == ['{"system": {"a": 1}}']
