"""Slips in an operator's TOML are told with file, line, and the nearest allowed word."""

import tomllib
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.toml_file import TomlFile

PROFILE = """\
# a profile
id = "AHU-1"

[points.setpoint]
kind = "writable"
good = [
  21.5,
  18.0,
]
elsewhere = { Degrees-Fahrenheit = 68.0 }

[ points . "valve" ]  # as one may write it
kind = "slow"
good = [40.0]

[provocations]
override = { ask = "Switch it" }
"""


def complaint(folder: Path, text: str | bytes) -> str:
    """The sentence that the operator is told about the file."""
    file = folder / "acme.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(UsageError) as refused:
        TomlFile.read(file, "udmi/schemas/profile")
    return str(refused.value).removeprefix(str(folder) + "/")


def test_content_is_what_stands_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(PROFILE)

    file = TomlFile.read(tmp_path / "acme.toml", "udmi/schemas/profile")

    assert file.content["points"]["valve"] == {"kind": "slow", "good": [40.0]}


def test_mark_at_the_start_that_some_editors_leave_is_no_slip(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_bytes(b"\xef\xbb\xbf" + PROFILE.encode())

    assert TomlFile.read(tmp_path / "acme.toml", "udmi/schemas/profile").content["id"] == "AHU-1"


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [
        ('id = "AHU-1"', "id = 7", "acme.toml, line 2: id: 7 is not of type 'string'"),
        ('id = "AHU-1"', 'di = "AHU-1"\nid = "A"', "acme.toml, line 2: di: there is no such key here"),
        ('id = "AHU-1"', 'colour = 3\nid = "A"', "line 2: colour: there is no such key here; expected one of id, "),
        ('kind = "writable"', 'kind = "wriatble"', "acme.toml, line 5: points.setpoint.kind: 'wriatble' is not one of"),
        ('kind = "writable"', 'kind = "wriatble"', "did you mean 'writable'?"),
        ('kind = "writable"', "", "acme.toml, line 4: points.setpoint: 'kind' is a required property"),
        ("elsewhere = {", "elsewere = {", "acme.toml, line 10: points.setpoint.elsewere: "),
        ("elsewhere = {", "elsewere = {", "did you mean 'elsewhere'?"),
        ("68.0", "[]", "acme.toml, line 10: points.setpoint.elsewhere.Degrees-Fahrenheit: [] is not of type"),
        ("  18.0,", "  [18.0],", "acme.toml, line 6: points.setpoint.good.1: [18.0] is not of type"),
        ("good = [40.0]", "good = [40.0, 40.0]", "acme.toml, line 14: points.valve.good: [40.0, 40.0] has non-unique"),
        ("good = [40.0]", "", "acme.toml, line 12: points.valve: 'good' is a required property"),
        ('{ ask = "Switch it" }', "{ }", "provocations.override: it needs exactly one of command, http, ask"),
        ("override =", "overide =", "acme.toml, line 17: provocations.overide: there is no such key here"),
        ("override =", "overide =", "did you mean 'override'?"),
        ('{ ask = "Switch it" }', '{ ask = "x", body = {} }', "'http' is a dependency of 'body'"),
        ('[ points . "valve" ]', "[points.Valve]", "'Valve' does not match"),
        ('"AHU-1"', '"AHU-1"\n"\\u001b[31m" = 1', "\\x1b[31m: there is no such key here"),
    ],
)
def test_slip_is_told_with_its_line(tmp_path: Path, line: str, instead: str, told: str) -> None:
    assert told in complaint(tmp_path, PROFILE.replace(line, instead))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('id = "A"\npoints.valve.kind = "slow"', "acme.toml, line 2: points.valve: 'good' is a required property"),
        ('id = "A"\n"points"."valve" = 3', "acme.toml, line 2: points.valve: 3 is not of type 'object'"),
        ('make = "A"\n', "acme.toml: 'id' is a required property"),
        ('id = "A"\npoints = 3', "acme.toml, line 2: points: 3 is not of type 'object'"),
    ],
)
def test_slip_is_found_however_its_table_is_written(tmp_path: Path, text: str, told: str) -> None:
    assert complaint(tmp_path, text).startswith(told)


LOOKALIKES = (
    'make = """\n[points.valve]\nkind = 3\nid = 3\n"""',
    'make = """\n\\"""\n[points.valve]\nkind = 3\n""""',
    "make = '''\n[points.valve]\nkind = 3\nid = 3\n\\'''",
    "make = '''[points.valve]\nid = 3'''",
    'make = "[points.valve]"  # [points.valve] id = 3\n# id = 3\n',
    'make = "\u2028\u2029\u0085"',
    'guessed = [\n  "id = 3",\n  # ]\n  "]",\n  "points.valve.kind = 3",\n]',
    'localnet = { a = "}", b = [\n"id = 3",\n], "points" = 3 }',
    "'points.valve' = 3\n\"points.valve.kind\" = 3",
)


@pytest.mark.parametrize("before", LOOKALIKES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_is_right_behind_what_only_looks_like_a_key_or_a_header(before: str, ending: str) -> None:
    text = f'{before}\nid = 7\n\n[ points . "valve" ]\nkind = 3\n'.replace("\n", ending)
    file = TomlFile(Path("acme.toml"), text, tomllib.loads(text))
    above = before.count("\n") + 1

    assert file.line_of(["id"]) == above + 1
    assert file.line_of(["points", "valve"]) == above + 3
    assert file.line_of(["points", "valve", "kind"]) == above + 4
    assert file.line_of(["points", "valve", "good"]) == above + 3
    assert file.line_of(["points.valve"]) in (None, 1)


def test_key_with_escapes_is_found(tmp_path: Path) -> None:
    assert complaint(tmp_path, 'id = "A"\n\n"m\\u0061d" = 1\n').startswith(
        "acme.toml, line 3: mad: there is no such key"
    )


def test_rows_of_an_array_are_no_tables(tmp_path: Path) -> None:
    text = PROFILE.replace("  21.5,\n", "  [1, 2],\n").replace("elsewhere", "elsewere")

    assert "line 10: points.setpoint.elsewere" in complaint(tmp_path, text.replace("  [1, 2],\n", "  # [1, 2],\n"))
    assert "line 6: points.setpoint.good.0" in complaint(tmp_path, text.replace("elsewere", "elsewhere"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = \n", "acme.toml is not TOML: Invalid value (at line 1"),
        ('id = "A"\nid = "B"\n', "acme.toml is not TOML: Cannot overwrite a value (at line 2"),
        ('id = "A"\npoints = [1\n', "acme.toml is not TOML: Unclosed array (at line 2, the last)"),
        ('id = "A"\nmake = """\nB\n"""\nmodel = \n', "acme.toml is not TOML: Invalid value (at line 5"),
        (b'id = "\xff"\n', "acme.toml is not UTF-8: "),
        (b"\xff\xfei\x00d\x00", "acme.toml is not UTF-8: "),
    ],
)
def test_what_is_no_toml_is_told_with_its_file(tmp_path: Path, text: str | bytes, told: str) -> None:
    assert complaint(tmp_path, text).startswith(told)


def test_file_that_cannot_be_read_is_told_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the profile .*nowhere\.toml: No such file"):
        TomlFile.read(tmp_path / "nowhere.toml", "udmi/schemas/profile")
    with pytest.raises(UsageError, match=r"cannot read the profile .*: Is a directory"):
        TomlFile.read(tmp_path, "udmi/schemas/profile")


def test_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(PROFILE, encoding="utf-8-sig")

    assert TomlFile.read(tmp_path / "acme.toml", "udmi/schemas/profile").content["id"]
