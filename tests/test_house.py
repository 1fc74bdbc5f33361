"""Things are found: files are short, folders hold few modules, and a name is imported from its own place."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs import ROOT

MOST_LINES = 300
MOST_MODULES = 15
SHIPPED = ("harness", "simulator", "suites")
OURS = (*SHIPPED, "tests", "live", "benchmarks")
FILES = [file for tree in OURS for file in sorted((ROOT / tree).rglob("*.py"))]
MODULES = [file for file in FILES if file.name != "__init__.py"]


def test_every_file_is_read_in_one_sitting() -> None:
    lines = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}

    assert len(lines) > 900
    assert not {file: count for file, count in lines.items() if count > MOST_LINES}


def test_every_folder_is_taken_in_at_a_glance() -> None:
    shipped = [file for file in MODULES if _name(file).split("/")[0] in SHIPPED]

    modules = Counter(_name(file.parent) for file in shipped)

    assert len(modules) > 50
    assert not {folder: count for folder, count in modules.items() if count > MOST_MODULES}


def test_no_folder_takes_the_name_of_a_module_of_python_itself() -> None:
    folders = {file.parent for file in FILES}

    assert not [_name(folder) for folder in folders if folder.name in sys.stdlib_module_names]


@pytest.mark.parametrize("tree", OURS)
def test_every_name_is_imported_from_where_it_is_defined(tree: str) -> None:
    files = [file for file in MODULES if _name(file).split("/")[0] == tree]

    handed_on = {_name(file): list(_handed_on(file)) for file in files if not _offers_names(file)}

    assert handed_on
    assert not {file: names for file, names in handed_on.items() if names}


def _offers_names(file: Path) -> bool:
    """Whether others take names from here on purpose: a plug's `suite.py`, and pytest's `conftest.py`."""
    return file.name == "conftest.py" or (file.name == "suite.py" and file.parent.parent.name == "protocols")


def _handed_on(file: Path) -> Iterator[str]:
    """The names of ours that this module imports only so that others may import them from it."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    taken = [node for node in body if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS]
    names = {each.asname or each.name for node in taken for each in node.names}
    yield from (each.name for node in taken for each in node.names if each.name in ("*", each.asname))
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(elts=listed)):
                yield from names & {each.value for each in listed if isinstance(each, ast.Constant)}
            case ast.Assign(value=ast.Name(id=name)) if name in names:
                yield name


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
